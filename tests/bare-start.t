#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A bare-metal image has the same files wherever it is made; it starts from wherever it was put and at each exception level; each
# core is there for work; and what is missing is told.
# needs: bare-objects
. tests/tap.sh
bare_objects

pid=
clean_up() { [ -z "$pid" ] || kill "$pid" 2>/dev/null; }

# NAME TEXT QEMU-OPTION...: a line of the console has TEXT
shows() {
	name=$1 text=$2
	shift 2
	rm -f "$dir/console"
	mkfifo "$dir/console"
	timeout 300 "$@" -nic none -display none -monitor none -serial stdio -no-reboot \
		</dev/null >"$dir/console" 2>"$dir/qemu" &
	pid=$!
	sed "/$text/q" <"$dir/console" >"$dir/said"
	kill $pid 2>/dev/null
	wait $pid 2>/dev/null
	pid=
	if grep -q "$text" "$dir/said"; then pass "$name"; else fail "$name" "$(cat "$dir/qemu" "$dir/said")"; fi
}

mkdir "$dir/cores"
cp tests/guest/cores.c "$dir/cores"
for board in $(scripts/boards BARE_ARCH); do
	ok "an app for $board" make -s app APP=cores APP_DIR="$dir/cores" BOARD=$board WERROR=1 O="$dir/build" APP_OUT="$dir/$board"
done

is "beside the image are the ELF file, its disassembly, map and symbols" "$(cd "$dir/virt" && echo *)" \
	"kernel8.asm kernel8.elf kernel8.img kernel8.map kernel8.sym"
for kind in rpi-zero/kernel:00008000:arm-linux-gnueabi rpi-4/kernel8:0000000000080000:aarch64-linux-gnu \
	virt/kernel8:0000000040080000:aarch64-linux-gnu; do
	file=${kind%%:*} cross=${kind##*:} address=${kind#*:}
	like "$file starts at its address" "$(grep ' _start$' "$dir/$file.sym")" "^${address%:*} T _start"
	id=$("$cross-readelf" -n "$dir/$file.elf" | sed -n 's/.*Build ID: //p')
	like "$file has a build id" "$id" '^[0-9a-f]{40}$'
	like "that its image tells too" "$(strings -a "$dir/$file.img")" "^cores ${file%/*} $id\$"
	is "no path of this machine is in it" "$(strings -a "$dir/$file.elf" | grep -F -e "$root" -e "$dir")" ""
done

mkdir -p "$dir/elsewhere/tree"
cp -R Makefile include drivers ports scripts boards apps mk "$dir/elsewhere/tree"
ok "a copy of the tree elsewhere makes it" make -s -C "$dir/elsewhere" -f tree/mk/app.mk app APP=cores APP_DIR="$dir/cores" BOARD=virt
ok "to the same bytes" cmp "$dir/virt/kernel8.elf" "$dir/elsewhere/output/virt/kernel8.elf"

one='the cores add up to 0'
four='the cores add up to 222'
pi0="qemu-system-arm -M raspi0"
pi3="qemu-system-aarch64 -M raspi3b"
virt="qemu-system-aarch64 -cpu cortex-a53 -smp 4 -M virt"
shows "Pi Zero: one core" "$one" $pi0 -kernel "$dir/rpi-zero/kernel.img"
for address in 0x8000 0x8100 0x10000 0x200000; do
	shows "Pi Zero: put at $address, it moves" "$one" $pi0 -device loader,file="$dir/rpi-zero/kernel.img,addr=$address,force-raw=on" \
		-device loader,addr=$address,cpu-num=0
done
shows "Pi 3: four cores" "$four" $pi3 -kernel "$dir/rpi-3/kernel8.img"
shows "Pi 3: all enter the ELF file at once, at EL3" "$four" $pi3 -kernel "$dir/rpi-3/kernel8.elf"
for address in 0x80100 0x200000; do
	shows "Pi 3: put at $address, it moves" 'the cores add up to' $pi3 -device loader,addr=$address,cpu-num=0 \
		-device loader,file="$dir/rpi-3/kernel8.img,addr=$address,force-raw=on"
done
shows "Pi 4: four cores" "$four" qemu-system-aarch64 -M raspi4b -kernel "$dir/rpi-4/kernel8.img"
shows "virt: four cores, from EL1" "$four" $virt -kernel "$dir/virt/kernel8.img"
shows "virt: the ELF file" "$four" $virt -kernel "$dir/virt/kernel8.elf"
shows "virt: from EL2" "$four" $virt,virtualization=on -kernel "$dir/virt/kernel8.img"
shows "virt: from EL3, without EL2" "$four" $virt,secure=on -kernel "$dir/virt/kernel8.elf"
shows "virt: from EL3" "$four" $virt,secure=on,virtualization=on -kernel "$dir/virt/kernel8.elf"

armv7="qemu-system-arm -cpu cortex-a15 -M virt"
shows "virt-armv7: from SVC mode" "$one" $armv7 -kernel "$dir/virt-armv7/kernel7.img"
shows "virt-armv7: from HYP mode" "$one" $armv7,virtualization=on -kernel "$dir/virt-armv7/kernel7.img"
shows "virt-armv7: the ELF file, from the secure side" "$one" $armv7,secure=on -kernel "$dir/virt-armv7/kernel7.elf"

mkdir "$dir/overflow"
cp tests/guest/core-overflow.c "$dir/overflow"
ok "an app whose core 2 uses up its stack" make -s app APP=overflow APP_DIR="$dir/overflow" BOARD=virt WERROR=1 O="$dir/build" \
	APP_OUT="$dir/virt/overflow"
shows "is caught by the page below it" '^cause: stack overflow, write' $virt -kernel "$dir/virt/overflow/kernel8.img"
like "and told of that core" "$(cat "$dir/said")" '^core: 2'

run make -s app
like "make app without an app says which there are" "$status $err" '^2 .*say which app: make app APP=NAME; apps are: .*blink.*hello'
run make -s app APP=nonsense
like "so it does for one that is not there" "$status $err" "^2 .*there is no app 'nonsense'"
run make -s app APP=hello APP_DRIVERS='blink nonsense' BOARD=virt
like "and for a driver" "$status $err" "^2 .*there is no driver 'nonsense'; Ferry's are: .*beeper"
mkdir "$dir/a place"
printf 'APP = cores\nAPP_DIR = ../cores\ninclude %s/mk/app.mk\n' "$root" >"$dir/a place/Makefile"
run make -s -C "$dir/a place" BOARD=virt
like "a path with spaces is refused" "$status $err" '^2 .*has spaces in it.*/a place'
run make -s app APP=hello BOARD=nonsense
like "and for a board" "$status $err" "^2 .*there is no board 'nonsense'; boards are: .*rpi-4.*virt"
run make -s module DRIVER=hello BOARD=virt-armv7
like "a board without Linux has no modules" "$status $err" "^2 .*board 'virt-armv7' runs bare-metal images only"
done_testing
