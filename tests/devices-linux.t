#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Devices of Ferry's modules in the kernel of an emulated Pi Zero: several of one driver have numbers and names, in log lines and in
# /dev; a name that is in use is told in one line, and without the kernel's warnings; properties of all kinds are read.
# needs: ferry image-of-rpi-zero
. tests/tap.sh
board=rpi-zero
cross=arm-linux-gnueabi-
headers=$(kernel_headers $board)

cp -a "build/stage/$board${FERRY_KERNEL:-}/." "$dir/stage"
for module in settings say; do
	ok "$module becomes a module" scripts/build-module tests/drivers/$module.c "$headers" "$dir/$module" "$dir/$module.ko"
	"${cross}strip" --strip-debug -o "$dir/stage/root/root/$module.ko" "$dir/$module.ko"
done
ok "the overlay is made" dtc -q -@ -I dts -O dtb -o "$dir/stage/boot/overlays/devices.dtbo" tests/drivers/devices.dts
printf '[all]\ndtoverlay=devices\n' >>"$dir/stage/boot/config.txt"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" boards/$board/sdcard.cfg
is "the card is built" "$status$err" 0

# The console's lines are short: a shell shows a long one again as it wraps it.
cat >"$dir/script" <<'E'
timeout 300
fail Kernel panic
expect ferry:/#
send cd /root; dmesg -n 1; insmod settings.ko; ls -1 /dev/settings* /dev/front*
send insmod say.ko devices=2; echo sai''d=$?
expect said=
send rmmod settings; insmod say.ko devices=2; echo hello >/dev/say1
send ls -1 /dev/say*; rmmod say; echo numb''ered=$?
expect numbered=
send insmod say.ko devices=65; insmod say.ko; ls -1 /dev/say*; rmmod say
send dmesg; echo do''ne
expect ^done
