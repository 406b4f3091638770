# SPDX-License-Identifier: GPL-2.0-only
# For tests of programs of the user port: Debian's kernel in virtual machines (QEMU's virt), with its gpio-virtio, its virtio-rng,
# libgpiod's tools, rngtest and tests/guest/user-gpio.sh. After tests/tap.sh.
gpio_program=${PROGRAM:-build/tool/programs/bcm2835-gpio}
rng_program=${RNG_PROGRAM:-build/tool/programs/bcm2835-rng}
gpio_virtio=${GPIO_VIRTIO:-build/cache/gpio-virtio/gpio-virtio.c}
virt_stage=build/stage/virt
daemons='' machines=''

if ! [ -e "$gpio_virtio" ]; then
	skip "libgpiod's tools in a guest" "Debian's kernels have no gpio-virtio, and their source, where it is, could not be fetched"
	done_testing
	exit
fi

clean_up() {
	for daemon in $daemons; do
		eval "kill -9 \$daemon_$daemon" 2>/dev/null
	done
}

# NAME FD OPTION...: starts the program for gpio with the socket $dir/NAME. What its shell says is added to $dir/NAME.said.
start_gpio() {
	name=$1 fd=$2
	shift 2
	mkfifo "$dir/$name.commands"
	eval "exec $fd<>\"\$dir/$name.commands\""
	"$gpio_program" --model --shell --socket "$dir/$name" --user "" "$@" <"$dir/$name.commands" >"$dir/$name.said" 2>"$dir/$name.err" &
	eval "daemon_$name=$!"
	daemons="$daemons $name"
}
tell() { # NAME COMMAND...
	name=$1
	shift
	printf '%s\n' "$@" >"$dir/$name.commands"
}
# OPTION...: the same of the one for random bytes, with the socket $dir/rng
start_rng() {
	"$rng_program" --model --socket "$dir/rng" --user "" "$@" 2>"$dir/rng.err" &
	daemon_rng=$!
	daemons="$daemons rng"
}

end_programs() {
	for daemon in $daemons; do
		eval "kill \$daemon_$daemon; wait \$daemon_$daemon"
		is "$daemon: the program ends cleanly" $? 0
		[ "$failures" = 0 ] || sed "s/^/# $daemon: /" "$dir/$daemon.err"
	done
	daemons=
}

# Builds the module, and the image with all that the guest needs.
stage_guest() {
	judges=build/cache/gpiod-arm64/root
	headers=$(echo "$root"/build/cache/virt/root/usr/src/linux-headers-*-arm64)
	mkdir "$dir/module" "$dir/tree"
	cp "$gpio_virtio" "$dir/module/gpio-virtio.c"
	echo 'obj-m := gpio-virtio.o' >"$dir/module/Kbuild"
	ok "the kernel's gpio-virtio is built" make -s -C "$headers" M="$dir/module" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules
	cp -a "$virt_stage/." "$dir/tree"
	aarch64-linux-gnu-objcopy --strip-debug "$dir/module/gpio-virtio.ko" "$(echo "$dir"/tree/root/lib/modules/*/extra)/gpio-virtio.ko"
	cp "$judges"/usr/bin/gpio* build/cache/rng-tools-arm64/root/usr/bin/rngtest tests/guest/user-gpio.sh \
		tests/guest/tap.sh "$dir/tree/root/bin"
	mkdir -p "$dir/tree/root/lib"
	scripts/kernel-modules "$(echo build/cache/virt/root/lib/modules/*)" "$dir/tree/root" virtio-rng
	find "$judges/" \( -name 'ld-linux*.so.*' -o -name libc.so.6 -o -name libgpiod.so.2 \) -exec cp -L {} "$dir/tree/root/lib" \;
	run "$FERRY" image --rootpath "$dir/tree" --inputpath "$dir/tree" --outputpath "$dir" boards/extlinux/disk.cfg
	is "the image is built" "$status$err" 0
}

all_listen() {
	for daemon in $daemons; do
		listens "$dir/$daemon" || return
	done
}

# NAME OPTION...: starts a machine with these options of QEMU and the script $dir/NAME.script; its console goes to $dir/NAME.log
start_machine() {
	ok "$1: the programs listen" wait_until all_listen
	name=$1
	shift
	: >"$dir/$name.log"
	echo 0 >"$dir/$name.asks"
	"$FERRY" boot --board virt --icount off --script "$dir/$name.script" --log "$dir/$name.log" --reboot "$dir/disk.img" -- -m 256M -smp 1 \
		-object memory-backend-memfd,id=m,size=256M,share=on -numa node,memdev=m "$@" >"$dir/$name.out" 2>&1 &
	eval "machine_$name=$! status_$name="
	machines="$machines $name"
}
# NAME TYPE: options for a device whose program is NAME
device() { echo "-chardev socket,id=$1,path=$dir/$1 -device vhost-user-$2-pci,packed=on,chardev=$1"; }

# NAME: whether the machine runs
runs() { eval "kill -0 \$machine_$1" 2>/dev/null; }

# NAME: waits until the machine has ended
wait_for_machine() {
	eval "[ \"\$status_$1\" ]" || eval "status_$1=0; wait \$machine_$1 || status_$1=\$?"
}

# While the machines run, calls answer NAME WORD for each `# ask WORD` of the guest's.
answer_asks() {
	while :; do
		running=
		for machine in $machines; do
			! runs "$machine" || running=yes
			asks=$(asks_after "$dir/$machine.log" "$(cat "$dir/$machine.asks")")
			for ask in $asks; do
				echo $(($(cat "$dir/$machine.asks") + 1)) >"$dir/$machine.asks"
				answer "$machine" "$ask"
			done
		done
		[ "$running" ] || return 0
		sleep 0.05
	done
}

# NAME LEAST: the machine has ended; its guest's tests become ours, LEAST of them at least
judge_machine() {
	wait_for_machine "$1"
	eval "status=\$status_$1"
	is "$1: the tests run" "$status" 0
	[ "$status" = 0 ] || tail -n 40 "$dir/$1.out" | sed 's/^/# /'
	guest_tests "$dir/$1.log" "$1: "
	ok "$1: at least $2 of them" [ "$guest_passed" -ge "$2" ]
}
