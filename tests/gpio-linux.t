#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Ferry's GPIO drivers do the work of the kernel's in their place: pl061 on virt, bcm2835-gpio on the Pi Zero. In the guest
# Debian's libgpiod tools are the judges (tests/guest/gpio.sh); outside, what QEMU's devices saw. On virt other classes are
# judged by theirs (tests/guest/classes.sh).
# needs: ferry image-of-rpi-zero image-of-virt gpiod-armel gpiod-arm64 classes-arm64
. tests/tap.sh
board=

# ARCHITECTURE (Debian's), then DRIVER.c and MODULE...: the tree of the board's image in $dir/$board, with the tests and more drivers
# and modules of the kernel's
stage() {
	judges=build/cache/gpiod-$1/root
	shift
	stage=build/stage/$board${FERRY_KERNEL:-}
	ok "$board: there are an image and the judges" test -d "$stage/root" -a -d "$judges"
	cp -a "$stage/." "$dir/$board"
	kernel=$(echo "$dir/$board"/root/lib/modules/*)
	cp "$judges"/usr/bin/gpio* tests/guest/gpio.sh tests/guest/tap.sh "$dir/$board/root/bin"
	mkdir -p "$dir/$board/root/lib"
	find "$judges/" \( -name 'ld-linux*.so.*' -o -name libc.so.6 -o -name libgpiod.so.2 \) \
		-exec cp -L {} "$dir/$board/root/lib" \;
	more=
	for module; do
		case $module in
		*.c) add_driver "$module" ;;
		*) more="$more $module" ;;
		esac
	done
	# shellcheck disable=SC2086 # several names
	ok "$board: modprobe knows them" scripts/kernel-modules "$(kernel_root $board)/lib/modules/"* "$dir/$board/root" $more
}

add_driver() { # FILE
	driver=$(basename "$1" .c)
	ok "$board: $driver is built" scripts/build-module "$1" "$(kernel_headers $board)" \
		"$dir/work-$board/$driver" "$dir/work-$board/$driver.ko"
	"${cross}objcopy" --strip-debug "$dir/work-$board/$driver.ko" "$kernel/extra/$driver.ko"
}

# CONFIG IMAGE LEAST [OPTION...]: runs the tests in the guest, LEAST of them at least; their lines become lines of this test
guest() {
	config=$1 image=$2 least=$3
	shift 3
	run "$FERRY" image --rootpath "$dir/$board" --inputpath "$dir/$board" --outputpath "$dir" "$config"
	is "$board: the image is built" "$status$err" 0
	{
		printf 'timeout 300\nfail Kernel panic\nexpect ferry:/#\nsend dmesg -n 1; gpio.sh %s\n' $board
		[ $board != virt ] || for n in 1 2 3 4 5 6 7 8; do printf 'expect ^# press %d\npower\n' $n; done
		echo 'expect ^# done'
		[ $board != virt ] || printf 'send classes.sh rtc\nexpect ^# classes done\n'
	} >"$dir/script"
	run "$FERRY" boot --board $board --script "$dir/script" --log "$dir/$board.log" "$dir/$image" "$@"
	is "$board: the tests run" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
	guest_tests "$dir/$board.log" "$board: "
	ok "$board: at least $least of them" [ "$guest_passed" -ge "$least" ]
}

# Names of pins, and their users, are added to QEMU's devicetree: without the room that it leaves in it, or it becomes too large.
virt_tree() {
	qemu-system-aarch64 -M "virt,dumpdtb=$dir/qemu.dtb" -cpu cortex-a53 -smp 4 >/dev/null 2>&1
	dtc -q -I dtb -O dtb -o "$dir/virt.dtb" "$dir/qemu.dtb"
	gpio=$(fdtget -t x "$dir/virt.dtb" /pl061@9030000 phandle)
	fdtput -t s "$dir/virt.dtb" /pl061@9030000 gpio-line-names ONE TWO THREE POWER LED
	fdtput -c "$dir/virt.dtb" /blink /watch-level
	fdtput -t s "$dir/virt.dtb" /blink compatible ferry,blink
	fdtput -t x "$dir/virt.dtb" /blink led-gpios "$gpio" 4 0
	fdtput -t x "$dir/virt.dtb" /blink on-ms 64
	fdtput -t s "$dir/virt.dtb" /watch-level compatible ferry,watch-level
	fdtput -t x "$dir/virt.dtb" /watch-level button-gpios "$gpio" 3 0
}

on_virt() {
	board=virt cross=aarch64-linux-gnu-
	stage arm64 drivers/blink.c drivers/pl031.c tests/guest/watch-level.c evdev gpio_keys
	cp --remove-destination build/cache/classes-arm64/root/sbin/hwclock tests/guest/classes.sh "$dir/virt/root/bin"
	find build/cache/classes-arm64/root/ \( -name 'libaudit.so.1' -o -name 'libcap-ng.so.0' \) -exec cp -L {} "$dir/virt/root/lib" \;
	virt_tree
	memory=128M
	[ "${FERRY_KERNEL:-}" != -debug ] || memory=1G
	guest boards/extlinux/disk.cfg disk.img 55 --icount off -- -smp 1 -m $memory -dtb "$dir/virt.dtb" -d trace:pl061_set_output -D "$dir/virt.out"
	for pin in 4 5; do
		like "virt: QEMU's device drove pin $pin high" "$(cat "$dir/virt.out")" "setting output $pin to 1"
	done
}

# NAME REGEX: lines of `offset value`, one for each register write of the controller
wrote() {
	if tr '\n' ',' <"$dir/writes" | grep -Eq "$2"; then pass "rpi-zero: $1"; else fail "rpi-zero: $1" "no $2"; fi
}

on_rpi_zero() {
	board=rpi-zero
	stage armel leds-gpio
	printf '[all]\ndtoverlay=ferry-gpio\n' >>"$dir/rpi-zero/boot/config.txt"
	guest boards/rpi-zero/sdcard.cfg sdcard.img 30 -- -d trace:memory_region_ops_write -D "$dir/rpi-zero.out"
	sed -n "s/.* addr 0x202000\([0-9a-f]*\) value 0x\([0-9a-f]*\) .*'bcm2835_gpio'.*/\1 \2/p" "$dir/rpi-zero.out" >"$dir/writes"
	wrote "gpioset --mode=signal set pin 21" ',1c 200000,'
	wrote "gpioget --bias=pull-up pulled pin 5 up" ',94 2,98 20,94 0,98 0,'
	wrote "gpioget --bias=pull-down pulled it down" ',94 1,98 20,94 0,98 0,'
	wrote "gpioget --bias=disable did neither" ',94 0,98 20,94 0,98 0,'
	wrote "gpiomon asked for both edges of it" ',4c 20,58 20,'
	wrote "the LED went on, and off" ',20 8000,(.*,)?2c 8000,'
	ok "rpi-zero: the beeper's half second of 440 Hz" [ "$(grep -c '^1c 20000$' "$dir/writes")" = 220 ]
}

for each in ${FERRY_BOARDS:-virt rpi_zero}; do
	on_$each
done
done_testing
