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

folder="${TMPDIR:-/tmp}/hypocaust-bare"
if [[ $# -gt 0 && $1 != -- ]]; then folder="$1"; shift; fi
if [[ ${1-} == -- ]]; then shift; fi
[[ $(id -u) -eq 0 ]] || { say "making a Debian needs root"; exit 2; }
command -v debootstrap >/dev/null 2>&1 || { say "debootstrap is not installed: apt-get install debootstrap"; exit 2; }

base="$folder/base" trial="$folder/trial" archives="$folder/archives"
mkdir -p -- "$archives"
if [[ ! -e $base/.complete ]]; then
  # shellcheck disable=SC2016  # apt fills these in
  mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | sed -n 's/ bookworm$//p' | head -n 1)"
  [[ -n $mirror ]] || { say "this machine's apt knows no server for bookworm (Debian 12)"; exit 2; }
  say "making a minimal Debian 12 in $base"
  rm -rf -- "$base"
  debootstrap --variant=minbase bookworm "$base" "$mirror" >"$folder/debootstrap.log" 2>&1 ||
    { tail -n 5 "$folder/debootstrap.log" >&2; say "debootstrap failed; the log is $folder/debootstrap.log"; exit 1; }
  : >"$base/.complete"
fi

leave() {
  if mountpoint -q "$trial/proc"; then umount "$trial/proc"; fi
  cp -n -- "$trial"/var/cache/apt/archives/*.deb "$archives/" 2>/dev/null || true
}
if mountpoint -q "$trial/proc" 2>/dev/null; then umount "$trial/proc"; fi
rm -rf --one-file-system -- "$trial"
cp -a --reflink=auto -- "$base" "$trial"
cp -L /etc/resolv.conf "$trial/etc/resolv.conf"
cp -- "$archives"/*.deb "$trial/var/cache/apt/archives/" 2>/dev/null || true
tree="/home/a user/hypocaust"
mkdir -p -- "$trial$tree"
tar -C "$hypocaust_root" --exclude=./.git --exclude='./build*' --exclude='./results/*/run.*' -cf - . | tar -C "$trial$tree" -xf -
if [[ -n ${HYPOCAUST_VALIDATION_DATA:-} ]]; then
  mkdir -p -- "$trial/home/a user/shared"
  cp -a -- "$HYPOCAUST_VALIDATION_DATA" "$trial/home/a user/shared/validation"
fi
trap leave EXIT
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
