#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# scripts/kernel-modules: a kernel's modules come into a root file system with what they depend on, kmod's modprobe finds them and
# their order there, and all of it is the same bytes each time.
# needs: packages-of-rpi-zero
. tests/tap.sh
from=$(echo "$root"/build/cache/rpi-zero/root/lib/modules/*)
release=$(basename "$from")
modules=$dir/root/lib/modules/$release
# Some modprobes look below usr/lib.
mkdir -p "$dir/root/usr"
ln -s ../lib "$dir/root/usr/lib"
loads() { # MODULE: the names of the files that modprobe would load, in order
	modprobe -C /dev/null -d "$dir/root" -S "$release" --show-depends "$1" 2>&1 | sed 's|^insmod .*/||; s| *$||' | tr '\n' ' '
}

run scripts/kernel-modules "$from" "$dir/root" ext4 vfat
is "modules are copied" "$status$out$err" 0
is "with those that they depend on, and no others" "$(cd "$modules" && find . -name '*.ko*' | sort | tr '\n' ' ')" \
	"./kernel/fs/ext4/ext4.ko ./kernel/fs/fat/fat.ko ./kernel/fs/fat/vfat.ko ./kernel/fs/jbd2/jbd2.ko ./kernel/fs/mbcache.ko ./kernel/lib/crc16.ko "
is "modprobe loads what a module depends on before it" "$(loads vfat)" "fat.ko vfat.ko "
like "however many that are" "$(loads ext4)" '^(jbd2|mbcache|crc16)\.ko (jbd2|mbcache|crc16)\.ko (jbd2|mbcache|crc16)\.ko ext4\.ko $'
like "it finds modules by what they are for" "$(loads fs-vfat)" '^fat\.ko vfat\.ko $'

# One of our own beside them.
mkdir "$modules/extra"
cp "$modules/kernel/fs/fat/fat.ko" "$modules/extra/own.ko"
run scripts/kernel-modules "$from" "$dir/root"
is "a module that was put there is found, too" "$status$out$err $(loads own)" "0 own.ko "
is "beside the others" "$(loads vfat)" "fat.ko vfat.ko "
rm -r "$modules/extra"

builtin=$(sed -n '1s|.*/||; 1s|\.ko||p' "$from/modules.builtin")
run scripts/kernel-modules "$from" "$dir/other" vfat "$builtin" ext4
is "what the kernel has built in is not copied" "$status$out$err $(find "$dir/other" -name "$builtin.ko*")" "0 "
run scripts/kernel-modules "$from" "$dir/root"
is "the same modules, in another order and with a past, are the same bytes" "$(diff -r "$dir/root/lib" "$dir/other/lib" 2>&1)" ""
run scripts/kernel-modules "$from" "$dir/other" no-such-module
is "a module that there is not is named" "$status $err" "1 kernel-modules: $from has no module 'no-such-module'"
done_testing
