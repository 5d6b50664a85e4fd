#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# clang-tidy over the tree (or the files named):   scripts/tidy.sh [PRESET] [file.cpp ...]      needs a configured PRESET
set -u
# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
preset="${1:-release}"
if [[ $# -gt 0 ]]; then shift; fi
folder="$hypocaust_root/build/$preset"
command -v clang-tidy >/dev/null 2>&1 || { say "clang-tidy is not installed (Debian 12: apt-get install clang-tidy)"; exit 2; }
[[ -f $folder/compile_commands.json ]] || { say "no $folder/compile_commands.json: cmake --preset $preset"; exit 2; }
cd -- "$hypocaust_root" || exit 1
declare -a files=("$@")
[[ ${#files[@]} -eq 0 ]] && mapfile -d '' files < <(find models sim -name '*.cpp' -print0 | sort -z)
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(parallel_jobs)" clang-tidy --quiet -p "$folder" \
  --extra-arg=-isystem"$hypocaust_root/scripts/tidy"
