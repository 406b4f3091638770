#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Drivers as modules in the kernel of an emulated Pi Zero: a DMA controller copies memory for devices, at its bus addresses; and what
# one driver does to a pin, another one watches; a driver waits, has work done later, and runs a thread; pins of a controller that
# sleeps do what a driver wants, and a DHT22 is read on one pin; sensors, memories, LEDs and so on are what Linux' own tools take them for
# (tests/guest/sensors.sh, tests/guest/classes.sh); and SPI buses are the kernel's (tests/guest/spi.sh). The drivers are those of the
# selftest and of tests/drivers.
# needs: ferry image-of-rpi-zero classes-armel
. tests/tap.sh
board=rpi-zero
cross=arm-linux-gnueabi-
headers=$(kernel_headers $board)

cp -a "build/stage/$board${FERRY_KERNEL:-}/." "$dir/stage"
for driver in apps/selftest/drivers/dma-copy.c apps/selftest/drivers/climate.c apps/selftest/drivers/motion.c apps/selftest/drivers/scratch.c \
	apps/selftest/drivers/nor.c apps/selftest/drivers/lamps.c apps/selftest/drivers/gadgets.c apps/selftest/drivers/ticker.c \
	apps/selftest/drivers/net-echo.c tests/drivers/pin-loop.c tests/drivers/pin-watch.c tests/drivers/pin-checks.c \
	tests/drivers/dht22-line.c drivers/dht22.c tests/drivers/work-checks.c tests/drivers/spi-target.c drivers/blink.c drivers/spi-gpio.c \
	drivers/bcm2835-spi.c drivers/74hc595.c; do
	module=$(basename "$driver" .c)
	ok "$module becomes a module" scripts/build-module "$driver" "$headers" "$dir/$module" "$dir/$module.ko"
	"${cross}strip" --strip-debug -o "$dir/stage/root/root/$module.ko" "$dir/$module.ko"
done
# The tools that judge, with all that they are linked to: the card has more room for that.
judges=build/cache/classes-armel/root
stage=$dir/stage/root
cp --remove-destination "$judges"/usr/bin/sensors "$judges"/usr/bin/iio_* "$judges"/usr/bin/evtest "$judges"/usr/sbin/mtdinfo "$judges"/usr/sbin/flash_erase \
	"$judges"/bin/wdctl "$judges"/sbin/ethtool tests/guest/sensors.sh tests/guest/classes.sh tests/guest/tap.sh "$stage/bin"
mkdir -p "$stage/lib" "$stage/etc/sensors.d"
cp "$judges/etc/sensors3.conf" "$stage/etc"
find "$judges/" \( -name 'lib*.so.[0-9]*' -o -name 'ld-linux*.so.*' \) -not -name '*.so.*.*' -exec cp -L {} "$stage/lib" \;
for program in iio-event spi-transfer; do
	ok "a program of the guest's is built: $program" arm-linux-gnueabi-gcc -static -O2 -Wall -Wextra -Werror -o "$stage/bin/$program" \
		tests/guest/$program.c
done
cp tests/guest/spi.sh "$stage/bin"
ok "the kernel's modules are added" scripts/kernel-modules "$(kernel_root $board)/lib/modules/"* "$stage" \
	industrialio-triggered-buffer iio-trig-hrtimer mtd ledtrig-timer evdev
sed 's/size = 32M/size = 112M/' boards/$board/sdcard.cfg >"$dir/sdcard.cfg"
ok "the overlay is made" dtc -q -@ -I dts -O dtb -o "$dir/stage/boot/overlays/contract.dtbo" tests/drivers/contract.dts
printf '[all]\ndtoverlay=contract\n' >>"$dir/stage/boot/config.txt"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" "$dir/sdcard.cfg"
is "the card is built" "$status$err" 0

cat >"$dir/script" <<'E'
timeout 300
fail Kernel panic
expect ferry:/#
send cd /root; dmesg -n 1; insmod dma-copy.ko && [ -c /dev/dma-test ] && printf 'hello, world' >/dev/dma-test && echo copy''1=$?
expect copy1=
send dd if=/bin/busybox of=/dev/dma-test bs=2000 count=5 2>/dev/null; echo copy''2=$?; printf 1234 >/dev/dma-test; echo copy''3=$?
expect copy3=
send rmmod dma_copy && insmod dma-copy.ko && printf abcd >/dev/dma-test; echo copy''4=$?
expect copy4=
send insmod pin-loop.ko && insmod pin-watch.ko && insmod blink.ko && sleep 1; echo blink''ed=$?
expect blinked=
send insmod work-checks.ko; echo work''ed=$?
expect worked=
send insmod pin-checks.ko; echo check''ed=$?
expect checked=
send insmod dht22-line.ko && insmod dht22.ko; cd /sys/class/hwmon/$(grep -l dht22 /sys/class/hwmon/*/name | cut -d / -f 5)
send echo dht''22 $(cat temp1_input humidity1_input temp1_input humidity1_input); cd /root
expect dht22 
send rmmod blink pin_watch pin_checks pin_loop dma_copy work_checks dht22 dht22_line; echo remov''ed=$?
expect removed=
send sensors.sh
expect ^# sensors done
send spi.sh
expect ^# spi done
send classes.sh memory led pwm watchdog input stream net
expect ^# classes done
send dmesg | grep -E 'dma.copy|pin.watch|pin.loop|pin.checks|work.checks|W''ARNING:|B''UG:|Call tr''ace:'; echo do''ne
expect ^done
E
run "$FERRY" boot --board $board --script "$dir/script" --log "$dir/log" "$dir/sdcard.img" -- -device w25q80
is "it boots, and the script runs to its end" "$status" 0
[ "$status" = 0 ] || echo "$err" | sed 's/^/# /'
log=$(tr -d '\r' <"$dir/log" | sed 's/^\[[^]]*\] //' | grep -aE '^(copy|blinked|worked|removed|dht22|dma_copy|pin_watch|pin_loop|pin_checks|work_checks)|WARNING:|BUG:|Call trace:')

for n in 1 2 3 4; do like "a copy is not refused: $n" "$log" "^copy$n=0"; done
like "12 bytes are copied, at bus addresses by way of the GPU's cache" "$log" \
	'^dma_copy: 12 bytes were copied from 0x[45][0-9a-f]{7} to 0x[45][0-9a-f]{7}$'
is "so is all the rest, before and after the driver was loaded again" \
	"$(echo "$log" | awk '/bytes were copied/ { sum += $2 } END { print sum }')" $((12 + 10000 + 4 + 4))
is "and no copy was wrong" "$(echo "$log" | grep -c 'not copied')" 0
like "the drivers that move pins and watch them can be loaded" "$log" '^blinked=0'
like "the pin is watched" "$log" '^pin_watch2 watch-edges: watch 1, trigger 3: 0$'
like "but once only" "$log" '^pin_watch2 watch-edges: watch 1, again: -3$'
is "each edge is told, in order" "$(echo "$log" | sed -n 's/^pin_watch2 watch-edges: watch 1, event //p' | tr '\n' ' ')" \
	'1: active 2: inactive 3: active 4: inactive 5: active 6: inactive '
is "an active-low pin becomes active when it falls" "$(echo "$log" | sed -n 's/^pin_watch1 watch-active-low: watch 2, event //p' | tr '\n' ' ')" \
	'1: active 2: active '
like "what the controller cannot do is unsupported" "$log" '^pin_watch0 watch-level: watch 3, trigger 4: -9$'
like "a driver waits, has work done, and runs a thread" "$log" '^work_checks: [1-9][0-9]* checks, 0 not so$'
is "as it should be" "$(echo "$log" | grep '^work_checks: not so')" ''
like "pins of a controller that sleeps do what a driver wants" "$log" '^pin_checks: [1-9][0-9]* checks, 0 not so$'
is "all of it" "$(echo "$log" | grep '^pin_checks: not so')" ''
# Four readings: the third tells 0 and 0, the fourth's sum is wrong.
like "a DHT22 on one pin is read by hwmon" "$log" '^dht22 35100 100000 0$'
like "all can be removed" "$log" '^removed=0'
is "and the kernel has nothing to complain of" "$(echo "$log" | grep -E 'WARNING:|BUG:|Call trace:')" ''
guest_tests "$dir/log" "class: "
ok "at least 125 of them" [ "$guest_passed" -ge 125 ]
done_testing
