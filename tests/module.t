#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Kernel modules made from drivers have in them what they should, are as small as ones written by hand, and the same each time;
# what is missing is told.
# needs: tool image-of-rpi-zero
. tests/tap.sh
board=rpi-zero
modules=$root/output/$board/modules
cross=arm-linux-gnueabi-
modinfo() { "${cross}objcopy" -O binary -j .modinfo "$1" "$dir/modinfo" && tr '\0' '\n' <"$dir/modinfo"; }

for driver in drivers/*.c; do
	is "$driver includes nothing but the contract" "$(grep '^#include' "$driver" | grep -v '^#include <ferry/[a-z0-9-]*\.h>')" ""
done

info=$(modinfo "$modules/beeper.ko")
for alias in 'of:N\*T\*Cferry,beeper' 'of:N\*T\*Cferry,beeperC\*'; do
	like "beeper.ko has the alias $alias" "$info" "^alias=$alias\$"
done
like "and a description" "$info" '^description=Tones and Morse code on a GPIO pin$'
like "and is for Debian's ARMv6 kernel" "$info" '^vermagic=6\.12\..*\+deb12-rpi .*ARMv6'
is "no path of this machine is in it" "$(strings -a "$modules/beeper.ko" | grep -F "$root")" ""

bench/module-size "$modules/hello.ko" "$(echo build/cache/$board/root/usr/src/linux-headers-*-rpi)" $cross >"$dir/sizes"
for row in --strip-debug --strip-unneeded 'loaded sections'; do
	ok "hello.ko is no larger than one by hand: $row" awk -v row="$row" 'index($0, row) == 1 {
		for (i = 1; i <= NF; i++) { if ($i == "hello") a = $(i + 1); if ($i == "hand") b = $(i + 1) } }
		END { exit !(a > 0 && a <= b) }' "$dir/sizes"
done

# The same driver from a copy of the tree elsewhere, against its own copy of the headers: the same bytes.
mkdir -p "$dir/tree/build/cache/$board/root/usr/lib" "$dir/tree/build/cache/$board/root/usr/src"
cp -R include drivers ports scripts "$dir/tree"
cp -R build/cache/$board/root/usr/src/linux-headers-* "$dir/tree/build/cache/$board/root/usr/src"
cp -R build/cache/$board/root/usr/lib/linux-kbuild-* "$dir/tree/build/cache/$board/root/usr/lib"
sed -i "s|$root/|$dir/tree/|" "$dir/tree/build/cache/$board"/root/usr/src/*/Makefile
ok "a copy of the tree builds" sh -c "cd '$dir/tree' && CROSS_COMPILE=$cross scripts/build-module drivers/beeper.c \
	build/cache/$board/root/usr/src/linux-headers-*-rpi build/modules/$board/beeper beeper.ko"
ok "to the same bytes" cmp "$modules/beeper.ko" "$dir/tree/beeper.ko"

ok "blink is a module too" make -s module DRIVER=blink BOARD=$board
like "of the nodes that say so" "$(modinfo "$modules/blink.ko")" '^alias=of:N\*T\*Cferry,blink$'

run make -s module BOARD=$board
like "make module without a driver says which there are" "$status $err" '^2 .*say which driver: make module DRIVER=NAME; drivers are: .*beeper.*hello'
run make -s module DRIVER=nonsense BOARD=$board
like "so it does for one that is not there" "$status $err" "^2 .*there is no driver 'nonsense'; drivers are: "
for two in 'beeper hello' %; do
	run make -s module DRIVER="$two" BOARD=$board
	like "and for what is not one: $two" "$status $err" "^2 .*there is no driver '$two'; drivers are: "
done
run make -s module DRIVER=hello BOARD=nonsense
like "and for a board" "$status $err" "^2 .*there is no board 'nonsense'; boards are: "
run make -s module DRIVER=hello BOARD=$board
is "a module that is up to date is not built again" "$status $out" "0 output/$board/modules/hello.ko"

# A kernel's own modules tell how it was configured, however its distribution packs them.
mkdir -p "$dir/packed/kernel"
for pack in xz gzip zstd; do
	rm -f "$dir/packed/kernel"/*
	sed 's/mod_unload/mod_unl0ad/' "$modules/hello.ko" >"$dir/packed/kernel/own.ko"
	if ! "$pack" -q "$dir/packed/kernel/own.ko"; then
		skip "a kernel of other settings whose modules are packed with $pack" "no $pack"
		continue
	fi
	rm -f "$dir/packed/kernel/own.ko" # zstd leaves it
	run scripts/check-module build/tool/ferry build/cache/$board/root/usr/src/linux-headers-*-rpi "$dir/packed" "$modules/hello.ko"
	like "a kernel of other settings is told by its modules, packed with $pack" "$status $err" '^1 .*hello.ko: its kernel was configured as'
done

# Drivers of one's own, elsewhere, come before Ferry's, which are there all the same.
mkdir "$dir/drivers"
sed 's/hello from C/hello from mine/' drivers/hello.c >"$dir/drivers/hello.c"
greeting() { # DRIVER_DIR
	make -s module DRIVER=hello BOARD=$board O="$dir/own" OUTPUT="$dir/own" DRIVER_DIR="$1" >/dev/null && strings "$dir/own/$board/modules/hello.ko" | grep -o 'hello from.*'
}
mkdir -p "$dir/own/cache"
ln -s "$root/build/cache/$board" "$dir/own/cache"
cp -a build/tool build/how "$dir/own"
touch "$dir/own/.setup-build"
is "a driver of one's own takes the place of Ferry's" "$(greeting "$dir/drivers")" "hello from mine"
is "and gives it back" "$(greeting drivers)" "hello from C"
ok "others of Ferry's are found as well" make -s module DRIVER=blink BOARD=$board O="$dir/own" OUTPUT="$dir/own" DRIVER_DIR="$dir/drivers"
done_testing
