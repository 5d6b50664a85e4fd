#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets up, builds and tests:   scripts/test.sh [--full] [flags of ctest]
#
# The release build and every test not labelled `slow`. --full runs the slow tests too (among them: kill at random moments,
# damaged input), then the tests under contracts (preset audit), address and undefined-behaviour sanitizers (asan) and, for
# the label `threads`, the thread sanitizer (tsan). Ends with 0 only when every test passed.
set -u
# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

full=
declare -a flags=()
for word in "$@"; do
  case $word in --full) full=yes ;; -h | --help) sed -n '3,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; *) flags+=("$word") ;; esac
done

suppressions="$hypocaust_root/scripts/sanitizers"
# Quotes keep a path with spaces whole inside the option string.
export TSAN_OPTIONS="suppressions=\"$suppressions/tsan.supp\" history_size=4 halt_on_error=0 exitcode=66"
export LSAN_OPTIONS="suppressions=\"$suppressions/lsan.supp\" print_suppressions=0"
export UBSAN_OPTIONS="print_stacktrace=1"
export ASAN_OPTIONS="detect_odr_violation=1 strict_string_checks=1"

# Sanitizers of g++ 12 do not know the wide address randomisation of newer kernels.
without_randomisation() {
  if command -v setarch >/dev/null 2>&1 && setarch "$(uname -m)" -R true 2>/dev/null; then setarch "$(uname -m)" -R "$@"; else "$@"; fi
}

# stage PRESET ctest-flags...: configure, build, test; the closing lines of ctest end its output.
stage() {
  local preset="$1"
  shift
  one_at_a_time "$preset"
  configure "$preset" ON || return 1
  case $preset in
    asan) build_sanitized asan ;;
    tsan) build_sanitized tsan hypocaust unit_sim_base unit_sim_output ;;  # what has tests labelled `threads`
    *) build "$preset" ;;
  esac || return 1
  say "testing (preset $preset)"
  without_randomisation ctest --test-dir "$hypocaust_root/build/$preset" --output-on-failure --no-tests=error \
    -j "$(parallel_jobs)" "$@" "${flags[@]}" </dev/null
}

# Test binaries are asked for their cases while building, so that building too goes without randomisation.
build_sanitized() {
  if command -v setarch >/dev/null 2>&1 && setarch "$(uname -m)" -R true 2>/dev/null; then
    setarch "$(uname -m)" -R bash -c 'source "$1/scripts/setup.sh"; shift; build "$@"' bash "$hypocaust_root" "$@"
  else
    build "$@"
  fi
}

require_packages build test || exit $?
wish_packages extra
declare -a failed=()
if [[ -z $full ]]; then
  stage release -LE '^slow$' || failed+=(release)
else
  stage release || failed+=(release)
  stage audit -LE '^slow$' || failed+=(audit)
  stage asan -LE '^(slow|tree)$' || failed+=(asan)
  stage tsan -L '^threads$' || failed+=(tsan)
fi
if [[ ${#failed[@]} -gt 0 ]]; then
  say "FAILED: ${failed[*]}"
  exit 1
fi
say "all tests passed"
