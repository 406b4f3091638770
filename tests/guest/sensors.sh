#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Class sensor on a booted kernel: the drivers climate (hwmon) and motion (IIO) of apps/selftest, judged by lm-sensors' and libiio's
# tools. Prints TAP, without numbers, for tests/contract-linux.t.
. /bin/tap.sh

hwmon_of() { dirname "$(grep -lx "$1" /sys/class/hwmon/*/name)"; }
iio_of() { dirname "$(grep -lx "$1" /sys/bus/iio/devices/*/name)"; }
# DEVICE CHANNEL...: those are in its buffer
enable() {
	device=$1
	shift
	for scan in "$device"/scan_elements/*_en; do echo 0 >"$scan"; done
	for channel; do echo 1 >"$device/scan_elements/in_${channel}_en"; done
}

climate() {
	ok "a sensor of hwmon's kinds is loaded without IIO" insmod climate.ko
	refused "which is not there" grep -q industrialio /proc/modules
	hwmon=$(hwmon_of climate)
	said=$(sensors climate-* 2>&1)
	like "sensors shows its channel by its label, with its limit" "$said" '^outside: *+21.5.C *(high = +80.0.C, hyst = +75.0.C)'
	like "and the other one" "$said" '^humidity1: *51.2 *%RH'
	# 21.5 degrees and a sixteenth for each measurement before, in thousandths
	value=$(cat "$hwmon/temp1_input")
	is "a value is in hwmon's unit" "$(((value - 21500) * 10 % 625))" 0
	is "there is no alarm" "$(cat "$hwmon/temp1_max_alarm")" 0
	echo 20000 >"$hwmon/temp1_max"
	is "a limit is set, and keeps its hysteresis" "$(cat "$hwmon/temp1_max" "$hwmon/temp1_max_hyst" | tr '\n' ' ')" "20000 15000 "
	echo 19000 >"$hwmon/temp1_max_hyst"
	is "until that is set" "$(cat "$hwmon/temp1_max" "$hwmon/temp1_max_hyst" | tr '\n' ' ')" "20000 19000 "
	refused "one that the device does not have is refused" sh -c "echo 200000 >$hwmon/temp1_max"
	cat "$hwmon/temp1_input" >/dev/null
	is "one that is passed raises the alarm" "$(cat "$hwmon/temp1_max_alarm")" 1
	is "which is read once" "$(cat "$hwmon/temp1_max_alarm")" 0
	failed=0
	for _ in $(seq 100); do dd if="$hwmon/humidity1_input" of=/dev/null 2>/dev/null || failed=$((failed + 1)); done
	is "a measurement that fails is an error, and the next one is not" "$failed" 1
	cat "$hwmon/temp1_input" "$hwmon/humidity1_input" "$hwmon/temp1_input" >/dev/null &
	ok "it can be unloaded while somebody reads" rmmod climate
	wait
	refused "and is gone" grep -qx climate /sys/class/hwmon/*/name
}

# The number in line N, column C of samples of four numbers and a time in two halves.
streams() {
	enable "$1" accel_x accel_y timestamp
	echo 64 >"$1/buffer/length"
	echo monotonic_raw >"$1/current_timestamp_clock" 2>/dev/null
	ok "libiio's iio_readdev reads a stream" sh -c "iio_readdev -T 10000 -b 4 -s 24 motion accel_x accel_y timestamp >/tmp/stream"
	od -An -v -td4 -w16 /tmp/stream >/tmp/samples
	is "of as many samples" "$(wc -l </tmp/samples)" 24
	is "in order, none is lost, each with its channels" "$(awk 'NR > 1 && $1 != x + 1 || $2 != 2 * $1 { print } { x = $1 }' /tmp/samples)" ""
	od -An -v -td8 -w16 /tmp/stream | awk 'NR > 1 { print $2 - t } { t = $2 }' | sort -un >/tmp/apart
	ok "and its time, 10 ms apart ($(tr '\n' ' ' </tmp/apart))" awk '$1 < 9990000 || $1 > 10010000 { exit 1 }' /tmp/apart
}

triggered() {
	modprobe iio-trig-hrtimer
	mount -t configfs none /sys/kernel/config
	mkdir -p /sys/kernel/config/iio/triggers/hrtimer/clock
	trigger=$(grep -lx clock /sys/bus/iio/devices/trigger*/name)
	echo 20 >"${trigger%/name}/sampling_frequency"
	echo clock >"$1/trigger/current_trigger"
	enable "$1" accel_z temp timestamp
	echo 1 >"$1/buffer/enable"
	dd if="/dev/$(basename "$1")" of=/tmp/stream bs=16 count=6 2>/dev/null
	echo 0 >"$1/buffer/enable"
	od -An -v -td8 -w16 /tmp/stream | awk 'NR > 1 { n++; sum += $2 - t } { t = $2 } END { printf "%d %.0f\n", n, sum / n / 1000000 }' >/tmp/apart
	is "a timer's trigger has it measured, every 50 ms" "$(cat /tmp/apart)" "5 50"
	is "each has the other channels" "$(od -An -v -td4 -w16 /tmp/stream | awk '{ print $2 }' | sort -u | tr -d '\n')" 4
	echo >"$1/trigger/current_trigger"
	rmdir /sys/kernel/config/iio/triggers/hrtimer/clock
}

motion() {
	modprobe industrialio-triggered-buffer
	ok "a sensor of other kinds is loaded" insmod motion.ko
	iio=$(iio_of motion)
	said=$(iio_info 2>&1)
	like "iio_info shows it" "$said" 'iio:device0: motion'
	like "an axis with its scale" "$said" 'attr *[0-9]*: scale value: 0.039226600'
	like "the rates that it has" "$said" 'sampling_frequency_available value: 12.500000 100.000000 400.000000'
	like "and the one that it samples by" "$said" 'sampling_frequency value: 100.000000'
	is "another rate is refused" "$(echo 99 2>&1 >"$iio/sampling_frequency" | grep -c Invalid)" 1
	ok "one of its own is not" sh -c "echo 12.5 >$iio/sampling_frequency"
	is "it is that" "$(cat "$iio/sampling_frequency")" 12.500000
	echo 100 >"$iio/sampling_frequency"
	is "a channel can be read by itself" "$(cat "$iio/in_temp_raw") $(cat "$iio/in_temp_offset") $(cat "$iio/in_temp_scale")" "4 46 500.000000000"
	is "hwmon has the kinds that it has, too" "$(cat "$(hwmon_of motion)/temp1_input")" 25000
	streams "$iio"
	triggered "$iio"
	ok "somebody is told of a limit" iio-event "$iio" 20
	enable "$iio" accel_x
	echo 1 >"$iio/buffer/enable"
	refused "a channel that is not in the stream is busy" cat "$iio/in_accel_y_raw"
	ok "one that is has its next sample" cat "$iio/in_accel_x_raw"
	dd if="/dev/$(basename "$iio")" of=/dev/null bs=4 2>/dev/null &
	until_works grep -q '^motion [0-9]* [1-9]' /proc/modules
	refused "while somebody has its buffer open it cannot be unloaded" rmmod motion
	kill $!
	wait
	echo 0 >"$iio/buffer/enable"
	ok "then it can" rmmod motion
}

cd /root || exit
climate
motion
for _ in $(seq 20); do
	insmod motion.ko && insmod climate.ko && rmmod climate motion || break
done
is "they come and go 20 times" "$?" 0
is "the kernel has no complaint" "$(dmesg | grep -E 'BUG|WARNING|Oops|Call trace')" ""
echo "# sensors done"
