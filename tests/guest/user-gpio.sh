#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests of a virtio-gpio device in a guest: libgpiod's tools on the lines of a controller that a process serves. Prints TAP, without
# numbers; `# ask N` asks tests/user-gpio.t to do what it has for that outside.
. /bin/tap.sh

# Which device has FEATURE-BIT negotiated: the number of a virtio device of type $1, then 0 or 1
negotiated() { cat "$(dirname "$(grep -l "$1" /sys/bus/virtio/devices/*/device)")/features" | cut -c $(($2 + 1)); }

find_chip() { gpiodetect | sed -n 's/^\(gpiochip[0-9]*\) \[virtio.*/\1/p'; }
line_says() { gpioinfo "$chip" | grep "line *$1:" | grep -q "$2"; }
# shellcheck disable=SC2086
reads() { [ "$(gpioget "$chip" $1)" = "$2" ]; }
has_lines() { [ "$(wc -l <"$1")" -ge "$2" ]; }
is_said() { grep -q "$2" "$1"; }

load() {
	modprobe gpio-virtio
	chip=$(find_chip)
}

# Of the lines, the machines use those from $base on.
line() { echo $((base + $1)); }

outputs_and_inputs() {
	is "all lines are there" "$(gpioinfo "$chip" | grep -c unused)" 54
	ok "gpioset drives a line high" gpioset "$chip" "$(line 17)=1"
	ok "and low, and two at a time" gpioset "$chip" "$(line 17)=0" "$(line 18)=1"
	ok "a line that nobody drives is low" reads "$(line 4)" 0
	echo "# ask high"
	ok "one that is driven high outside becomes high" until_works reads "$(line 4)" 1
	refused "a line that somebody else has is refused" gpioget "$chip" "$(line 20)"
	echo "# ask release"
	ok "until that gives it back" until_works reads "$(line 20)" 0
}

events() {
	gpiomon --line-buffered -n 3 "$chip" "$(line 5)" >/tmp/events &
	ok "gpiomon watches a line" until_works line_says "$(line 5)" gpiomon
	for n in 1 2 3; do
		echo "# ask edge$n"
		until_works has_lines /tmp/events $n
	done
	wait $!
	is "and sees each edge of it" "$(awk '{ print $2 }' /tmp/events | tr '\n' ' ')" "RISING FALLING RISING "
}

traffic() {
	failed=0
	for n in $(seq 20); do
		gpioset "$chip" "$(line 17)=$((n % 2))" || failed=$((failed + 1))
	done
	is "many requests, none fails" "$failed" 0
}

randomness() {
	modprobe virtio-rng
	is "the kernel takes random bytes of the device" "$(cut -c 1-10 /sys/class/misc/hw_random/rng_current)" virtio_rng
	# Of good random bits, a block of 20000 fails once in 1250 times.
	rngtest -c 20 </dev/hwrng 2>&1 | sed -n 's/^rngtest: //p' >/tmp/rngtest
	good=$(sed -n 's/^FIPS 140-2 successes: //p' /tmp/rngtest)
	ok "and they pass rngtest" test "${good:-0}" -ge 18
	sed -n 's/^/# said /; /FIPS/p' /tmp/rngtest
}

rings() {
	is "its gpio device has packed rings" "$(negotiated 0x0029 34)" 1
	is "its random number generator, not offered them, has split ones" "$(negotiated 0x0004 34)" 0
}

# Two machines: line 30 is the first one's until it gives it back, 31 the second one's until its end.
first_of_two() {
	gpioset -m signal "$chip" 30=1 &
	holder=$!
	until_works line_says 30 gpioset
	echo "# ask taken"
	until_works reads 51 1
	refused "a line of the other machine is refused" gpioset "$chip" 31=1
	kill $holder
	wait $holder
	echo "# ask released"
	until_works reads 53 1
	ok "and free at the end of that" gpioset "$chip" 31=1
}

second_of_two() {
	until_works reads 50 1
	refused "a line that the other machine has is refused" gpioset "$chip" 30=0
	refused "for reading, too" gpioget "$chip" 30
	gpioset -m signal "$chip" 31=1 &
	until_works line_says 31 gpioset
	echo "# ask tried"
	until_works reads 52 1
	ok "and free once that has given it back" gpioset "$chip" 30=0
}

# ---- Processes that are killed (tests/user-restart.t) ----

# Two lines are set, and two are read, many times, while random bytes are judged.
disturbed() {
	echo "# ask kill"
	rngtest -c 20 </dev/hwrng 2>&1 | sed -n 's/^rngtest: FIPS 140-2 successes: //p' >/tmp/rngtest &
	judge=$!
	failed=0
	for n in $(seq 100); do
		gpioset "$chip" "18=$((n % 2))" "19=$((1 - n % 2))" || failed=$((failed + 1))
		reads "4 6" "0 0" || failed=$((failed + 1))
	done
	wait $judge
	echo "# ask spare"
	is "of 200 requests none fails while their process is killed" "$failed" 0
	ok "random bytes of one that is killed pass rngtest" test "$(cat /tmp/rngtest)" -ge 18
}

# One line is held, events of another are waited for, both edges after a kill.
exact_edges() {
	gpioset -m signal "$chip" 17=1 &
	until_works line_says 17 gpioset
	gpiomon --line-buffered -n 40 "$chip" 5 >/tmp/events &
	monitor=$!
	until_works line_says 5 gpiomon
	for n in $(seq 20); do
		echo "# ask rise"
		until_works has_lines /tmp/events $((2 * n - 1)) || break
		echo "# ask fall"
		until_works has_lines /tmp/events $((2 * n)) || break
	done
	kill $monitor 2>/dev/null
	wait $monitor
	is "each edge is seen once, in its order" "$(awk '{ printf "%s ", substr($2, 1, 1) }' /tmp/events)" \
		"$(for n in $(seq 20); do printf 'R F '; done)"
}

another_driver() {
	rmmod gpio-virtio
	load
	ok "the driver can be loaded anew" gpioset "$chip" "$(line 19)=1"
}

no_complaint() { is "the kernel has no complaint" "$(dmesg | grep -E 'BUG|WARNING|Oops|timed out')" ""; }

mount -t devtmpfs none /dev 2>/dev/null
load
base=0
case $1 in
first)
	outputs_and_inputs
	events
	traffic
	randomness
	rings
	first_of_two
	another_driver
	no_complaint
	echo "# first done"
	;;
rebooted)
	ok "after a reboot lines can be driven" gpioset "$chip" 21=1
	ok "and those of before are free" gpioset "$chip" 17=1
	echo "# rebooted done"
	;;
second)
	base=20
	outputs_and_inputs
	events
	traffic
	randomness
	rings
	another_driver
	second_of_two
	no_complaint
	echo "# ask end"
	echo "# second done"
	;;
restart)
	modprobe virtio-rng
	disturbed
	exact_edges
	no_complaint
	# In the reset, and as the next kernel starts.
	echo "# ask kill"
	echo "# restart done"
	;;
again)
	ok "after it started anew, lines can be driven" gpioset "$chip" 20=1
	ok "and the one that was held" gpioset "$chip" 17=0
	echo "# ask spare"
	modprobe virtio-rng
	ok "there are random bytes" dd if=/dev/hwrng bs=64 count=1 of=/dev/null
	no_complaint
	echo "# again done"
	;;
esac
