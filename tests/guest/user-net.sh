#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the guest of tests/user-net.t does: eth0 is on a process that is killed and started again, eth1 on one that is supervised. Lines
# `# ask WORD` are for the test outside.
. /bin/tap.sh
. /bin/pings.sh

start() {
	modprobe virtio_net
	ifconfig eth0 10.99.0.11 up
	ifconfig eth1 10.99.1.11 up
}

start
is "pings of a split ring are answered" "$(pings eth0 10.99.0.1 100 0.01)" 100
is "those of a packed ring, too" "$(pings eth1 10.99.0.50 100 0.01)" 100
for host in 2 3 4; do
	ping -q -c 100000 -i 0.01 10.99.0.1 >/dev/null &
	traffic=$!
	echo "# ask host-$host"
	until_answered eth0 10.99.0.$host
	kill $traffic
	is "the guest goes on with process $host" "$(pings eth0 10.99.0.$host 100 0.01)" 100
done
ping -q -I eth1 -c 100000 -i 0.02 10.99.0.50 >/tmp/traffic &
traffic=$!
echo "# ask kill-5"
echo "# ask host-5"
until_answered eth0 10.99.0.5
kill -INT $traffic
wait $traffic
received=$(sed -n 's/.* \([0-9]*\) packets received.*/\1/p' /tmp/traffic)
is "pings were answered while workers were killed" "$([ "$received" -ge 1 ] && echo yes)" yes
sed -n 's/.*packets transmitted.*/# got &/p' /tmp/traffic
is "none is lost after that" "$(pings eth1 10.99.0.50 100 0.01)" 100
rmmod virtio_net
start
is "another driver starts with the split ring" "$(pings eth0 10.99.0.5 100 0.01)" 100
is "and with the packed one" "$(pings eth1 10.99.0.50 100 0.01)" 100
echo "# net done"
