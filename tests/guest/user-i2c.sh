#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests of a virtio-i2c device in a guest: i2c-tools on the bus of a controller that a process serves, with an EEPROM and a thermometer.
# Prints TAP, without numbers; `# ask WORD` is for tests/user-i2c.t.
. /bin/tap.sh

load() {
	modprobe i2c-virtio
	# The first device's, and that of a process that is supervised.
	buses=$(i2cdetect -l | sed -n 's/^i2c-\([0-9]*\).*i2c_virtio.*/\1/p' | sort -n)
	bus=${buses%%[!0-9]*} supervised=${buses##*[!0-9]}
}

# The EEPROM acknowledges again when it has written.
ready() { until_works i2cget -y "$bus" 0x50 0; }

thermometer() {
	is "i2cdetect finds who is on the bus" "$(i2cdetect -y "$bus" | sed 1d | cut -c 5- | tr -s ' -' '\n\n' | grep . | tr '\n' ' ')" "48 50 "
	is "i2cget reads the temperature, 21.5 degrees" "$(i2cget -y "$bus" 0x48 0 w)" 0x8015
	ok "i2cset sets a limit" i2cset -y "$bus" 0x48 3 0x201e w
	is "which can be read back" "$(i2cget -y "$bus" 0x48 3 w)" 0x201e
	refused "nobody is at another address" i2cget -y "$bus" 0x33 0
	is "nor then is anything wrong" "$(i2cget -y "$bus" 0x48 2 w)" 0x004b
}

eeprom() {
	is "the memory is empty" "$(i2ctransfer -y "$bus" w1@0x50 0x10 r4)" "0xff 0xff 0xff 0xff"
	ok "i2cset writes a byte" i2cset -y "$bus" 0x50 0x10 0x42
	ready
	is "and i2cget reads it" "$(i2cget -y "$bus" 0x50 0x10)" 0x42
	ok "i2ctransfer writes a page" i2ctransfer -y "$bus" w9@0x50 0x18 1 2 3 4 5 6 7 8
	ready
	is "i2cdump shows them" "$(i2cdump -y -r 0x10-0x1f "$bus" 0x50 b | sed -n 's/^10: \(.*\)    .*/\1/p')" \
		"42 ff ff ff ff ff ff ff 01 02 03 04 05 06 07 08"
	is "a long message is read whole" "$(i2ctransfer -y "$bus" w1@0x50 0 r1024 | wc -w)" 1024
}

# The queue of QEMU's device is as long as 4 messages. Which of more are done is the driver's affair; it must not wait for good.
long_groups() {
	is "a transfer that the controller cannot do is refused" "$(i2ctransfer -y "$bus" r1@0x50 w1@0x50 0 2>&1 | grep -o 'only [0-9/]*')" "only 0/2"
	timeout 60 i2ctransfer -y "$bus" w1@0x48 0 w1@0x48 1 w1@0x48 2 w1@0x48 3 w1@0x48 0 r2 >/tmp/long 2>&1
	is "one that is longer than the queue ends" "$([ $? -lt 124 ] && echo yes)" yes
	is "and the next is done" "$(i2cget -y "$bus" 0x48 0 w)" 0x8015
}

traffic() {
	failed=0
	for _ in $(seq 20); do
		[ "$(i2cget -y "$bus" 0x48 0 w)$(i2cget -y "$bus" 0x50 0x18)" = 0x80150x01 ] || failed=$((failed + 1))
	done
	is "many transfers, none fails" "$failed" 0
}

# REGISTER BYTES: reads it, and what the thermometer gives after that, in a transfer that takes its time.
reads() {
	i2ctransfer -y "$supervised" w1@0x48 "$1" r400 >/tmp/read 2>&1
	[ "$(cut -c 1-9 /tmp/read) $(wc -w </tmp/read)" = "$2 400" ]
}

# The workers of a process are killed meanwhile. Both of a thermometer's limits are read: each answer has to be of the register that its
# transfer names.
disturbed() {
	failed=0
	for n in $(seq 40); do
		[ $((n % 4)) != 1 ] || echo "# ask kill"
		reads 2 "0x4b 0x00" || failed=$((failed + 1))
		reads 3 "0x50 0x00" || failed=$((failed + 1))
	done
	is "of 80 transfers none fails while their process is killed" "$failed" 0
	[ $failed = 0 ] || sed 's/^/# said /' /tmp/read
}

another_driver() {
	rmmod i2c-virtio
	load
	is "the driver can be loaded anew" "$(i2cget -y "$bus" 0x48 0 w)" 0x8015
}

mount -t devtmpfs none /dev 2>/dev/null
modprobe i2c-dev
load
case $1 in
first)
	thermometer
	eeprom
	long_groups
	traffic
	disturbed
	another_driver
	is "the kernel has no complaint" "$(dmesg | grep -E 'BUG|WARNING|Oops|timed out')" ""
	echo "# first done"
	;;
second)
	is "after a reboot what was written is still there" "$(i2ctransfer -y "$bus" w1@0x50 0x1e r2)" "0x07 0x08"
	echo "# second done"
	;;
esac
