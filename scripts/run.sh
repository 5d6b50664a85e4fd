#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets up, builds and runs one site:   scripts/run.sh [CONFIG] [flags of `hypocaust run`]
#
# Without CONFIG: configs/sites/leisure_centre.yaml. A second call installs, configures and builds nothing.
# HYPOCAUST_BINARY names a binary to use as it is; then nothing is installed or built.
set -u
# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

binary="${HYPOCAUST_BINARY:-}"
if [[ -z $binary ]]; then
  require_packages build || exit $?
  one_at_a_time release
  configure release OFF && build release hypocaust || exit 1
  exec 9>&-  # free for others while this one runs
  binary="$hypocaust_root/build/release/hypocaust"
fi

config_given=
if [[ $# -gt 0 && $1 != -* ]]; then config_given=yes; fi
for word in "$@"; do
  case $word in *=*) ;; *.yaml | *.yml) config_given=yes ;; -h | --help) config_given=yes ;; esac
done
if [[ -z $config_given ]]; then set -- "$hypocaust_root/configs/sites/leisure_centre.yaml" "$@"; fi
exec "$binary" run "$@"
