#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tests of a GPIO controller's driver on a booted kernel, run there. The judges are libgpiod's tools and drivers of the kernel's
# that use pins. Prints TAP, without numbers. `# press N` asks tests/gpio-linux.t to press the power button: pin 3 on virt.
# usage: gpio-test virt|rpi-zero
. /bin/tap.sh
chip=gpiochip0
presses=0

line() { gpioinfo $chip | grep "line *$1:"; }
line_says() { line "$1" | grep -q "$2"; }
driver_of() { basename "$(readlink "/sys/bus/$1/devices/$2/driver")"; }
users_of() { awk -v module="$1" '$1 == module { print $3 }' /proc/modules; }

press() {
	presses=$((presses + 1))
	echo "# press $presses"
}

# ---- What any controller does. ----

# PIN: is free, may be driven
an_output() {
	gpioset -m signal $chip "$1=1" &
	ok "gpioset drives a pin" until_works line_says "$1" 'gpioset'
	like "gpioinfo says that it does" "$(line "$1")" '"gpioset" *output *active-high *\[used\]'
	refused "the module cannot be unloaded meanwhile" rmmod "$module"
	is "its user is counted" "$(users_of "$module")" 1
	refused "nobody else gets the pin" gpioget $chip "$1"
	kill $!
	wait
	like "the pin stays an output when it is given back" "$(line "$1")" 'unused *output'
	is "then the module has no user" "$(users_of "$module")" 0
	ok "and another one" gpioset $chip "$1=0"
}

# PIN: is low from outside or by itself
an_input() {
	is "gpioget reads a pin" "$(gpioget $chip "$1")" 0
	is "and its inverse" "$(gpioget -l $chip "$1")" 1
	like "the pin is an input then" "$(line "$1")" 'unused *input'
	for bias in pull-up pull-down disable; do
		ok "gpioget --bias=$bias" gpioget "--bias=$bias" $chip "$1"
	done
}

a_clean_end() {
	ok "the module can be unloaded" rmmod "$module"
	is "nothing is left" "$(gpiodetect)" ""
	for _ in $(seq 20); do
		modprobe "$module" && rmmod "$module" || break
	done
	is "nor after 20 loads and unloads" "$?$(gpiodetect)" 0
	is "the kernel has no complaint" "$(dmesg | grep -E 'BUG|WARNING|Oops|STILL REQUESTED|possible .*locking|inconsistent lock')" ""
}

# ---- PL061 of virt. Its pin 3 is the power button: high for 100 ms. ----

amba=/sys/bus/amba
device=9030000.pl061

# OPTIONS PRESSES: leaves what gpiomon said in $said. A press ends, by the clock, long before the next.
monitor() {
	gpiomon --line-buffered $1 $chip 3 >/tmp/monitor &
	until_works line_says 3 gpiomon
	for n in $(seq "$2"); do
		press
		until_works has_lines "$n" /tmp/monitor
		sleep 1
	done
	wait
	said=$(cat /tmp/monitor)
}
has_lines() { [ "$(wc -l <"$2")" -ge "$1" ]; }
edges() { echo "$said" | awk '{ print $2 }' | tr '\n' ' '; }
# How long the pin was high, in ms, from gpiomon's times.
pulse_ms() { echo "$said" | sed 's/.*\[ *\(.*\)\]/\1/' | awk 'NR == 1 { t = $1 } END { printf "%.0f", ($1 - t) * 1000 }'; }

pin_events() {
	monitor '-n 2' 1
	is "gpiomon sees both edges" "$(edges)" "RISING FALLING "
	ms=$(pulse_ms)
	ok "100 ms apart ($ms)" [ "$ms" -ge 95 -a "$ms" -le 110 ]
	monitor '-r -n 2' 2
	is "or rising ones only" "$(edges)" "RISING RISING "
	monitor '-f -n 2' 2
	is "or falling ones only" "$(edges)" "FALLING FALLING "
}

# The kernel's gpio-keys asks for both edges of pin 3.
keys() {
	modprobe evdev
	ok "the kernel's gpio-keys takes the pin" modprobe gpio_keys
	ok "and has it" until_works line_says 3 '"GPIO Key Poweroff".*\[used\]'
	ok "it waits for the button" until_works test -e /dev/input/event0
	dd if=/dev/input/event0 bs=24 count=1 2>/dev/null | od -An -tx2 >/tmp/key &
	until_works pidof dd
	press
	wait
	like "which it reports as the power key, down" "$(tr -d '\n' </tmp/key)" ' 0001 0074 0001 0000$'
	like "the interrupt is the pin's" "$(grep 'GPIO Key' /proc/interrupts)" 'pl061 *3 Edge'
	rmmod gpio_keys
}

# A driver of Ferry's that uses a pin of it.
blinking() {
	ok "Ferry's blink takes a pin" modprobe blink
	like "and has it" "$(line 4)" 'output *active-high *\[used\]'
	refused "the provider cannot be unloaded meanwhile" rmmod "$module"
	echo "# blinking"
	sleep 1
	ok "the user can" rmmod blink
}

# A level interrupt comes again until the level is gone, and not after.
levels() {
	ok "a driver waits for the level of the button" modprobe watch-level
	press
	until_works grep -q ' [1-9][0-9]* .* watch_level$' /proc/interrupts
	sleep 1
	rmmod watch_level
	said=$(dmesg | sed -n 's/.*watch_level: \(.*\)/\1/p' | tail -n 1)
	count=${said%% *} ms=${said#* in }
	ok "it is told as long as that is there ($said)" [ "$count" -gt 1 -a "${ms%% *}" -ge 90 -a "${ms%% *}" -le 110 ]
}

unbound() {
	gpiomon $chip 3 >/tmp/monitor 2>&1 &
	until_works line_says 3 gpiomon
	echo $device >$amba/drivers/pl061/unbind
	wait
	like "who waits for a pin learns that the device is gone" "$(cat /tmp/monitor)" 'No such device'
	is "it is" "$(gpiodetect)" ""
	ok "it can come back" sh -c "echo $device >$amba/drivers/pl061/bind"
	is "with its pins" "$(gpiodetect)" "$chip [$device] (8 lines)"
}

virt() {
	module=pl061
	ok "the kernel's own driver lets go of the device" sh -c "echo $device >$amba/drivers/pl061_gpio/unbind"
	is "which then has none" "$(gpiodetect)" ""
	ok "pl061 is loaded" modprobe pl061
	is "gpiodetect finds the controller" "$(gpiodetect)" "$chip [$device] (8 lines)"
	is "it has Ferry's driver" "$(driver_of amba $device)" pl061
	is "all pins are free inputs" "$(gpioinfo $chip | grep -c 'unused *input')" 8
	is "with the names of the devicetree" "$(gpiofind POWER)" "$chip 3"
	an_output 5
	an_input 0
	pin_events
	keys
	blinking
	levels
	unbound
	a_clean_end
	ok "the kernel's own driver can have the device again" sh -c "echo $device >$amba/drivers/pl061_gpio/bind"
	monitor '-n 2' 1
	is "with its interrupt" "$(edges)" "RISING FALLING "
}

# ---- The pins of the Pi Zero. QEMU has no interrupts for them. ----

rpi_zero() {
	module=bcm2835_gpio
	is "the kernel's own driver does not know the node" "$(gpiodetect)" ""
	ok "bcm2835-gpio is loaded" modprobe bcm2835-gpio
	is "gpiodetect finds the controller" "$(gpiodetect)" "$chip [20200000.gpio] (54 lines)"
	is "it has Ferry's driver" "$(driver_of platform 20200000.gpio)" bcm2835_gpio
	is "pins have the names of the devicetree" "$(gpiofind GPIO17) $(gpiofind STATUS_LED_N)" "$chip 17 $chip 47"
	an_output 21
	an_input 5
	gpiomon $chip 5 &
	ok "gpiomon may wait for a pin" until_works line_says 5 gpiomon
	kill $!
	wait
	ok "the kernel's leds-gpio takes the LED's pin" modprobe leds-gpio
	ok "and has it" until_works line_says 47 'ACT.*output.*\[used\]'
	echo none >/sys/class/leds/ACT/trigger
	echo "# LED"
	echo 1 >/sys/class/leds/ACT/brightness
	echo 0 >/sys/class/leds/ACT/brightness
	rmmod leds_gpio
	ok "Ferry's beeper takes a pin" modprobe beeper
	like "and has it" "$(line 17)" 'output *active-high *\[used\]'
	refused "the provider cannot be unloaded meanwhile" rmmod bcm2835_gpio
	ok "it plays" sh -c 'echo t440 500000 >/dev/beeper'
	rmmod beeper
	a_clean_end
}

case $1 in
virt) virt ;;
rpi-zero) rpi_zero ;;
esac
echo "# done"
