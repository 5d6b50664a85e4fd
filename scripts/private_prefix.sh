#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the tree as an ordinary user of a cluster finds it:   scripts/private_prefix.sh [FOLDER]
#
# In a copy of the minimal Debian 12 of scripts/bare_debian.sh (FOLDER/base) only a compiler, CMake, Ninja and pkg-config are
# installed. The libraries are unpacked packages under a prefix of the user's own; apt and dpkg are taken away. The user, without
# root, runs ./scripts/run.sh on a site of two days with nothing but the variables of docs/use/install.md. Ends with 77 where
# no Debian can be made (no root, no debootstrap, no package server).
set -eu
here="$(dirname -- "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/setup.sh
source "$here/setup.sh"
# shellcheck source=scripts/bare_base.sh
source "$here/bare_base.sh"

folder="${1:-${TMPDIR:-/tmp}/hypocaust-bare}"
may_make_base || exit 77
make_base "$folder" || exit 77
copy_base "$folder" private
root="$folder/private" home=/home/user prefix=/home/user/prefix
trap 'leave_copy "$folder" private' EXIT
mount -t proc proc "$root/proc"

declare -a tools=() libraries=()
while IFS='|' read -r package _ check _; do
  case $check in command:* | file:*) tools+=("$package") ;; *) libraries+=("$package") ;; esac
done < <(packages_for build)

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
log="$folder/private.log"
say "installing ${tools[*]}; unpacking ${libraries[*]} (log: $log)"
inside apt-get -q update >"$log" 2>&1 || { say "no package server"; exit 77; }
inside apt-get -q -y install --no-install-recommends "${tools[@]}" >>"$log" 2>&1
declare -a more=()
mapfile -t more < <(inside apt-get -q -s install --no-install-recommends "${libraries[@]}" 2>>"$log" | sed -n 's/^Inst \([^ ]*\) .*/\1/p')
inside apt-get -q -y install --no-install-recommends --download-only "${libraries[@]}" >>"$log" 2>&1
mkdir -p -- "$root$prefix"
for package in "${more[@]}"; do
  for archive in "$root/var/cache/apt/archives/$package"_*.deb; do dpkg-deb -x "$archive" "$root$prefix"; done
done
cp -n -- "$root"/var/cache/apt/archives/*.deb "$folder/archives/" 2>/dev/null || true
copy_tree "$root$home/hypocaust"
echo 'user:x:1000:1000::/home/user:/bin/bash' >>"$root/etc/passwd"
chown -R 1000:1000 "$root$home"
rm -f -- "$root"/usr/bin/apt* "$root"/usr/bin/dpkg*

libs="$prefix/usr/lib/$(inside gcc -print-multiarch)"
as_user() {
  chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME="$home" \
    CMAKE_PREFIX_PATH="$prefix/usr" CMAKE_INCLUDE_PATH="$prefix/usr/include/hdf5/serial" CMAKE_LIBRARY_PATH="$libs/hdf5/serial" \
    PKG_CONFIG_PATH="$libs/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$prefix" CPATH="$prefix/usr/include" \
    LIBRARY_PATH="$libs" LD_LIBRARY_PATH="$libs:$prefix/lib/$(inside gcc -print-multiarch)" \
    bash -c 'cd "$HOME/hypocaust" && exec "$@"' bash "$@" </dev/null
}
as_user ./scripts/run.sh configs/sites/leisure_centre.yaml --set clock.duration='2 d' --quiet -o two_days.h5
# Of the libraries that were unpacked none came from elsewhere.
for name in simgrid hdf5 yaml-cpp tbb fmt deflate; do
  found="$(as_user ldd build/release/hypocaust | sed -n "s/^.*lib${name}[^ ]* => \([^ ]*\) .*/\1/p" | head -n 1)"
  [[ $found == "$prefix"/* ]] || { say "lib$name came from ${found:-nowhere}"; exit 1; }
done
say "an ordinary user built and ran it, every library under $prefix"
