#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Devices of Ferry's modules in the kernel of an emulated Pi Zero: several of one driver have numbers and names, in log lines and in
# /dev; a name that is in use is told in one line, and without the kernel's warnings; properties of all kinds are read.
# needs: ferry image-of-rpi-zero
. tests/tap.sh
board=rpi-zero
cross=arm-linux-gnueabi-
headers=$(kernel_headers $board)

cp -a "build/stage/$board${FERRY_KERNEL:-}/." "$dir/stage"
for module in settings say sleeper divide widths powered; do
	ok "$module becomes a module" scripts/build-module tests/drivers/$module.c "$headers" "$dir/$module" "$dir/$module.ko"
	"${cross}strip" --strip-debug -o "$dir/stage/root/root/$module.ko" "$dir/$module.ko"
done
ok "the overlay is made" dtc -q -@ -I dts -O dtb -o "$dir/stage/boot/overlays/devices.dtbo" tests/drivers/devices.dts
printf '[all]\ndtoverlay=devices\n' >>"$dir/stage/boot/config.txt"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" boards/$board/sdcard.cfg
is "the card is built" "$status$err" 0

# The console's lines are short: a shell shows a long one again as it wraps it.
cat >"$dir/script" <<'E'
timeout 300
fail Kernel panic
expect ferry:/#
send cd /root; dmesg -n 1; insmod settings.ko; ls -1 /dev/settings* /dev/front*
send insmod say.ko devices=2; echo sai''d=$?
expect said=
send rmmod settings; insmod say.ko devices=2; echo hello >/dev/say1
send ls -1 /dev/say*; rmmod say; echo numb''ered=$?
expect numbered=
send insmod say.ko devices=65; insmod say.ko; ls -1 /dev/say*; rmmod say
send insmod sleeper.ko period_ms=1001; insmod sleeper.ko period_ms=40; cat /sys/module/sleeper/parameters/period_ms
send rmmod sleeper; insmod sleeper.ko; echo devices >/sys/power/pm_test
send echo disk >/sys/power/state; echo slep''t=$?
expect slept=
send rmmod sleeper; insmod sleeper.ko refuses=1; echo disk >/sys/power/state; echo refus''ed=$?
expect refused=
send insmod powered.ko; rmmod powered
send insmod widths.ko; rmmod widths; insmod widths.ko; rmmod widths
send insmod divide.ko; say() { printf "$*" >/dev/divide; }; say -7000000000 / 3; say -7000000000 %% 3
send say -1 u 10; say -1 U 10; say 7 d 2; say -9223372036854775807 / -1; dmesg | grep WARN; say 5 / 0; echo divid''ed=$?
expect divided=
send dmesg; echo do''ne
expect ^done
E
run "$FERRY" boot --board $board --script "$dir/script" --log "$dir/log" "$dir/sdcard.img"
is "it boots, and the script runs to its end" "$status" 0
[ "$status" = 0 ] || echo "$err" | sed 's/^/# /'
log=$(tr -d '\r' <"$dir/log" | sed 's/^\[[^]]*\] //' |
	grep -aE '^(said=|numbered=|/dev/[a-z0-9-]+$|settings|say|sleeper|divide|widths|powered|slept|refused)|WARNING:|BUG:|Call trace:|duplicate')

# An overlay's nodes come in the reverse of their order.
for line in 'device 3 is settings-all' 'list: 4: 1 2 3' 'text 0: one' 'text 1: ' 'text 2: three' 'after the last text: FY_ERR_NOT_FOUND' \
	'wide: 0x123456789abcdef0 0x7: no error' 'missing: 1: FY_ERR_NOT_FOUND' 'flags: 1 0' 'child [01]: first@1: 11 first' \
	'child [01]: third@3: 33 none' 'after the last child: FY_ERR_NOT_FOUND' \
	'reference 0: settings-target .5., 2 numbers, the last is 9' 'reference 1: settings-target .5., 2 numbers, the last is 11' \
	'reference 2: FY_ERR_NOT_FOUND'; do
	like "a property: $line" "$log" "^settings3 settings-all: $line\$"
done
like "a device has its label in its log lines" "$log" '^settings1 front door: device 1 is front door$'
is "a class shows number or label" "$(echo "$log" | grep -E '^/dev/(settings|front)' | tr '\n' ' ')" '/dev/front-door /dev/settings3 '
is "a second one of that name is told in one line" "$(echo "$log" | grep '^settings2 front door: the name' | sort -u)" \
	"settings2 front door: the name 'front-door' is in use: give the device another label"
is "so is one that another module has" "$(echo "$log" | grep '^say[01]: the name' | sort -u)" "say1: the name 'say1' is in use: give the device another label"
like "which then does not load" "$log" '^said=[1-9]'
is "a driver without compatible has as many devices as it is told to, or one" "$(echo "$log" | grep '^/dev/say' | tr '\n' ' ')" \
	'/dev/say0 /dev/say1 /dev/say '
like "each logs by its name" "$log" '^say1: hello$'
like "too many are refused" "$log" '^say: devices=65: expected 1 to 64$'
like "a clock is there, and what is not there is said" "$log" \
	'^powered: clock: no error, supply: FY_ERR_NOT_FOUND, reset: FY_ERR_NOT_FOUND, sleep: FY_ERR_NOT_FOUND$'
like "its rate is that of the devicetree" "$log" '^powered: 12000000 Hz, 0 uV$'
like "which is fixed" "$log" '^powered: another rate: FY_ERR_UNSUPPORTED, another voltage: no error$'
like "and the device goes" "$log" '^powered: off$'
is "register windows and widths are as they should, twice" "$(echo "$log" | grep -c '^widths: 25 checks, 0 not so$')" 2
like "a parameter out of its range is refused" "$log" '^sleeper: period_ms=1001: expected 1 to 1000$'
is "a module's parameter comes before the property" "$(echo "$log" | grep '^sleeper: a tick' | head -n 2 | tr '\n' ' ')" \
	'sleeper: a tick in 40 ms sleeper: a tick in 30 ms '
is "the machine goes to sleep and wakes, and with it the device" "$(echo "$log" | grep -xE 'sleeper: (asleep|awake)' | tr '\n' ' ')" \
	'sleeper: asleep sleeper: awake '
like "without an error" "$log" '^slept=0'
like "a device that refuses keeps it awake" "$log" '^sleeper: no sleep$'
like "and who wanted that is told" "$log" '^refused=[1-9]'
for line in '-7000000000 / 3 = -2333333333' '-7000000000 % 3 = -1' '-1 u 10 = 1844674407370955161' '-1 U 10 = 5' '7 d 2 = 3' \
	'-9223372036854775807 / -1 = 9223372036854775807' '5 / 0 = 0'; do
	like "64 bits: $line" "$log" "^divide: $line\$"
done
like "who divides by zero is told" "$log" '^divide: the driver divides by zero$'
is "in one warning" "$(echo "$log" | grep -c 'WARNING:')" 1
log=$(echo "$log" | grep -vE 'WARNING:.*division[.]c|Call trace:')
is "and the kernel has nothing to complain of" "$(echo "$log" | grep -E 'WARNING:|BUG:|Call trace:|duplicate')" ''
done_testing
