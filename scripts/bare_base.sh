# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A minimal Debian 12 to try the tree in; sourced by scripts/bare_debian.sh and scripts/private_prefix.sh, after setup.sh.

# may_make_base: 0 when this process can make and enter a Debian.
may_make_base() {
  [[ $(id -u) -eq 0 ]] || { say "making a Debian needs root"; return 2; }
  command -v debootstrap >/dev/null 2>&1 || { say "debootstrap is not installed: apt-get install debootstrap"; return 2; }
}

# make_base FOLDER: FOLDER/base, once.
make_base() {
  local mirror
  mkdir -p -- "$1/archives"
  [[ ! -e $1/base/.complete ]] || return 0
  # shellcheck disable=SC2016  # apt fills these in
  mirror="$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | sed -n 's/ bookworm$//p' | head -n 1)"
  [[ -n $mirror ]] || { say "this machine's apt knows no server for bookworm (Debian 12)"; return 2; }
  say "making a minimal Debian 12 in $1/base"
  rm -rf -- "$1/base"
  debootstrap --variant=minbase bookworm "$1/base" "$mirror" >"$1/debootstrap.log" 2>&1 ||
    { tail -n 5 "$1/debootstrap.log" >&2; say "debootstrap failed; the log is $1/debootstrap.log"; return 1; }
  : >"$1/base/.complete"
}

# copy_base FOLDER NAME: a fresh FOLDER/NAME with the packages fetched before.
copy_base() {
  if mountpoint -q "$1/$2/proc" 2>/dev/null; then umount "$1/$2/proc"; fi
  rm -rf --one-file-system -- "${1:?}/$2"
  cp -a --reflink=auto -- "$1/base" "$1/$2"
  cp -L /etc/resolv.conf "$1/$2/etc/resolv.conf"
  cp -- "$1"/archives/*.deb "$1/$2/var/cache/apt/archives/" 2>/dev/null || true
}

# leave_copy FOLDER NAME: keeps what was fetched.
leave_copy() {
  if mountpoint -q "$1/$2/proc"; then umount "$1/$2/proc"; fi
  cp -n -- "$1/$2"/var/cache/apt/archives/*.deb "$1/archives/" 2>/dev/null || true
}

# copy_tree TO: this work tree, without history, build folders and results.
copy_tree() {
  mkdir -p -- "$1"
  tar -C "$hypocaust_root" --exclude=./.git --exclude='./build*' --exclude='./results/*/run.*' -cf - . | tar -C "$1" -xf -
}
