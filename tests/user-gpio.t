#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The user port to real clients: Debian's kernel in a virtual machine, with its gpio-virtio driver and libgpiod's tools, on lines of
# our bcm2835-gpio driver with its model, and its virtio-rng driver on our bcm2835-rng; and the guest reboots. (QEMU 10 ends itself when
# the back end of its gpio device is gone, so what becomes of a process that is killed is tested without it: tests/unit/vhost/restart.c.)
. tests/tap.sh
board=virt
rng_program=${RNG_PROGRAM:-build/tool/programs/bcm2835-rng}
program=${PROGRAM:-build/tool/programs/bcm2835-gpio}
source=${GPIO_VIRTIO:-build/cache/gpio-virtio/gpio-virtio.c}

if ! [ -e "$source" ]; then
	skip "libgpiod's tools in a guest" "Debian's kernels have no gpio-virtio, and their source, where it is, could not be fetched"
	done_testing
	exit
fi

daemon=
rng_daemon=
clean_up() {
	[ -z "$daemon" ] || kill -9 "$daemon" 2>/dev/null
	[ -z "$rng_daemon" ] || kill -9 "$rng_daemon" 2>/dev/null
}

# PROGRAM OPTION...: starts the process; what its shell says is added to $dir/said
start() {
	"$@" --model --shell --socket "$dir/socket" <"$dir/commands" >>"$dir/said" 2>>"$dir/daemon.log" &
	daemon=$!
	echo "watch 17" >&9
}
tell() { printf '%s\n' "$@" >&9; }

# N: waits until the guest asks for that
asked() {
	for _ in $(seq 3000); do
		! grep -aq "^# ask $1" "$dir/log" || return 0
		kill -0 "$boot" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}

stage() {
	judges=build/cache/gpiod-arm64/root
	headers=$(echo "$root"/build/cache/virt/root/usr/src/linux-headers-*-arm64)
	mkdir "$dir/module" "$dir/tree"
	cp "$source" "$dir/module"
	echo 'obj-m := gpio-virtio.o' >"$dir/module/Kbuild"
	ok "the kernel's gpio-virtio is built" make -s -C "$headers" M="$dir/module" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules
	cp -a build/stage/virt/. "$dir/tree"
	aarch64-linux-gnu-objcopy --strip-debug "$dir/module/gpio-virtio.ko" "$(echo "$dir"/tree/root/lib/modules/*/extra)/gpio-virtio.ko"
	cp "$judges"/usr/bin/gpio* build/cache/rng-tools-arm64/root/usr/bin/rngtest tests/guest/user-gpio.sh "$dir/tree/root/bin"
	mkdir -p "$dir/tree/root/lib"
	extra=$(echo "$dir"/tree/root/lib/modules/*/extra)
	scripts/kernel-modules "$(echo build/cache/virt/root/lib/modules/*)" "$extra" virtio-rng
	rm "$extra/order"
	find "$judges" \( -name 'ld-linux*.so.*' -o -name libc.so.6 -o -name libgpiod.so.2 \) -exec cp -L {} "$dir/tree/root/lib" \;
	run "$FERRY" image --rootpath "$dir/tree" --inputpath "$dir/tree" --outputpath "$dir" boards/extlinux/disk.cfg
	is "the image is built" "$status$err" 0
}

boot() {
	cat >"$dir/script" <<-'EOS'
		timeout 300
		fail Kernel panic
		expect ferry:/#
		send dmesg -n 1; user-gpio.sh first
		expect ^# first done
		send reboot -f
		expect Booting Linux
		expect ferry:/#
		send dmesg -n 1; user-gpio.sh second
		expect ^# second done
	EOS
	: >"$dir/log"
	"$FERRY" boot --board virt --script "$dir/script" --log "$dir/log" --reboot "$dir/disk.img" -- -m 256M \
		-object memory-backend-memfd,id=m,size=256M,share=on -numa node,memdev=m \
		-chardev "socket,id=vu,path=$dir/socket" -device vhost-user-gpio-pci,chardev=vu \
		-chardev "socket,id=rng,path=$dir/rng-socket" -device vhost-user-rng-pci,chardev=rng \
		>"$dir/boot.out" 2>&1 &
	boot=$!
}

# What the guest asks for, and when.
outside() {
	asked 1 && tell "drive 4 1"
	asked 2 && tell "release 20"
	for n in 1 2 3; do
		asked "edge $n" && tell "drive 5 $((n % 2))"
	done
}

stage
mkfifo "$dir/commands"
exec 9<>"$dir/commands"
: >"$dir/said"
start "$program" --user ""
tell "set 20 0"
"$rng_program" --model --user "" --socket "$dir/rng-socket" 2>>"$dir/daemon.log" &
rng_daemon=$!
boot
outside
status=0
wait $boot || status=$?
is "the tests run" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$dir/boot.out"
tr -d '\r' <"$dir/log" | grep -aE '^(ok|not ok) - |^# (got|said)' >"$dir/tap"
while IFS= read -r line; do
	case $line in
	'ok - '*) pass "${line#ok - }" ;;
	'not ok - '*) fail "${line#not ok - }" ;;
	*) echo "$line" ;;
	esac
done <"$dir/tap"
ok "at least 14 of them" [ "$(grep -c '^ok' "$dir/tap")" -ge 14 ]
# Levels of pin 17: up and down, 20 changes of traffic, up after the reboot.
levels=$(sed -n 's/^pin 17 \([01]\) .*/\1/p' "$dir/said" | uniq | tr -d '\n')
is "the process saw what the guest did to a line, and nothing else" "$levels" 10101010101010101010101
kill "$rng_daemon"
wait "$rng_daemon"
is "its process ends cleanly" $? 0
rng_daemon=
kill "$daemon"
wait "$daemon"
is "the process ends cleanly" $? 0
daemon=
[ "$failures" = 0 ] || sed 's/^/# /' "$dir/daemon.log"
done_testing
