#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The user port serves an I2C bus to a real client: Debian's kernel in a virtual machine, with its i2c-virtio driver and
# i2c-tools, on the bus of our bcm2835-i2c driver with its model, an EEPROM and a thermometer; and the guest reboots. A second bus
# is of a process whose workers are killed during transfers.
# needs: ferry image-of-virt i2c-virtio i2c-tools-arm64 program-bcm2835-i2c
. tests/tap.sh
program=${PROGRAM:-build/tool/programs/bcm2835-i2c}
driver=${I2C_VIRTIO:-build/cache/i2c-virtio/i2c-virtio.c}
judges=build/cache/i2c-tools-arm64/root

if ! [ -e "$driver" ]; then
	skip "i2c-tools in a guest" "Debian's kernels have no i2c-virtio, and their source, where it is, could not be fetched"
	done_testing
	exit
fi

daemon='' supervised=''
clean_up() {
	for pid in $daemon $supervised; do kill -9 "$pid" 2>/dev/null; done
}

has_gone_on() { [ "$(grep -c 'i2c client 1: goes on' "$dir/supervised.log")" -ge "$1" ]; }
killed=0
# Kills the worker; the next one goes on with the ring.
answer() {
	[ "$1" = kill ] || return
	killed=$((killed + 1))
	kill -9 "$(worker_of "$supervised")"
	wait_until has_gone_on $killed
}

stage() {
	headers=$(echo "$root"/build/cache/virt/root/usr/src/linux-headers-*-arm64)
	mkdir "$dir/module" "$dir/tree"
	cp "$driver" "$dir/module/i2c-virtio.c"
	echo 'obj-m := i2c-virtio.o' >"$dir/module/Kbuild"
	ok "the kernel's i2c-virtio is built" make -s -C "$headers" M="$dir/module" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules
	cp -a build/stage/virt/. "$dir/tree"
	extra=$(echo "$dir"/tree/root/lib/modules/*/extra)
	aarch64-linux-gnu-objcopy --strip-debug "$dir/module/i2c-virtio.ko" "$extra/i2c-virtio.ko"
	scripts/kernel-modules "$(echo build/cache/virt/root/lib/modules/*)" "$dir/tree/root" i2c-dev
	for tool in i2cdetect i2cget i2cset i2cdump i2ctransfer; do
		cp --remove-destination "$judges/usr/sbin/$tool" "$dir/tree/root/bin" # in the place of BusyBox's
	done
	cp tests/guest/user-i2c.sh tests/guest/tap.sh "$dir/tree/root/bin"
	mkdir -p "$dir/tree/root/lib"
	find "$judges/" \( -name 'ld-linux*.so.*' -o -name libc.so.6 -o -name libi2c.so.0 \) -exec cp -L {} "$dir/tree/root/lib" \;
	run "$FERRY" image --rootpath "$dir/tree" --inputpath "$dir/tree" --outputpath "$dir" boards/extlinux/disk.cfg
	is "the image is built" "$status$err" 0
}

boot() {
	cat >"$dir/script" <<-'EOS'
		timeout 300
		fail Kernel panic
		expect ferry:/#
		send dmesg -n 1; user-i2c.sh first
		expect ^# first done
		send reboot -f
		expect Booting Linux
		expect ferry:/#
		send dmesg -n 1; user-i2c.sh second
		expect ^# second done
	EOS
	: >"$dir/log"
	"$FERRY" boot --board virt --icount off --script "$dir/script" --log "$dir/log" --reboot "$dir/disk.img" -- -m 256M -smp 1 \
		-object memory-backend-memfd,id=m,size=256M,share=on -numa node,memdev=m \
		-chardev "socket,id=vu,path=$dir/socket" -device vhost-user-i2c-pci,chardev=vu \
		-chardev "socket,id=vs,path=$dir/supervised" -device vhost-user-i2c-pci,chardev=vs >"$dir/out" 2>&1 &
	attend_machine $!
}

stage
"$program" --model --user "" --socket "$dir/socket" 2>"$dir/daemon.log" &
daemon=$!
"$program" --model --user "" --supervise --socket "$dir/supervised" 2>"$dir/supervised.log" &
supervised=$!
ok "both listen" wait_until eval 'listens "$dir/socket" && listens "$dir/supervised"'
boot
guest_tests "$dir/log"
ok "20 of them" [ "$guest_passed" = 20 ]
is "workers were killed 10 times, and the next went on" "$(grep -c 'Killed ended the worker' "$dir/supervised.log") $(grep -c \
	'i2c client 1: goes on' "$dir/supervised.log")" "10 10"
echo "# $(grep -c 'with [1-9]* requests in flight' "$dir/supervised.log") of them with requests in flight"
kill "$daemon" "$supervised"
wait "$daemon"
is "the process ends cleanly" $? 0
wait "$supervised"
is "the supervised one, too" $? 0
daemon='' supervised=''
[ "$failures" = 0 ] || tail -n 40 "$dir/daemon.log" "$dir/supervised.log" | sed 's/^/# /'
done_testing
