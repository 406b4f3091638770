// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated Raspberry Pi Zero. Names of kernels and devicetrees are those that the firmware
 * documents for the model; the machine type is Linux's, of arch/arm/tools/mach-types. What QEMU
 * lacks was found with Debian's kernel 6.12 on QEMU 10.
 */
#include "../emulation.h"

#include "board.h"

static const char asb[] = "power domains (ASB registers)";

static const struct quirk quirks[] = {
	{ asb, "/soc/watchdog@7e100000", QUIRK_CUT, "reg", .keep = 8 },
	{ asb, "/soc/watchdog@7e100000", QUIRK_SET_TEXT, "reg-names", .text = "pm" },
	{ 0 },
};

const struct board board_rpi_zero = {
	.name = "rpi-zero",
	.title = "Raspberry Pi Zero",
	.qemu = "qemu-system-arm",
	.machine = "raspi0",
	.firmware = true,
	.drive = "sd",
	.filters = NAMES("pi0", "board-type=0x9"),
	.dtbs = NAMES("bcm2708-rpi-zero.dtb", "bcm2835-rpi-zero.dtb"),
	.kernels32 = NAMES("kernel.img"),
	.gpio = GPIO_BCM2835,
	.gpio_base = BOARD_GPIO,
	.systimer_base = BOARD_SYSTEM_TIMER,
	.ram_size = BOARD_MEMORY_SIZE,
	.machine_type = 3138,
	.icount_shift = 3,
	.cpus = 1,
	.quirks = quirks,
};
