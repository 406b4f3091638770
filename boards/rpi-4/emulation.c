// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated Raspberry Pi 4 Model B. Names of kernels and devicetrees are those that the firmware
 * documents for the model. What QEMU lacks was found with Debian's kernel 6.12 on QEMU 10.
 */
#include "../emulation.h"

#include "board.h"

static const char bluetooth[] = "Bluetooth on the PL011";
static const char display[] = "display controllers";
static const char emmc2[] = "a card on emmc2 (it hangs on the older SDHCI)";

static const struct quirk quirks[] = {
	{ bluetooth, "/soc/serial@7e201000/bluetooth", .action = QUIRK_REMOVE_NODE },
	{ display, "/soc/interrupt-controller@7ef00100", QUIRK_SET_TEXT, "status",
	  .text = "disabled" },
	{ display, "/soc/clock@7ef00000", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ display, "/soc/hdmi@7ef00700", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ display, "/soc/hdmi@7ef05700", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ display, "/soc/i2c@7ef04500", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ display, "/soc/i2c@7ef09500", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_SET_TEXT, "status", .text = "okay" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, .property = "mmc-pwrseq" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, .property = "pinctrl-0" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, .property = "pinctrl-names" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, .property = "non-removable" },
	{ emmc2, "/soc/mmc@7e300000", QUIRK_SET_EMPTY, .property = "broken-cd" },
	{ emmc2, "/emmc2bus/mmc@7e340000", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ emmc2, "/wifi-pwrseq", QUIRK_SET_TEXT, "status", .text = "disabled" },
	{ 0 },
};

const struct board board_rpi_4 = {
	.name = "rpi-4",
	.title = "Raspberry Pi 4 Model B",
	.qemu = "qemu-system-aarch64",
	.machine = "raspi4b",
	.firmware = true,
	.drive = "sd",
	.filters = NAMES("pi4", "board-type=0x11"),
	.dtbs = NAMES("bcm2711-rpi-4-b.dtb"),
	.kernels32 = NAMES("kernel7l.img"),
	.kernels64 = NAMES("kernel8.img"),
	.arm_64bit = true,
	.gpio = GPIO_BCM2835,
	.gpio_base = BOARD_GPIO,
	.systimer_base = BOARD_SYSTEM_TIMER,
	.icount_shift = 4,
	.cpus = 4,
	.one_core = "bcm2838.enabled-cpus=1",
	.quirks = quirks,
};
