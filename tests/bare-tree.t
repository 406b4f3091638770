#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A bare-metal image takes from the firmware's devicetree (with the overlays of config.txt, or Debian's own for the boards) or
# ATAGs what its drivers would find under Linux.
# needs: bare-objects ferry packages-of-rpi-zero
. tests/tap.sh
bare_objects

dtbs=$(echo build/cache/rpi-zero/root/usr/lib/linux-image-*/)

# BOARD: an app with the drivers blink and alarm
build() {
	make -s app APP=firmware APP_DIR="$dir/app" BOARD="$1" WERROR=1 O="$dir/build" APP_OUT="$dir/$1"
}

# NAME BOARD IMAGE OPTION...: the script on standard input passes
plays() {
	name=$1 board=$2 image=$3
	shift 3
	{ echo timeout 300; cat; } >"$dir/script"
	run "$FERRY" boot --board "$board" --script "$dir/script" --log "$dir/log" "$image" "$@"
	is "$name" "$status" 0
	[ "$status" = 0 ] || { printf '%s\n' "$err"; cat "$dir/log"; } | sed 's/^/# /'
}

# BOARD KERNEL DTB CONFIG...: $dir/card, with the overlays
card() {
	rm -f "$dir/card"
	truncate -s 8M "$dir/card" && mkfs.vfat "$dir/card" >/dev/null && mmd -i "$dir/card" ::overlays &&
		mcopy -i "$dir/card" "$dir/$1/$2" "$3" :: && mcopy -i "$dir/card" "$dir"/*.dtbo ::overlays || return 1
	shift 3
	printf '%s\n' enable_uart=1 "$@" >"$dir/config.txt"
	echo sleeper.period_ms=11 sleeper1.period_ms=12 other.period_ms=x >"$dir/cmdline.txt"
	mcopy -i "$dir/card" "$dir/config.txt" "$dir/cmdline.txt" ::
}

# NAME: the overlay NAME, with a LED
overlay() {
	dtc -q -@ -I dts -O dtb -o "$dir/$1.dtbo" - <<-E
		/dts-v1/;
		/plugin/;
		/ {
			compatible = "brcm,bcm2835";
			fragment@0 {
				target-path = "/";
				__overlay__ {
					sleeper-$1 {
						compatible = "ferry,sleeper";
						period-ms = <9>;
					};
					led: $1 {
						compatible = "ferry,blink";
						led-gpios = <&gpio 17 0>;
						on-ms = <100>;
						off-ms = <300>;
					};
				};
			};
			__overrides__ {
				pin = <&led>, "led-gpios:4";
				sense = <&led>, "led-gpios:8";
				on = <&led>, "on-ms:0";
				status = <&led>, "status";
			};
		};
	E
}

# A controller that sleeps, with a driver that checks its pins, and a DHT22.
pins_overlay() {
	dtc -q -@ -I dts -O dtb -o "$dir/pins.dtbo" - <<-E
		/dts-v1/;
		/plugin/;
		/ {
			compatible = "brcm,bcm2835";
			fragment@0 {
				target-path = "/";
				__overlay__ {
					pin-checks {
						compatible = "ferry,pin-checks";
						out-gpios = <&slow 0 0>, <&slow 2 0>;
						in-gpios = <&slow 1 0>, <&slow 3 0>;
					};
					slow: pin-loop-slow {
						compatible = "ferry,pin-loop-slow";
						gpio-controller;
						#gpio-cells = <2>;
					};
					line: dht22-line {
						compatible = "ferry,dht22-line";
						gpio-controller;
						#gpio-cells = <2>;
					};
					dht22 {
						compatible = "aosong,dht22";
						data-gpios = <&line 0 0>;
					};
				};
			};
		};
	E
}

mkdir -p "$dir/app/drivers"
cp tests/guest/firmware.c "$dir/app"
cp tests/guest/alarm.c "$dir/app/drivers"
cp tests/drivers/sleeper.c tests/drivers/pin-loop.c tests/drivers/pin-checks.c tests/drivers/dht22-line.c "$dir/app/drivers"
echo 'APP_DRIVERS = blink alarm sleeper pin-loop pin-checks dht22-line dht22' >"$dir/app/app.mk"
for board in rpi-zero rpi-4 virt; do
	ok "an app for $board" build $board
done

if [ -e "${dtbs}bcm2711-rpi-4-b.dtb" ]; then
	ok "an overlay with a LED" overlay blink
	ok "and one with another" overlay second
	ok "a card for the Pi 4 with Debian's devicetree" card rpi-4 kernel8.img "${dtbs}bcm2711-rpi-4-b.dtb" \
		dtoverlay=blink,pin=21,on=50 dtoverlay=second,pin=22
	# The board's table has the LED on pin 42, and says nothing of times: they would be 500 ms.
	plays "Pi 4: pin and times are those of the overlay, and a second LED is a second device" rpi-4 "$dir/card" \
		--record "$dir/pins" --pins 21,22,42 <<-'E'
		expect blink[01] second: 100 ms on, 300 ms off$
		expect blink[01] blink: 50 ms on, 300 ms off$
		expect sleeper1 sleeper-[a-z]+: a tick in 12 ms$
		expect ^memory [0-9]+ MiB, a devicetree$
		pin 22 within 20
		pin 22 within 20
		pin 22 within 20
	E
	is "Pi 4: its period is right, to 1 ms, and the LED of the table stays dark" "$("$FERRY" pins --json "$dir/pins" |
		jq -c '[(.pins[] | select(.pin == 21).periods.mean | . > 349e6 and . < 351e6), ([.pins[] | select(.pin == 42).edges] | add // 0)]')" \
		'[true,0]'
	ok "an overlay with a controller that sleeps, and with a DHT22" pins_overlay
	ok "a card for the Pi Zero with Debian's devicetree" card rpi-zero kernel.img "${dtbs}bcm2835-rpi-zero.dtb" \
		dtoverlay=blink,sense=1,on=70 dtoverlay=pins
	plays "Pi Zero: the overlay's pin and times, and a clock that only the devicetree has, with its interrupt" \
		rpi-zero "$dir/card" --record "$dir/pins" --pins 17 <<-'E'
		expect blink: 70 ms on, 300 ms off$
		expect pin-checks: [1-9][0-9]* checks, 0 not so$
		expect sleeper: a tick in 11 ms$
		expect alarm: brcm,bcm2835-system-timer$
		expect ^memory 448 MiB, a devicetree$
		expect dht22.*35[.]1
		expect dht22.*65[.]2
		expect sleeper: asleep$
		expect sleeper: awake$
		pin 17 within 20
		pin 17 within 20
		pin 17 within 20
	E
	like "its interrupt came" "$(tr -d '\r' <"$dir/log")" 'alarm: interrupt$'
	is "active low" "$("$FERRY" pins --json "$dir/pins" | jq -c '.pins[0] | .high > .low')" true
	ok "a card with its blink turned off" card rpi-zero kernel.img "${dtbs}bcm2835-rpi-zero.dtb" dtoverlay=blink,status=disabled
	plays "Pi Zero: a node that is disabled is no device, nor is what the board's table has for it" rpi-zero "$dir/card" <<-'E'
		expect main returned 0$
	E
	is "blink does not start" "$(grep -c 'blink: ' "$dir/log")" 0
	ok "a card without overlays" card rpi-zero kernel.img "${dtbs}bcm2835-rpi-zero.dtb"
	plays "Pi Zero: without a node the board's table counts" rpi-zero "$dir/card" --pins 47 <<-'E'
		expect blink: 500 ms on, 500 ms off$
		pin 47 within 20
		pin 47 within 20
	E
else
	skip "devicetrees of the boards" "Debian's kernel package for the Pi Zero is not in build/cache"
fi

plays "virt: QEMU's devicetree, and a clock that only it has" virt "$dir/virt/kernel8.img" --icount off <<'E'
expect no device for sleeper on this board [(]compatible: ferry,sleeper[)]
expect alarm: arm,pl031$
expect ^memory 128 MiB, a devicetree$
expect alarm: interrupt$
E
plays "virt: the ELF file finds it too" virt "$dir/virt/kernel8.elf" -- -m 100 <<'E'
expect ^memory 100 MiB, a devicetree$
E

# Nothing but ATAGs, in the page that is not mapped later.
plays "Pi Zero: without a devicetree, the memory is that of the ATAGs" rpi-zero "$dir/rpi-zero/kernel.img" <<'E'
expect blink: 500 ms on, 500 ms off$
expect ^memory 448 MiB, no devicetree$
E
ok "a firmware with ATAGs of its own" arm-linux-gnueabi-gcc -nostdlib -static -Wl,-Ttext=0,--build-id=none \
	-DKERNEL="\"$dir/rpi-zero/kernel.img\"" -o "$dir/atags.elf" tests/bare/atags-arm.S
plays "Pi Zero: all of them are added up" rpi-zero "$dir/atags.elf" <<'E'
expect ^memory 200 MiB, no devicetree$
E
done_testing
