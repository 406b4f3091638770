#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Class i2c in the kernel of an emulated Pi Zero: bcm2835-i2c is an adapter, and BusyBox's i2c-tools use it. Drivers of targets run on it
# and on the kernel's own adapter, which shares the interrupt. Controllers, thermometers and EEPROM are QEMU's.
# needs: ferry image-of-rpi-zero program-for-rpi-zero+lm75
. tests/tap.sh
board=rpi-zero
cross=arm-linux-gnueabi-

cp -a "build/stage/$board/." "$dir/stage"
for driver in drivers/bcm2835-i2c drivers/at24 drivers/lm75 drivers/pca9548 tests/drivers/i2c-target; do
	module=${driver##*/}
	ok "$module becomes a module" scripts/build-module $driver.c "$(kernel_headers $board)" "$dir/$module" "$dir/$module.ko"
	"${cross}strip" --strip-debug -o "$dir/stage/root/root/$module.ko" "$dir/$module.ko"
done
ok "i2c-dev and i2c-mux are added" scripts/kernel-modules "$(echo build/cache/$board/root/lib/modules/*)" "$dir/stage/root" i2c-dev i2c-mux
cp tests/guest/i2c.sh "$dir/stage/root/bin"
cp output/$board/program/lm75 "$dir/stage/root/bin/lm75-program"
ok "the overlay is made" dtc -q -@ -I dts -O dtb -o "$dir/stage/boot/overlays/i2c.dtbo" tests/drivers/i2c.dts
printf '[all]\ndtoverlay=i2c\n' >>"$dir/stage/boot/config.txt"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" boards/$board/sdcard.cfg
is "the card is built" "$status$err" 0

cat >"$dir/script" <<'E'
timeout 300
fail Kernel panic
expect ferry:/#
send dmesg -n 1; i2c.sh
expect ^all done
E
# QEMU's reset forgets temperatures: its monitor sets them afterwards.
mkfifo "$dir/monitor.in" "$dir/monitor.out"
printf 'qom-set /machine/peripheral/t%s temperature %s\n' 0 21750 1 -10250 2 85250 3 1500 4 -1500 >"$dir/monitor.in" &
run "$FERRY" boot --board $board --script "$dir/script" --log "$dir/log" "$dir/sdcard.img" -- \
	-chardev "pipe,id=monitor,path=$dir/monitor" -mon monitor,mode=readline \
	-device tmp105,bus=i2c-bus.1,address=0x48 -device tmp105,bus=i2c-bus.0,address=0x49 \
	-device tmp105,bus=i2c-bus.1,address=0x4a,id=t0 -device tmp105,bus=i2c-bus.0,address=0x4b,id=t1 \
	-device tmp105,bus=i2c-bus.1,address=0x4c,id=t2 \
	-device pca9548,bus=i2c-bus.1,address=0x70 -device tmp105,bus=i2c.0,address=0x4d,id=t3 \
	-device tmp105,bus=i2c.3,address=0x4d,id=t4 -device at24c-eeprom,bus=i2c-bus.1,address=0x50,rom-size=256
is "it boots, and the script runs to its end" "$status" 0
[ "$status" = 0 ] || echo "$err" | sed 's/^/# /'
log=$(tr -d '\r' <"$dir/log" | sed -n '/^ferry:.*i2c.sh/,$p')
says() { printf '%s\n' "$log" | sed -n "s/^$1 //p" | tr '\n' ' '; }

is "i2cdetect finds who is on the bus" "$(says found | tr -s ' -' '\n' | grep . | tr '\n' ' ')" "48 4a 4c 50 70 "
is "words are read, and as they were written, and when the driver was loaded again" "$(says word)" "0x0050 0x2010 0x3012 "
is "nobody is at another address" "$(says nobody)" "1 "
is "a block is written and read" "$(says block)" "0x01 0x02 0x03 0x04 0x05 0x00 "
is "a long message is read whole" "$(says long)" "512 "
is "a transfer that the controller cannot do is refused" "$(says reads)" "1 "
expected='address 0x%s and 0x33
write8: 0x0
read8: 0x60
write16be: 0x0
read16be: 0x1020
read16le: 0x2010
write_block: 0x0
read_block: 0x0
block: 0x2040
write16le: 0x0
write: 0x0
read: 0x0
data: 0x1230
transact: 0x0
data: 0x1230
no data: 0x0
nobody: error -4
nobody'"'"'s register: error -4
nobody'"'"'s messages: error -4
no length: error -1
no message: error -1'
for address in 48 49; do
	# shellcheck disable=SC2059
	is "the driver of target $address: each call does what it says" "$(printf '%s\n' "$log" | sed -n "s/^target 0x$address //p")" \
		"$(printf "$expected" $address)"
done
is "and so do requests" "$(says requests)" "20 right, the last to nobody: -4 20 right, the last to nobody: -4 "
is "lm75 is a thermometer of hwmon on both adapters" "$(says hwmon)" "lm75 21750 lm75 -10250 "
is "and as a process on the kernel's bus" "$(says process)" "temperature -10.25 °C "
is "two with one address are behind a pca9548, which is a multiplexer" "$(says muxed)" "lm75 1500 lm75 -1500 "
is "one is made by its name in sysfs" "$(says named)" "lm75 85250 "
is "at24 is a memory of nvmem" "$(says eeprom)" "256 ferry ferry 0x00 0x66 0x65 "
is "the modules go" "$(says removed)" "0 "
is "and the kernel has nothing to complain of" "$(echo "$log" | grep -E 'WARNING:|BUG:|Call trace:')" ""
done_testing
