#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What drivers offer by class is, on a booted kernel, what Linux' own tools take it for. Prints TAP, without numbers.
# usage: classes.sh CLASS...
. /bin/tap.sh

load() { modprobe "$1" 2>/dev/null || insmod "/root/$(echo "$1" | tr _ -).ko"; }
# NAME MODULE: it comes and goes 20 times
comes_and_goes() {
	for _ in $(seq 20); do
		rmmod "$2" && load "$2" || break
	done
	is "$1: it comes and goes 20 times" "$?" 0
}

# ---- rtc: pl031, in place of the kernel's driver. ----

amba=/sys/bus/amba/drivers
clock=9010000.pl031
rises() { awk '/pl031/ { print $2 + $3 + $4 + $5 }' /proc/interrupts; }
came() { [ "$(rises)" -gt "$1" ]; }

rtc() {
	ok "rtc: the kernel's own driver lets go of the device" sh -c "echo $clock >$amba/rtc-pl031/unbind"
	ok "rtc: pl031 is loaded" modprobe pl031
	rtc=$(basename /sys/class/rtc/rtc*)
	like "rtc: it is a clock of the kernel's" "$(cat "/sys/class/rtc/$rtc/name")" '^platform pl031-rtc'
	ok "rtc: hwclock sets it" /bin/hwclock -f "/dev/$rtc" --utc --set --date '2030-02-28 23:59:58'
	sleep 3
	like "rtc: and reads it, at a tick" "$(/bin/hwclock -f "/dev/$rtc" --utc --get)" '^2030-03-01 00:00:[01][0-9]\.'
	like "rtc: it says so itself" "$(cat "/sys/class/rtc/$rtc/date")" '^2030-03-01$'
	refused "rtc: a time that it does not have is refused" /bin/hwclock -f "/dev/$rtc" --utc --set --date '2110-01-01 00:00:00'
	before=$(rises)
	ok "rtc: an alarm is set" sh -c "echo +2 >/sys/class/rtc/$rtc/wakealarm"
	ok "rtc: it can be read" test "$(cat "/sys/class/rtc/$rtc/wakealarm")" -gt 1898553599
	ok "rtc: and comes" until_works came "$before"
	is "rtc: once" "$(cat "/sys/class/rtc/$rtc/wakealarm")" ""
	cat "/dev/$rtc" >/dev/null 2>&1 &
	until_works pidof cat
	refused "rtc: while somebody has it open it cannot be unloaded" rmmod pl031
	kill $!
	wait
	comes_and_goes rtc pl031
	rmmod pl031
	ok "rtc: the kernel's own driver can have the device again" sh -c "echo $clock >$amba/rtc-pl031/bind"
}

# ---- memory: scratch is nvmem, nor an MTD. ----

memory() {
	ok "memory: an EEPROM is loaded" load scratch
	nvmem=$(echo /sys/bus/nvmem/devices/scratch*)/nvmem
	is "memory: nvmem has all of it" "$(stat -c %s "$nvmem")" 1024
	printf 'some bytes' | dd of="$nvmem" bs=1 seek=100 conv=notrunc 2>/dev/null
	is "memory: what is written is read" "$(dd if="$nvmem" bs=1 skip=99 count=12 2>/dev/null | od -An -c | tr -d ' ')" "377somebytes377"
	refused "memory: what is protected is refused" sh -c "printf x | dd of=$nvmem bs=1 seek=1000 conv=notrunc"
	refused "memory: what cannot be read is an error" dd if="$nvmem" of=/dev/null bs=1 skip=768 count=1
	comes_and_goes memory scratch
	rmmod scratch
	modprobe mtd
	ok "memory: a flash is loaded" load nor
	said=$(mtdinfo /dev/mtd0 2>&1)
	like "memory: mtdinfo knows it" "$said" '^Name: *nor$'
	like "memory: as a NOR flash" "$said" '^Type: *nor$'
	like "memory: its sectors" "$said" '^Eraseblock size: *4096 bytes'
	like "memory: and size" "$said" '^Amount of eraseblocks: *16 (65536 bytes'
	ok "memory: flash_erase erases a sector" flash_erase -q /dev/mtd0 0x2000 1
	is "memory: it reads as ones" "$(dd if=/dev/mtd0 bs=4096 skip=2 count=1 2>/dev/null | tr -d '\377' | wc -c)" 0
	is "memory: and no other does" "$(dd if=/dev/mtd0 bs=4096 skip=3 count=1 2>/dev/null | tr -d '\0' | wc -c)" 0
	printf 'in flash' | dd of=/dev/mtd0 bs=8 seek=1024 conv=notrunc 2>/dev/null
	is "memory: what is written is read" "$(dd if=/dev/mtd0 bs=8 skip=1024 count=1 2>/dev/null)" "in flash"
	like "memory: a sector that cannot be erased is told" "$(flash_erase -q /dev/mtd0 0xf000 1 2>&1)" 'Input/output error'
	exec 9</dev/mtd0
	refused "memory: while somebody has it open it cannot be unloaded" rmmod nor
	exec 9<&-
	comes_and_goes memory nor
	rmmod nor
}

# ---- led: lamps says in the log what it does. ----

lit() { dmesg | sed -n 's/.*lamps: lamp //p' | tail -n "$1" | tr '\n' ' '; }
led() {
	ok "led: LEDs are loaded" load lamps
	led=/sys/class/leds/lamp
	is "led: one has its brightness" "$(cat $led/max_brightness) $(cat $led/brightness)" "200 0"
	echo 120 >$led/brightness
	is "led: it is set" "$(lit 1)" "0: 120 "
	modprobe ledtrig-timer
	echo timer >$led/trigger
	is "led: the kernel's trigger has it blink by itself, as it likes" "$(lit 1)" "0: blinks 500 500 "
	echo 130 >$led/delay_on
	is "led: in times that it has" "$(lit 1) $(cat $led/delay_on)" "0: blinks 150 500  150"
	echo none >$led/trigger
	is "led: and stops" "$(lit 1)" "0: 0 "
	echo timer >/sys/class/leds/wait/trigger
	until_works sh -c '[ "$(dmesg | grep -c "lamp 1: [01]")" -ge 4 ]'
	like "led: the kernel blinks one that does not, and that may wait" "$(lit 4)" '1: 1 .*1: 0 '
	comes_and_goes led lamps
	rmmod lamps
	is "led: each is off at its end" "$(lit 2)" "1: 0 0: 0 "
}

# ---- pwm, watchdog, input: all of gadgets. ----

pwm() {
	ok "pwm: outputs are loaded" load gadgets || return
	chip=$(echo /sys/class/pwm/pwmchip*)
	is "pwm: the kernel has as many" "$(cat "$chip/npwm")" 2
	echo 1 >"$chip/export"
	ok "pwm: one gets a period and a duty" sh -c "cd $chip/pwm1 && echo 20000000 >period && echo 1500000 >duty_cycle && echo 1 >enable"
	is "pwm: which it has" "$(cd "$chip/pwm1" && cat period duty_cycle enable polarity | tr '\n' ' ')" "20000000 1500000 1 normal "
	refused "pwm: a period that it does not have is refused" sh -c "cd $chip/pwm1 && echo 0 >duty_cycle && echo 500 >period"
	refused "pwm: so is a polarity" sh -c "cd $chip/pwm1 && echo 0 >enable && echo inversed >polarity"
	echo 1 >"$chip/unexport"
}

watchdog() {
	device=$(grep -lx gadgets /sys/class/watchdog/*/identity)
	device=/dev/$(basename "${device%/identity}")
	ok "watchdog: it is there" [ -c "$device" ] || return
	said=$(wdctl "$device" 2>&1)
	like "watchdog: wdctl knows it" "$said" '^Identity: *gadgets'
	like "watchdog: its time-out" "$said" '^Timeout: *30 seconds'
	like "watchdog: and that it caused the last reset" "$said" '^CARDRESET .* 1 *1$'
	exec 9>"$device"
	until_works sh -c 'dmesg | grep -q "gadgets: watchdog: 16000 ms"'
	pass "watchdog: it is started, for as long as it can wait"
	echo >&9
	like "watchdog: it tells how long that still is" "$(cat "/sys/class/watchdog/${device#/dev/}/timeleft")" '^1[0-9]$'
	refused "watchdog: while it is open it cannot be unloaded" rmmod gadgets
	printf V >&9
	exec 9>&-
	ok "watchdog: and stopped" until_works sh -c 'dmesg | grep -q "gadgets: watchdog: off"'
}

input() {
	modprobe evdev
	input=$(grep -lx gadgets /sys/class/input/event*/device/name)
	input=/dev/input/$(basename "${input%/device/name}")
	ok "input: it is there" [ -c "$input" ] || return
	evtest "$input" >/tmp/events 2>&1 &
	until_works sh -c '[ "$(grep -c KEY_A /tmp/events)" -ge 8 ]'
	kill $!
	wait
	like "input: evtest knows it" "$(cat /tmp/events)" 'Input device name: "gadgets"'
	like "input: its key" "$(cat /tmp/events)" 'Event code 30 (KEY_A)'
	like "input: its wheel" "$(cat /tmp/events)" 'Event code 8 (REL_WHEEL)'
	like "input: a switch that is on" "$(cat /tmp/events)" 'Event code 0 (SW_LID) state 1'
	is "input: the key goes down and up, nothing is reported twice" \
		"$(sed -n 's/.*(KEY_A), value //p' /tmp/events | awk 'NR > 1 && $1 == last { print } { last = $1 }')" ""
	like "input: the wheel turns meanwhile" "$(grep -A 1 'KEY_A.*value 0' /tmp/events | tr '\n' ' ')$(cat /tmp/events)" 'REL_WHEEL), value -2'
	comes_and_goes "input, pwm, watchdog" gadgets
	rmmod gadgets
}

# ---- stream: ticker can be read. ----

stream() {
	ok "stream: one that can be read is loaded" load ticker
	is "stream: which its mode says" "$(stat -c %a /dev/ticker)" 660
	head -n 10 /dev/ticker >/tmp/one &
	head -n 10 /dev/ticker >/tmp/two
	wait
	is "stream: each reader has all lines, in order" "$(cat /tmp/one /tmp/two | sed 's/^0*//' | awk 'NR > 1 && NR != 11 && $1 != last + 1 { print } { last = $1 + 0 }')" ""
	is "stream: as many as it wants" "$(cat /tmp/one /tmp/two | wc -l)" 20
	exec 8<>/dev/ticker
	echo hello >&8
	ok "stream: what is written comes back" sh -c 'timeout 20 grep -q -m 1 hello <&8'
	exec 8>&-
	# 700 bytes, of 7 a line, are kept for one that does not read.
	exec 8</dev/ticker
	sleep 2
	dd bs=100 count=7 <&8 >/tmp/kept 2>/dev/null
	is "stream: one that does not read keeps the oldest" "$(wc -l </tmp/kept)" 100
	like "stream: and is told that there were more" "$(dd bs=100 count=1 <&8 2>&1 >/dev/null)" 'Value too large'
	is "stream: then it goes on" "$(dd bs=7 count=1 <&8 2>/dev/null | wc -c)" 7
	exec 8<&-
	cat /dev/ticker >/dev/null &
	until_works grep -q '^ticker [0-9]* 1' /proc/modules
	refused "stream: while somebody reads it cannot be unloaded" rmmod ticker
	kill $!
	wait
	comes_and_goes stream ticker
	rmmod ticker
}

# ---- net: net-echo has a host behind it that answers. ----

statistic() { cat "/sys/class/net/$netdev/statistics/$1"; }
net() {
	ok "net: an interface is loaded" load net-echo
	netdev=$(basename "$(dirname "$(grep -lx 02:66:79:00:00:02 /sys/class/net/*/address)")")
	like "net: ethtool knows its driver" "$(ethtool -i "$netdev" 2>&1)" '^driver: net_echo'
	ip link set "$netdev" up
	ip addr add 10.99.0.2/24 dev "$netdev"
	like "net: and its link" "$(ethtool "$netdev" 2>&1)" 'Link detected: yes'
	like "net: the host behind it answers" "$(ping -c 5 -i 0.1 -s 1400 10.99.0.1)" '5 packets received, 0% packet loss'
	ok "net: frames are counted" [ "$(statistic rx_packets)" -ge 6 -a "$(statistic tx_packets)" -ge 6 -a "$(statistic rx_bytes)" -gt 7000 ]
	is "net: none is wrong" "$(statistic rx_errors) $(statistic tx_errors) $(statistic tx_dropped)" "0 0 0"
	ping -c 40 -A -s 1400 10.99.0.1 >/tmp/flood
	like "net: a wire that is full loses nothing" "$(cat /tmp/flood)" ' 0% packet loss'
	ip link set "$netdev" promisc on
	like "net: it listens to all" "$(ping -c 1 10.99.0.1)" '1 packets received'
	ip link set "$netdev" promisc off
	ip neigh add 10.99.0.1 lladdr 02:66:79:00:00:01 dev "$netdev" 2>/dev/null
	ping -c 1 -W 1 10.99.0.99 >/dev/null &
	ok "net: a plug that is pulled is seen" until_works grep -qx 0 "/sys/class/net/$netdev/carrier"
	ok "net: and put back" until_works grep -qx 1 "/sys/class/net/$netdev/carrier"
	wait
	ok "net: it can be unloaded while it is up" rmmod net_echo
	load net-echo
	comes_and_goes net net_echo
	rmmod net_echo
}

for class; do
	$class
done
is "the kernel has no complaint" "$(dmesg | grep -E 'BUG|WARNING|Oops|Call trace')" ""
echo "# classes done"
