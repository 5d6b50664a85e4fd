#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the tree on a bare Debian 12:   scripts/bare_debian.sh [FOLDER] [-- COMMAND...]
#
# Makes (once) a minimal Debian 12 in FOLDER/base with debootstrap, copies it to FOLDER/trial, copies this work tree into it
# under a path with a space, without build folders, and runs there, as root, ./scripts/test.sh, then ./scripts/run.sh (or
# COMMAND). Nothing of this machine is visible inside but /proc, the package server and already downloaded packages (kept in
# FOLDER/archives). Needs root, debootstrap, 5 GB and this machine's apt configuration, whose server it uses.
# Validation data, when $HYPOCAUST_VALIDATION_DATA names some, is copied too (beside the tree); else those tests are skipped.
set -eu
# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/bare_base.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/bare_base.sh"

folder="${TMPDIR:-/tmp}/hypocaust-bare"
if [[ $# -gt 0 && $1 != -- ]]; then folder="$1"; shift; fi
if [[ ${1-} == -- ]]; then shift; fi
may_make_base
make_base "$folder"
trial="$folder/trial"
copy_base "$folder" trial
tree="/home/a user/hypocaust"
copy_tree "$trial$tree"
if [[ -n ${HYPOCAUST_VALIDATION_DATA:-} ]]; then
  mkdir -p -- "$trial/home/a user/shared"
  cp -a -- "$HYPOCAUST_VALIDATION_DATA" "$trial/home/a user/shared/validation"
fi
trap 'leave_copy "$folder" trial' EXIT
mount -t proc proc "$trial/proc"

inside() { chroot "$trial" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root bash -c 'cd "$1" && shift && exec "$@"' bash "$tree" "$@" </dev/null; }
if [[ $# -gt 0 ]]; then
  inside "$@"
else
  SECONDS=0
  inside ./scripts/test.sh
  say "test.sh ended with 0 after $SECONDS s from nothing"
  SECONDS=0
  inside ./scripts/run.sh
  say "run.sh ended with 0 after $SECONDS s"
fi
