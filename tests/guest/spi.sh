#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# For tests/contract-linux.t, on the board: SPI buses of Ferry's drivers, used by the kernel's spidev and by a driver of Ferry's. On
# pins that are a wire, what is written is read; on the Pi's controller is a flash memory of QEMU's.
. /bin/tap.sh
cd /root || exit
value() { "$@" 2>&1; }

insmod pin-loop.ko
insmod spi-gpio.ko
insmod spi-target.ko
insmod bcm2835-spi.ko
insmod 74hc595.ko
sleep 1
wire=$(echo /sys/bus/spi/devices/*/of_node/compatible | tr ' ' '\n' | while read -r f; do
	grep -q lwn "$f" && [ -e "${f%/of_node/*}/spidev" ] && basename "${f%/of_node/*}/spidev/"*; done)
for each in $wire; do
	case $(readlink -f /sys/class/spidev/"$each") in
	*20204000.spi*) flash=/dev/$each ;;
	*) wire=/dev/$each ;;
	esac
done
is "spidev: what goes out on a wire comes back" "$(value spi-transfer "$wire" 100000 x0123456789abcdef)" "0123456789abcdef"
is "spidev: a controller may be asked to be fast" "$(value spi-transfer "$wire" 5000000 xdeadbeef r2 x01)" "deadbeef000001"
is "spidev: a clock that the controller does not support is refused" "$(value spi-transfer "$wire" 100 x01)" \
	"spi-transfer: Invalid argument"
for n in 1 2 3; do
	is "the Pi's controller reads a flash memory's id: $n" "$(value spi-transfer "$flash" 1000000 w9f r6)" "ef5014000000"
done
is "and its data, more than the FIFO holds" "$(value spi-transfer "$flash" 1000000 w03000100 r300 | tr -d f | wc -c)" 1

is "a driver of a target: each transfer" "$(dmesg | sed -n 's/^\(\[[^]]*\] \)*spi_target: //p')" "exchange: 0, HELLO, wire
write and read: 0, 0 0 0
read: 0, 0 0 0
write: 0
too long: -1
submit: 0
request: 0, words abc 123 beef 55aa
request: 0, words abc 123 beef 55aa
request: 0, words abc 123 beef 55aa"
is "its alias is the devicetree's and the SPI core's" "$(modinfo -F alias ./spi-target.ko 2>/dev/null | sort | tr '\n' ' ')" \
	"of:N*T*Cferry,spi-target of:N*T*Cferry,spi-targetC* spi:spi-target "
# Shift registers: pins of a controller that sleeps.
chip=$(dirname "$(grep -l 'spi[0-9]*\.2' /sys/class/gpio/gpiochip*/label | head -n 1)")
is "shift registers are a GPIO controller" "$(cat "$chip/ngpio")" 16
pin=$(($(cat "$chip/base") + 9))
echo $pin >/sys/class/gpio/export
is "their pins are outputs" "$(cat /sys/class/gpio/gpio$pin/direction)" out
ok "which can be set" sh -c "echo 1 >/sys/class/gpio/gpio$pin/value"
is "and are" "$(cat /sys/class/gpio/gpio$pin/value)" 1
refused "but no inputs" sh -c "echo in >/sys/class/gpio/gpio$pin/direction"
echo $pin >/sys/class/gpio/unexport
# A controller that goes takes its targets along.
echo spi-wire >/sys/bus/platform/drivers/spi_gpio/unbind
is "a controller goes, and its target's driver with it" "$(dmesg | grep -c 'spi_target: requests left: 0')" 1
echo spi-wire >/sys/bus/platform/drivers/spi_gpio/bind
is "it comes again" "$(dmesg | grep -c 'spi_target: submit: 0')" 2
rmmod 74hc595 spi_target spi_gpio bcm2835_spi pin_loop
is "all modules go" $? 0
echo "# spi done"
