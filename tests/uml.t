#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The user port serves a second front end, User Mode Linux, whose kernels are programs. One writes to the beeper's port, whose
# pins are recorded, and to one of a process whose workers are killed; two are on the switch of a network driver. (QEMU has no
# vhost-user-console.)
# needs: ferry uml program-beeper program-test-net-echo program-test-say
. tests/tap.sh
programs=${PROGRAMS:-build/tool/programs}
uml=${UML:-build/cache/uml/root}

if [ ! -e "$uml" ]; then
	skip "virtual machines of User Mode Linux" "that is for amd64 alone, and this machine is not"
	done_testing
	exit
fi

running=
# A guest makes a session of its own; its processes are known by the one thing that none else has, the name of this test's directory.
clean_up() {
	for pid in $running $(grep -l "initrd=$dir/initrd" /proc/[0-9]*/cmdline 2>/dev/null | cut -d / -f 3); do
		kill -9 "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null
	done
}

stage() {
	tree=$dir/tree
	mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/tmp"
	cp "$uml/bin/busybox" tests/guest/pings.sh "$tree/bin"
	cp tests/guest/uml-init "$tree/init"
	cp tests/guest/uml-first.sh tests/guest/uml-second.sh "$tree"
	chmod 755 "$tree/init"
	scripts/kernel-modules "$(echo "$uml"/usr/lib/uml/modules/*)" "$tree" virtio_console virtio_net
	(cd "$tree" && find . | cpio --quiet -o -H newc) >"$dir/initrd"
}

# NAME DEVICE...: the kernel leaves processes behind when it is killed: it has a group of its own. Its memory is a file in TMPDIR, by itself in
# /dev/shm, which in containers is small, and nothing there may be executed.
guest() {
	name=$1 devices=
	shift
	for device; do
		devices="$devices virtio_uml.device=$dir/$device"
	done
	# shellcheck disable=SC2086
	TMPDIR=$dir LD_PRELOAD=$dir/registers.so setsid sh -c 'sleep 600 | "$@"' sh "$uml/usr/bin/linux.uml" mem=64M "initrd=$dir/initrd" con=null con0=null,fd:1 ssl=null \
		"test=uml-$name" $devices >"$dir/$name" 2>&1 </dev/null &
	running="$running $!"
}
said() { tr -d '\r' <"$dir/$1" | sed -n "s/^$2 //p"; }

# Whether all that was written has been played.
edges=2048
played() { [ "$(grep -c '^pin 17' "$dir/edges")" -ge $edges ]; }

ok "what lets it run on every processor is compiled" \
	cc -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -shared -fPIC -o "$dir/registers.so" tests/guest/uml-registers.c
stage
mkfifo "$dir/commands"
exec 9<>"$dir/commands"
"$programs/beeper" --model --pin speaker=17 --user '' --record "$dir/pins" --socket "$dir/beeper" --shell <"$dir/commands" \
	>"$dir/edges" 2>"$dir/beeper.log" &
beeper=$!
"$programs/test-net-echo" --user '' --property wire=2000 --socket "$dir/net" 2>"$dir/net.log" &
net=$!
"$programs/test-say" --user '' --supervise --socket "$dir/say" 2>"$dir/say.log" &
say=$!
running="$beeper $net $say"
echo "watch 17" >&9
ok "the beeper listens" wait_until listens "$dir/beeper"
ok "the network does" wait_until listens "$dir/net"
ok "and the one that says what is written" wait_until listens "$dir/say"
guest first beeper:3 net:1 say:3
ok "the first guest is connected" wait_until grep -q 'net client 1: connected' "$dir/net.log"
guest second net:1
halted() { grep -Eq "System halted|Kernel panic" "$dir/$1"; }
# Kills a worker of $say for each `# ask kill` of the first guest's, when the one before has gone on with the rings.
killed=0
has_gone_on() { [ "$(grep -c 'console client 1: goes on' "$dir/say.log")" -ge "$1" ]; }
answers_until_halted() {
	for word in $(asks_after "$dir/first" $killed); do
		killed=$((killed + 1))
		kill -9 "$(worker_of "$say")"
		wait_until has_gone_on $killed
	done
	halted first
}
wait_until answers_until_halted
ok "the first guest comes to its end" halted first
ok "the second one, too" wait_until halted second

is "the port has the stream's name" "$(said first port)" beeper
ok "who writes more than there is room for gets through" grep -q '^written' "$dir/first"
is "the first guest has the interface's address" "$(said first address)" 02:66:79:00:00:02
is "the second one another" "$(said second address)" 02:66:79:00:00:03
is "pings are answered, through a wire that has room for four" "$(said first answered)" 300
is "in their order, none twice" "$(said first order)" kept
like "a megabyte goes from guest to guest" "$(said first sent)" '^[0-9a-f]{32}'
is "and is the same there" "$(said second got)" "$(said first sent)"
like "the guest notices that the plug was pulled" "$(said first unplugged)" "^[1-9]"
is "and goes on when it is back" "$(said first '1 packets transmitted,')" "1 packets received, 0% packet loss"

is "ten workers were killed while lines were written, and the next went on" "$(grep -c 'Killed ended the worker' "$dir/say.log") $(grep -c \
	'console client 1: goes on' "$dir/say.log")" "10 10"
# Of a line that was not given back the next worker hears once more.
is "no line was lost, each in its order" "$(sed -n 's/^say: line //p' "$dir/say.log" | uniq)" "$(seq 600)"

gone() { grep -q 'console client 1: disconnected' "$dir/beeper.log"; }
ok "the beeper has noticed the guest's end" wait_until gone
like "it refused one line" "$(cat "$dir/beeper.log")" 'warning: column 1: expected t, m or p: x1'
# 440 Hz for 100 ms, 900 periods of 1000 Hz, 3000 Hz for 20 ms; 2000 Hz for 10 ms. What came with the refused line, in one write, is lost.
ok "all is played" wait_until played
kill "$beeper"
wait "$beeper"
is "its process ends cleanly" $? 0
kill "$net"
wait "$net"
is "that of the network, too" $? 0
like "its wire was full at times" "$(cat "$dir/net.log")" 'stopped, the wire was full [1-9][0-9]* times'
kill "$say"
wait "$say"
is "and that which said what was written" $? 0
run "$FERRY" pins --from 0 --measure "$dir/pins"
like "every edge of every tone was made, and no other" "$out" "gpio 17: $edges edges"
if [ "$failures" != 0 ]; then
	sed 's/^/# /' "$dir/beeper.log" "$dir/net.log"
	grep -v ' line ' "$dir/say.log" | sed 's/^/# /'
	tail -n 15 "$dir/first" "$dir/second" | sed 's/^/# /'
fi
done_testing
