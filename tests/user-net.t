#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The user port serves a network to a real client: Debian's kernel in a virtual machine, whose virtio-net has
# apps/selftest/drivers/net-echo.c behind it. QEMU connects again to a process that is killed by SIGKILL during traffic; and one is
# supervised, whose workers are killed.
# needs: ferry image-of-virt program-test-net-echo
. tests/tap.sh
program=${PROGRAM:-build/tool/programs/test-net-echo}
virt_stage=build/stage/virt
first='' second=''
clean_up() { for pid in $first $second; do kill -9 "$pid" 2>/dev/null; done; }

# HOST: the process that answers as 10.99.0.HOST
start_first() {
	"$program" --socket "$dir/first" --user '' --no-packed --property "host=$1" 2>>"$dir/first.err" &
	first=$!
}
has_gone_on() { [ "$(grep -c 'net client 1: goes on' "$dir/second.err")" -ge "$1" ]; }
# N: kills N workers during traffic, one after the other, each when it has gone on with the rings.
kill_workers() {
	for n in $(seq "$1"); do
		kill -9 "$(worker_of "$second")"
		wait_until has_gone_on "$n"
	done
}
answer() {
	case $1 in
	kill-*) kill_workers "${1#kill-}" ;;
	host-*)
		kill -9 "$first"
		wait "$first" 2>/dev/null
		start_first "${1#host-}"
		;;
	esac
}

stage() {
	cp -a "$virt_stage/." "$dir/tree"
	cp tests/guest/user-net.sh tests/guest/tap.sh tests/guest/pings.sh "$dir/tree/root/bin"
	scripts/kernel-modules "$(echo build/cache/virt/root/lib/modules/*)" "$dir/tree/root" virtio_net
	run "$FERRY" image --rootpath "$dir/tree" --inputpath "$dir/tree" --outputpath "$dir" boards/extlinux/disk.cfg
	is "the image is built" "$status$err" 0
}

stage
cat >"$dir/script" <<'EOS'
	timeout 300
	fail Kernel panic
	expect ferry:/#
	send dmesg -n 1; user-net.sh
	expect ^# net done
EOS
start_first 1
"$program" --socket "$dir/second" --user '' --supervise --property host=50 2>"$dir/second.err" &
second=$!
: >"$dir/log"
ok "both listen" wait_until eval 'listens "$dir/first" && listens "$dir/second"'
"$FERRY" boot --board virt --icount off --script "$dir/script" --log "$dir/log" "$dir/disk.img" -- -m 256M -smp 1 \
	-object memory-backend-memfd,id=m,size=256M,share=on -numa node,memdev=m \
	-chardev "socket,id=first,path=$dir/first,reconnect-ms=100" -netdev vhost-user,id=n1,chardev=first \
	-device virtio-net-pci,netdev=n1,mac=02:66:79:00:01:01 \
	-chardev "socket,id=second,path=$dir/second" -netdev vhost-user,id=n2,chardev=second \
	-device virtio-net-pci,netdev=n2,mac=02:66:79:00:01:02,packed=on >"$dir/out" 2>&1 &
attend_machine $!
guest_tests "$dir/log"
is "all of the guest's tests" "$guest_passed" 9
is "five workers were killed, and the next went on" "$(grep -c 'Killed ended the worker' "$dir/second.err") $(grep -c \
	'net client 1: goes on' "$dir/second.err")" "5 5"
for name in first second; do
	eval "kill \$$name; wait \$$name"
	is "the $name process ends cleanly" $? 0
	[ "$failures" = 0 ] || tail -n 20 "$dir/$name.err" | sed "s/^/# $name: /"
done
first='' second=''
done_testing
