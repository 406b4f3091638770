#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `ferry boot` enters kernels that are not Linux where, in which state and with what in its registers each board does: as a raw
# image, as an ELF file, and from a card.
# needs: bare-objects ferry
. tests/tap.sh
bare_objects

# NAME ADDRESS SOURCE GCC-OPTION...: NAME.elf and the raw NAME
assemble() {
	name=$dir/$1 address=$2 source=$3
	shift 3
	case $source in *arm.S) cross=arm-linux-gnueabi- ;; *) cross=aarch64-linux-gnu- ;; esac
	mkdir -p "$(dirname "$name")"
	${cross}gcc -nostdlib -static "-Wl,-Ttext=$address,--build-id=none" "$@" -o "$name.elf" "$source" &&
		${cross}objcopy -O binary "$name.elf" "$name"
}

# NAME LINE OPTION...: the console says LINE, a regular expression
enters() {
	name=$1 line=$2
	shift 2
	printf 'timeout 300\nexpect ^%s\n' "$line" >"$dir/script"
	run "$FERRY" boot --script "$dir/script" "$@"
	is "$name" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
}

ok "a 32-bit program is assembled" assemble kernel.img 0x8000 tests/bare/entry-arm.S
ok "one for the Pi 3" assemble rpi-3/kernel8.img 0x80000 tests/bare/entry-a64.S -DUART=0x3f201000
ok "one for the Pi 4" assemble rpi-4/kernel8.img 0x80000 tests/bare/entry-a64.S -DUART=0xfe201000
ok "one for virt" assemble virt/kernel8.img 0x40080000 tests/bare/entry-a64.S -DUART=0x09000000

# Where it is, r0, r1 the Pi's machine type, r2 the ATAGs, SVC mode; then the ATAGs: core, 448 MiB at 0, none.
zero='00008000 00000000 00000c42 00000100 00000013 $'
enters "Pi Zero: a raw kernel.img, as the firmware enters it" "$zero
expect ^00000002 54410001 00000004 54410002 1c000000 00000000 00000000 00000000 \$" "$dir/kernel.img"
like "the board is chosen by the kernel" "$err" 'rpi-zero, the only board that runs such a kernel'
enters "Pi Zero: the ELF file likewise" "$zero" --board rpi-zero "$dir/kernel.img.elf"
enters "Pi Zero: its command line is in the ATAGs" "$zero
expect ^00000002 54410001 00000004 54410002 1c000000 00000000 00000003 54410009 \$" --append abc "$dir/kernel.img"

# Where it is, which core, its exception level, the first word that x0 points to. All other cores stay away.
enters "Pi 3: the raw kernel8.img, one core at EL2" '00080000 00000000 00000002 00000005 $' "$dir/rpi-3/kernel8.img"
like "the board is chosen by the directory" "$err" "rpi-3, after the image's directory"
enters "Pi 3: the ELF file likewise" '00080000 00000000 00000002 00000005 $' "$dir/rpi-3/kernel8.img.elf"
enters "Pi 4: the raw kernel8.img" '00080000 00000000 00000002 00000005 $' --board rpi-4 "$dir/rpi-4/kernel8.img"
enters "virt: the raw kernel8.img, with a devicetree" '40080000 00000000 00000001 edfe0dd0 $' "$dir/virt/kernel8.img"
enters "virt: the ELF file likewise" '40080000 00000000 00000001 edfe0dd0 $' --board virt "$dir/virt/kernel8.img.elf"
printf 'timeout 5\nexpect ^00080000 0000000[123]\n' >"$dir/script"
run "$FERRY" boot --script "$dir/script" "$dir/rpi-3/kernel8.img.elf"
like "Pi 3: no other core comes" "$err" 'not seen within 5 s'

# From a card, with and without a devicetree.
ok "a card is made" sh -c 'truncate -s 8M "$1/card" && mkfs.vfat "$1/card" >/dev/null && mcopy -i "$1/card" "$1/kernel.img" ::' - "$dir"
enters "a card's kernel.img" "$zero" "$dir/card"
printf '/dts-v1/;\n/ { #address-cells = <1>; #size-cells = <1>; compatible = "x"; };\n' |
	dtc -q -o "$dir/bcm2708-rpi-zero.dtb" - && mcopy -i "$dir/card" "$dir/bcm2708-rpi-zero.dtb" ::
enters "with a devicetree: r2 is its address" '00008000 00000000 00000c42 07000000 00000013 $
expect ^edfe0dd0 ' "$dir/card"

# config.txt says where a kernel goes.
# KERNEL OPTION...: $dir/placed, a card
place() {
	rm -f "$dir/placed"
	truncate -s 8M "$dir/placed" && mkfs.vfat "$dir/placed" >/dev/null && mcopy -i "$dir/placed" "$dir/$1" :: || return 1
	shift
	printf '%s\n' "$@" | mcopy -i "$dir/placed" - ::config.txt
}
ok "a card with kernel_address" place kernel.img kernel_address=0x200000
enters "Pi Zero: it is loaded and entered there" '00200000 00000000 00000c42 00000100 00000013 $
expect ^00000002 54410001 ' --board rpi-zero "$dir/placed"
ok "one with kernel_old" place kernel.img kernel_old=1 disable_commandline_tags=1
enters "Pi Zero: it is at 0, nothing before it" '00000000 00000000 00000000 00000000 00000013 $' --board rpi-zero "$dir/placed"
is "that is no option without meaning" "$(printf '%s' "$err" | grep -c 'without meaning')" 0
ok "the Pi 4's with kernel_address" place rpi-4/kernel8.img kernel_address=0x200000
enters "Pi 4: one core at EL2" '00200000 00000000 00000002 00000005 $' --board rpi-4 "$dir/placed"
ok "and with kernel_old" place rpi-4/kernel8.img kernel_old=1
enters "Pi 4: all cores at EL3" '00000000 00000000 00000003 00000000 $
expect ^00000000 00000001 00000003 00000000 $' --board rpi-4 "$dir/placed"

# The PL061's pins: a store changes those that its address names, if they are outputs.
ok "a program for the PL061" assemble virt/pins 0x40080000 tests/bare/pl061-a64.S
printf 'timeout 300\nexpect [.]\n' >"$dir/script"
run "$FERRY" boot --script "$dir/script" --record "$dir/record" "$dir/virt/pins.elf"
is "virt: pins are recorded" "$status" 0
is "each with its edges" "$("$FERRY" pins --vcd - "$dir/record" | tr '\n' ' ' | sed 's/.*#0 //; s/[$][a-z]* //g')" \
	'0! 0" 0# #4 1! #20 0! #68 1! #84 0! #148 1" #180 1# 0" #184 '
run "$FERRY" boot --script "$dir/script" --record "$dir/record" --pins 8 "$dir/virt/pins.elf"
like "a pin that it does not have" "$err" "QEMU's virt machine has only the pins 0 to 7"

# Time on the pins is right although the board sleeps between the edges: its reads of the processor's counter tell.
ok "blink for virt" make -s app APP=blink BOARD=virt O="$dir/build" APP_OUT="$dir/virt"
printf 'timeout 300\n' >"$dir/script"
for _ in 1 2 3 4 5; do echo 'pin 0 within 30' >>"$dir/script"; done
run "$FERRY" boot --script "$dir/script" --record "$dir/record" --pins 0 "$dir/virt/kernel8.img"
is "virt: the LED blinks" "$status" 0
is "once a second, to 2 us" "$("$FERRY" pins --json "$dir/record" |
	jq -c '[.calibrated, (.pins[0].periods | .min > 999998000 and .max < 1000002000)]')" '[true,true]'
run "$FERRY" boot --quiet --script "$dir/script" --pins 0 "$dir/virt/kernel8.img"
like "--pins alone draws them at the end" "$out" '^gpio 0: [0-9]+ edges'

# QEMU's 32-bit virt machine: its own way to start a raw kernel, so it has to be asked for.
ok "a program for virt-armv7" make -s app APP=hello BOARD=virt-armv7 O="$dir/build" APP_OUT="$dir/virt-armv7"
for image in kernel7.img kernel7.elf; do
	printf 'timeout 300\nexpect ^hello from the app\n' >"$dir/script"
	run "$FERRY" boot --script "$dir/script" "$dir/virt-armv7/$image"
	is "virt-armv7 starts $image" "$status" 0
done
run "$FERRY" boot --board virt-armv7 "$dir/card"
like "a card on virt-armv7" "$err" 'is a card, and .* takes kernels only$'

# What cannot be.
cp "$dir/rpi-3/kernel8.img" "$dir"
run "$FERRY" boot "$dir/kernel8.img"
like "a kernel that several boards run: say which" "$status $err" '^1 .*say with --board which board the kernel is for: rpi-3, rpi-4, virt$'
run "$FERRY" boot --board rpi-zero "$dir/kernel8.img"
like "a 64-bit kernel on the Pi Zero" "$status $err" '^1 .*a 64-bit kernel, which a Raspberry Pi Zero cannot run$'
run "$FERRY" boot --board rpi-3 "$dir/kernel.img"
like "a 32-bit one on the Pi 3" "$err" '32-bit one and not Linux: QEMU.s raspi3b starts it in 64-bit state$'
cp "$dir/card" "$dir/virt/sdcard.img"
run "$FERRY" boot "$dir/virt/sdcard.img"
like "a Pi's card on virt" "$err" 'the boot partition has no extlinux/extlinux.conf, which tells what to start on'
run "$FERRY" boot --board virt "$dir/none.img"
like "no file at all" "$status $err" '^1 .*none.img: cannot open'
head -c 60 "$dir/rpi-4/kernel8.img.elf" >"$dir/cut.elf"
run "$FERRY" boot --board rpi-4 "$dir/cut.elf"
like "a cut ELF file" "$err" 'damaged ELF file'
: >"$dir/rpi-4/kernel.img"
run "$FERRY" boot --board rpi-zero "$dir/rpi-4/kernel.img"
like "an empty file" "$status $err" '^1 .*is empty'
done_testing
