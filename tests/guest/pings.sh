#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# For guests: how many pings are answered, as the guest's kernel counts. BusyBox' ping misses some that the kernel has heard: its socket
# holds nine, and on a busy machine the signals of its own timer keep it from reading.

# Echo replies that the kernel has heard.
heard() { awk '/^IcmpMsg:/ { for (i in name) if (name[i] == "InType0") n = $i; split($0, name) } END { print n + 0 }' /proc/net/snmp; }

# INTERFACE HOST: pings it until one is answered, and leaves in $asked how many that took. Answers come in the order of what they
# answer: then none that was asked for before is still to come.
until_answered() {
	asked=1
	until ping -q -I "$1" -c 1 -W 1 "$2" >/dev/null; do
		asked=$((asked + 1))
	done
}

# INTERFACE HOST COUNT SECONDS: how many of COUNT large pings, sent SECONDS apart, are answered. What ping has read itself is left in
# /tmp/pings.
pings() {
	until_answered "$1" "$2"
	before=$(heard)
	ping -I "$1" -c "$3" -i "$4" -s 1400 "$2" >/tmp/pings
	until_answered "$1" "$2"
	echo $(($(heard) - before - asked))
}
