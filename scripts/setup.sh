#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Finds what the build (and the tests) need and installs what is missing.
#
#   scripts/setup.sh            what building and running need
#   scripts/setup.sh --tests    and what the tests need
#   scripts/setup.sh --list     prints the list; changes nothing
#
# On Debian it asks dpkg and installs through apt-get, as root or through `sudo -n`. Where that is not possible (no apt, no
# root), it looks for each thing with CMake, pkg-config and the path, and goes on when all are there: modules, Spack and
# conda prefixes count. Otherwise it prints what to install and ends with 2. Other scripts source it and call its functions.

hypocaust_root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"

say() { printf 'hypocaust: %s\n' "$*" >&2; }

# packages_for WHO...: lines `package|version|check|who|purpose` of packages.txt, blanks trimmed.
packages_for() {
  local line package version check who purpose
  while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    IFS='|' read -r package version check who purpose <<<"$line"
    package=${package//[[:space:]]/} version=${version//[[:space:]]/} check=${check//[[:space:]]/} who=${who//[[:space:]]/}
    case " $* " in *" $who "*) printf '%s|%s|%s|%s|%s\n' "$package" "$version" "$check" "$who" "${purpose# }" ;; esac
  done <"$hypocaust_root/scripts/packages.txt"
}

# missing_by_dpkg WHO...: names of the packages that dpkg does not hold as installed, one call for all.
missing_by_dpkg() {
  local -a wanted=()
  local name rest state
  while IFS='|' read -r name rest; do wanted+=("$name"); done < <(packages_for "$@")
  local installed=$'\n'
  while IFS=' ' read -r state name; do
    [[ $state == ii* ]] && installed+="$name"$'\n'
  done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null)
  for name in "${wanted[@]}"; do
    [[ $installed == *$'\n'"$name"$'\n'* ]] || printf '%s\n' "$name"
  done
}

# missing_by_search WHO...: packages not found by path, header, Python import, pkg-config or CMake. For machines without dpkg.
missing_by_search() {
  local package version check who purpose
  local python=python3
  [[ -x /usr/bin/python3 ]] && python=/usr/bin/python3
  local -a for_cmake=()
  while IFS='|' read -r package version check who purpose; do
    case $check in
      command:*) command -v "${check#*:}" >/dev/null 2>&1 || printf '%s\n' "$package" ;;
      file:*) [[ -e ${check#*:} ]] || printf '%s\n' "$package" ;;
      python:*) "$python" -c "import ${check#*:}" >/dev/null 2>&1 || printf '%s\n' "$package" ;;
      *) for_cmake+=("$package=$check") ;;
    esac
  done < <(packages_for "$@")
  local -a names=("${for_cmake[@]%%=*}")
  if ! command -v cmake >/dev/null 2>&1 || ! command -v c++ >/dev/null 2>&1 || ! command -v ninja >/dev/null 2>&1; then
    printf '%s\n' "${names[@]}"  # nothing to look with
    return
  fi
  local folder answer
  folder="$(mktemp -d)" || return 1
  answer="$(cmake -S "$hypocaust_root/scripts/probe" -B "$folder" -G Ninja -DWANTED="$(IFS=';'; printf '%s' "${for_cmake[*]}")" 2>&1)" ||
    { rm -rf -- "$folder"; printf '%s\n' "${names[@]}"; return; }
  rm -rf -- "$folder"
  sed -n 's/^-- missing: //p' <<<"$answer"
}

# print_needed PACKAGE...: the list a person without root hands to an administrator or looks up for another distribution.
print_needed() {
  local package version check who purpose
  while IFS='|' read -r package version check who purpose; do
    case " $* " in *" $package "*) printf '  %-26s %-8s %s\n' "$package" ">= $version" "$purpose" >&2 ;; esac
  done < <(packages_for build test)
}

# install_with_apt PACKAGE...: 0 when installed; 1 when apt-get failed; 3 when there is no right to call it.
install_with_apt() {
  local -a as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1 || return 3
    as_root=(sudo -n)
  fi
  local log
  log="$(mktemp)" || return 1
  local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120)
  say "installing $# packages with apt-get (log: $log)"
  "${apt[@]}" update >"$log" 2>&1 </dev/null || say "apt-get update failed; trying with the lists at hand"
  if "${apt[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
    rm -f -- "$log"
    return 0
  fi
  if grep -qE 'Could not resolve|Temporary failure|Unable to connect|Could not connect|Network is unreachable|timed out' "$log"; then
    say "the package server cannot be reached: is this machine connected to the network?"
  elif grep -q 'Unable to locate package' "$log"; then
    say "this release of the distribution does not have: $(sed -n 's/.*Unable to locate package //p' "$log" | tr '\n' ' ')"
  fi
  grep -E '^(E|W):' "$log" | head -n 5 >&2
  say "the whole log is in $log"
  return 1
}

# require_packages WHO...: returns 0 when everything is there (installing it if need be), else prints what to install, returns 2.
require_packages() {
  local missing result stamp
  if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    missing="$(missing_by_dpkg "$@")"
    [[ -z $missing ]] && return 0
    # shellcheck disable=SC2086  # one word a package
    install_with_apt $missing
    result=$?
    [[ $result -eq 0 ]] && return 0
    [[ $result -eq 3 ]] && say "not root, and sudo asks for a password: looking for the libraries elsewhere"
  fi
  # Looking takes seconds, so that an answer "all there" is kept until the list or the path changes.
  stamp="$hypocaust_root/build/.found-$(printf '%s-' "$@")$(cksum <<<"$PATH:${CMAKE_PREFIX_PATH-}:${PKG_CONFIG_PATH-}" | tr ' ' '-')"
  [[ -e $stamp && $stamp -nt "$hypocaust_root/scripts/packages.txt" ]] && return 0
  missing="$(missing_by_search "$@")"
  if [[ -z $missing ]]; then
    mkdir -p -- "$hypocaust_root/build" && : >"$stamp"
    return 0
  fi
  say "missing; please install (Debian 12 names, least versions):"
  # shellcheck disable=SC2086
  print_needed $missing
  say "on Debian 12: apt-get install $(tr '\n' ' ' <<<"$missing")"
  say "elsewhere, also without root (Spack, conda, modules): docs/use/install.md; then set CMAKE_PREFIX_PATH and PKG_CONFIG_PATH"
  return 2
}

# wish_packages WHO...: installed where that needs no question; what stays away is told by the tests that are skipped. A command
# that is there from elsewhere is left alone.
wish_packages() {
  command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || return 0
  local -a wanted=()
  local lacking package version check who purpose
  lacking=" $(missing_by_dpkg "$@" | tr '\n' ' ')"
  while IFS='|' read -r package version check who purpose; do
    [[ $lacking == *" $package "* ]] || continue
    PATH="$PATH:/usr/sbin" command -v "${check#command:}" >/dev/null 2>&1 || wanted+=("$package")
  done < <(packages_for "$@")
  [[ ${#wanted[@]} -eq 0 ]] || install_with_apt "${wanted[@]}" || say "goes on without: ${wanted[*]}"
}

# parallel_jobs: as many compilers as there are cores, fewer when each would get less than 1.2 GB.
parallel_jobs() {
  local cores memory_kb by_memory
  cores="$(nproc 2>/dev/null || echo 2)"
  memory_kb="$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo 2>/dev/null)"
  by_memory=$(( ${memory_kb:-4000000} / 1200000 ))
  (( by_memory < 1 )) && by_memory=1
  echo $(( cores < by_memory ? cores : by_memory ))
}

# configure PRESET TESTS(ON|OFF): only when there is no usable build folder, the presets changed, or tests are wanted and off.
configure() {
  local folder="$hypocaust_root/build/$1" tests="$2" cache home
  local -a flags=()
  cache="$folder/CMakeCache.txt"
  if [[ -f $cache && -f $folder/build.ninja ]]; then
    home="$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$cache")"
    if [[ $home != "$hypocaust_root" ]]; then
      flags=(--fresh)  # the tree was moved or copied
    elif [[ ! $hypocaust_root/CMakePresets.json -nt $folder/.configured && -e $folder/.configured ]] &&
      { [[ $tests == OFF ]] || grep -q '^HYPOCAUST_TESTS:BOOL=ON' "$cache"; }; then
      return 0
    fi
  elif [[ -f $cache ]]; then
    flags=(--fresh)  # a configuration that failed half-way
  fi
  command -v ccache >/dev/null 2>&1 && flags+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  [[ -x /usr/bin/python3 ]] && flags+=(-DHYPOCAUST_PYTHON=/usr/bin/python3)
  say "configuring (preset $1)"
  local answer
  if ! answer="$(cd -- "$hypocaust_root" && cmake --preset "$1" -DHYPOCAUST_TESTS="$tests" "${flags[@]}" 2>&1 </dev/null)"; then
    printf '%s\n' "$answer" >&2
    say "configuring failed; the lines above say why"
    return 1
  fi
  : >"$folder/.configured"
}

# build PRESET [TARGET...]: silent when there is nothing to do.
build() {
  local folder="$hypocaust_root/build/$1"
  shift
  local -a word=(ninja -C "$folder" -j "$(parallel_jobs)")
  local answer
  # The dry run costs a few hundredths of a second and keeps a second call quiet.
  if answer="$("${word[@]}" -n "$@" 2>&1)" && [[ $answer == *"no work to do"* ]]; then return 0; fi
  say "building in ${folder#"$hypocaust_root"/} (the first time takes some minutes)"
  if [[ -t 2 ]]; then
    "${word[@]}" "$@" >&2 </dev/null
  else
    local log="$folder/build.log"
    "${word[@]}" "$@" >"$log" 2>&1 </dev/null || { grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" | tail -n 60 >&2; say "building failed; the whole log is in $log"; return 1; }
  fi
}

# one_at_a_time PRESET: two calls on one build folder wait for each other. The lock is freed with the process.
one_at_a_time() {
  mkdir -p -- "$hypocaust_root/build"
  command -v flock >/dev/null 2>&1 || return 0
  exec 9>"$hypocaust_root/build/.lock-$1"
  flock -n 9 || { say "another call is building; waiting for it"; flock 9; }
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -u
  case ${1-} in
    '') require_packages build ;;
    --tests) require_packages build test && wish_packages extra ;;
    --list) packages_for build test extra | while IFS='|' read -r p v _ w t; do printf '%-26s %-9s %-6s %s\n' "$p" ">= $v" "$w" "$t"; done ;;
    *) sed -n '3,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
fi
