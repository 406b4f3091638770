#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The first guest of tests/uml.t: writes to the beeper's port and to another, talks to the host behind the interface and to the second guest.
# `# ask WORD` is for the test outside.
. /bin/pings.sh
echo "port $(cat /sys/class/virtio-ports/vport0p0/name)"
port=/dev/vport0p0
echo t440 100000 >$port
# More than driver and ring hold: the writer has to wait.
n=0
while [ $n -lt 900 ]; do
	echo t1000 1000
	n=$((n + 1))
done >$port
printf 'x1\nt3000 10000\n' >$port
echo t3000 20000 >$port
# What is left unfinished ends with the writer.
printf 't2000 10000' >$port
echo "written"

# Each line is of a writer of its own.
other=/dev/$(basename "$(dirname "$(grep -lx say /sys/class/virtio-ports/*/name)")")
n=0
while [ $n -lt 600 ]; do
	[ $((n % 60)) != 0 ] || echo "# ask kill"
	n=$((n + 1))
	echo "line $n" >"$other"
done

echo "address $(cat /sys/class/net/eth0/address)"
ifconfig eth0 10.99.0.11 up
echo "answered $(pings eth0 10.99.0.1 300 0.001)"
sed -n 's/.* seq=\([0-9]*\) .*/\1/p' /tmp/pings | sort -c -n -u && echo "order kept"
until ping -c 1 -W 1 10.99.0.12 >/dev/null; do :; done
dd if=/dev/urandom of=/tmp/data bs=1k count=1000 2>/dev/null
echo "sent $(md5sum </tmp/data)"
until nc 10.99.0.12 9 </tmp/data; do sleep 0.1; done
before=$(cat /sys/class/net/eth0/carrier_down_count)
ping -c 1 -W 1 10.99.0.99 >/dev/null
until [ "$(cat /sys/class/net/eth0/carrier_up_count)" -gt "$before" ]; do sleep 0.1; done
echo "unplugged $(($(cat /sys/class/net/eth0/carrier_down_count) - before))"
ping -c 1 -w 60 10.99.0.1 | grep received
