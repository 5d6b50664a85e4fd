#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Formats every C++ file of the tree in place:   scripts/format.sh
set -eu
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
command -v clang-format >/dev/null 2>&1 || { echo "clang-format is not installed (Debian 12: apt-get install clang-format)" >&2; exit 2; }
find models sim tests \( -name '*.hpp' -o -name '*.cpp' \) -print0 | xargs -0 clang-format -i
