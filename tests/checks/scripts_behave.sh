#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The functions of scripts/setup.sh against prepared machines: what is missing is found, nothing is insisted on, messages name it.
set -u
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
folder="$(mktemp -d)"
trap 'rm -rf -- "$folder"' EXIT
failures=0
expect() { # expect NAME WANTED GOT
  if [[ $3 == *"$2"* ]]; then echo "ok: $1"; else echo "FAILED: $1: wanted '$2' in: $3"; failures=$((failures + 1)); fi
}

# A dpkg that holds everything but two packages, an apt-get that only notes what it was asked for.
mkdir -p "$folder/bin" "$folder/a b"
cat >"$folder/bin/dpkg-query" <<'TOOL'
#!/bin/sh
shift 3
for p in "$@"; do case $p in libdeflate-dev | slurmd | not-there) echo "un  $p" ;; catch2) ;; *) echo "ii  $p" ;; esac; done
TOOL
cat >"$folder/bin/apt-get" <<'TOOL'
#!/bin/sh
echo "apt-get $*" >>"$ASKED"
case "$*" in *install*) [ -n "$REFUSE" ] && { echo "E: Failed to fetch x  Could not resolve 'server'" ; exit 100; } ;; esac
exit 0
TOOL
cat >"$folder/bin/sudo" <<'TOOL'
#!/bin/sh
[ "$1" = -n ] && shift
[ -n "$NO_SUDO" ] && exit 1
exec "$@"
TOOL
chmod +x "$folder"/bin/*
cp -r "$root/scripts" "$folder/a b/scripts"
export ASKED="$folder/asked" REFUSE='' NO_SUDO=''
in_machine() { PATH="$folder/bin:$PATH" bash -c 'source "$1/scripts/setup.sh"; shift; "$@"' bash "$folder/a b" "$@" 2>&1; }

expect "what dpkg lacks" "libdeflate-dev" "$(in_machine missing_by_dpkg build test)"
expect "and nothing else" "2" "$(in_machine missing_by_dpkg build test | wc -l)"
: >"$ASKED"
in_machine require_packages build test >/dev/null
expect "only the missing are installed" "--no-install-recommends libdeflate-dev catch2" "$(cat "$ASKED")"
: >"$ASKED"
in_machine require_packages nobody >/dev/null
expect "nothing missing: apt-get is not called" "0" "$(wc -l <"$ASKED")"
: >"$ASKED"
# What is only wished for is installed, but for a command that is there from elsewhere; when it cannot be, things go on.
printf '#!/bin/sh\n' >"$folder/bin/slurmd" && chmod +x "$folder/bin/slurmd"
echo 'not-there | 1 | command:not-there | extra | nothing' >>"$folder/a b/scripts/packages.txt"
in_machine wish_packages extra >/dev/null
expect "what is wished for is installed, and nothing beside" "--no-install-recommends not-there+" "$(grep install "$ASKED")+"
REFUSE=yes
expect "a wish that fails is said" "goes on without: not-there" "$(in_machine wish_packages extra)"
answer="$(in_machine install_with_apt libdeflate-dev)"
expect "no network is said" "cannot be reached" "$answer"
# Nothing installed and nothing found by other means: the list and exit 2.
answer="$(PATH="$folder/bin:$PATH" bash -c 'source "$1/scripts/setup.sh"; missing_by_search() { echo libsimgrid-dev; }; require_packages build test; echo "code $?"' bash "$folder/a b" 2>&1)"
expect "the list names package and version" "libsimgrid-dev             >= 3.32" "$answer"
expect "exit 2" "code 2" "$answer"
# Everything found by other means: no insisting.
answer="$(PATH="$folder/bin:$PATH" bash -c 'source "$1/scripts/setup.sh"; missing_by_search() { :; }; require_packages build; echo "code $?"' bash "$folder/a b" 2>&1)"
expect "found elsewhere is good enough" "code 0" "$answer"

# run.sh gives the default site only when no site was named, from any folder.
cat >"$folder/binary" <<'TOOL'
#!/bin/sh
for word in "$@"; do printf '[%s]' "$word"; done
TOOL
chmod +x "$folder/binary"
run() { (cd / && HYPOCAUST_BINARY="$folder/binary" "$folder/a b/scripts/run.sh" "$@"); }
expect "default site" "[run][$folder/a b/configs/sites/leisure_centre.yaml][--quiet]" "$(run --quiet)"
expect "a named site" "[run][my site.yaml][--json]" "$(run 'my site.yaml' --json)"
expect "a flag first" "[run][--quiet][x.yaml]" "$(run --quiet x.yaml)"
expect "--set is no site" "leisure_centre.yaml][--set][weather=b.yaml]" "$(run --set weather=b.yaml)"
exit $((failures > 0))
