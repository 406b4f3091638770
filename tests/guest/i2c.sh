#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# For tests/i2c-linux.t, on the board: BusyBox's i2c-tools on the adapter of the module bcm2835-i2c. What it prints is judged outside.
cd /root || exit
modprobe i2c-dev
load() {
	insmod bcm2835-i2c.ko
	bus=$(i2cdetect -l | grep 20804000.i2c | sed 's/^i2c-//; s/[^0-9].*//')
}

load
i2cdetect -y "$bus" | sed 's/^[0-7]0:/found/p; d'
echo "word $(i2cget -y "$bus" 0x48 3 w)"
i2cset -y "$bus" 0x48 3 0x2010 w
echo "word $(i2cget -y "$bus" 0x48 3 w)"
i2cget -y "$bus" 0x33 0
echo "nobody $?"
i2cset -y "$bus" 0x50 0x10 1 2 3 4 5 i
echo "block $(i2ctransfer -y "$bus" w1@0x50 0x10 r6)"
echo "long $(i2ctransfer -y "$bus" w1@0x50 0 r512 | wc -w)"
i2ctransfer -y "$bus" r1@0x48 r1@0x48
echo "reads $?"
insmod i2c-target.ko
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ "$(dmesg | grep -c 'i2c_target.*: requests')" -ge 2 ] && break
	sleep 1
done
dmesg | sed -n 's/.*i2c_target[01] thermometer@\(..\): requests: /requests /p; t; s/.*i2c_target[01] thermometer@\(..\): /target 0x\1 /p'
# LABEL NODE...: what hwmon has of the devices there
temperatures() {
	label=$1
	shift
	for node; do
		for hwmon in /sys/bus/i2c/devices/"$node"/hwmon/hwmon*; do
			echo "$label $(cat "$hwmon/name") $(cat "$hwmon/temp1_input")"
		done
	done
}
kernels=$(echo /sys/bus/i2c/devices/*-004b)
kernels=${kernels##*/} kernels=${kernels%-004b}
insmod lm75.ko
temperatures hwmon "$bus-004a" "$kernels-004b"
modprobe i2c-mux
insmod pca9548.ko
channels=$(cd /sys/bus/i2c/devices && echo *-004d)
# shellcheck disable=SC2086 # several names
temperatures muxed $channels
rmmod pca9548
echo tmp105 0x4c >"/sys/bus/i2c/devices/i2c-$bus/new_device"
temperatures named "$bus-004c"
echo 0x4c >"/sys/bus/i2c/devices/i2c-$bus/delete_device"
insmod at24.ko
echo 24c02 0x50 >"/sys/bus/i2c/devices/i2c-$bus/new_device"
for nvmem in /sys/bus/nvmem/devices/*/nvmem; do
	case $(readlink -f "$nvmem") in */"$bus-0050"/*)
		printf 'ferry ferry' | dd of="$nvmem" bs=1 seek=29 conv=notrunc 2>/dev/null
		echo "eeprom $(wc -c <"$nvmem") $(dd if="$nvmem" bs=1 skip=29 count=11 2>/dev/null)"
		echo "eeprom $(i2ctransfer -f -y "$bus" w1@0x50 28 r3)"
		;;
	esac
done
echo 0x50 >"/sys/bus/i2c/devices/i2c-$bus/delete_device"
rmmod at24
rmmod lm75
echo "process $(echo measure | lm75-program --bus "/dev/i2c-$kernels:0x4b" --compatible ti,tmp105 --user "" --shell 2>&1)"
rmmod bcm2835_i2c
rmmod i2c_target
load
echo "word $(i2cget -y "$bus" 0x48 3 w)"
rmmod bcm2835_i2c
echo "removed $?"
dmesg | grep -E 'WARNING:|BUG:|Call trace:'
echo "all done"
