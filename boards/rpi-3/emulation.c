// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated Raspberry Pi 3 Model B. Names of kernels and devicetrees are those that the firmware
 * documents for the model. What QEMU lacks was found with Debian's kernel 6.12 on QEMU 10.
 */
#include "../emulation.h"

#include "board.h"

static const struct quirk quirks[] = {
	{ "Bluetooth on the PL011", "/soc/serial@7e201000/bluetooth", .action = QUIRK_REMOVE_NODE },
	{ 0 },
};

const struct board board_rpi_3 = {
	.name = "rpi-3",
	.title = "Raspberry Pi 3 Model B",
	.qemu = "qemu-system-aarch64",
	.machine = "raspi3b",
	.firmware = true,
	.drive = "sd",
	.filters = NAMES("pi3", "board-type=0x8"),
	.dtbs = NAMES("bcm2710-rpi-3-b.dtb", "bcm2837-rpi-3-b.dtb"),
	.kernels32 = NAMES("kernel7.img"),
	.kernels64 = NAMES("kernel8.img"),
	.gpio = GPIO_BCM2835,
	.gpio_base = BOARD_GPIO,
	.systimer_base = BOARD_SYSTEM_TIMER,
	.icount_shift = 4,
	.cpus = 4,
	.one_core = "bcm2837.enabled-cpus=1",
	.quirks = quirks,
};
