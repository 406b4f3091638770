// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of boards: see boards.h. Names of kernels and devicetrees are those that the firmware
 * documents for each model; the addresses are the ARM's view of BCM2835 (0x20000000), BCM2837
 * (0x3f000000) and BCM2711 (0xfe000000). The machine type is Linux's, of arch/arm/tools/mach-types.
 */
#include "boot/boards.h"

#include <string.h>

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

const struct board boards[] = {
	{
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
		.gpio_base = 0x20200000,
		.systimer_base = 0x20003000,
		.ram_size = UINT64_C(448) << 20,
		.machine_type = 3138,
		.icount_shift = 3,
		.cpus = 1,
	},
	{
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
		.gpio_base = 0x3f200000,
		.systimer_base = 0x3f003000,
		.icount_shift = 4,
		.cpus = 4,
		.one_core = "bcm2837.enabled-cpus=1",
	},
	{
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
		.gpio_base = 0xfe200000,
		.systimer_base = 0xfe003000,
		.icount_shift = 4,
		.cpus = 4,
		.one_core = "bcm2838.enabled-cpus=1",
	},
	{
		.name = "virt",
		.title = "QEMU's virt machine",
		.qemu = "qemu-system-aarch64",
		.machine = "virt",
		.cpu = "cortex-a53",
		.drive = "virtio",
		.arm_64bit = true,
		.gpio = GPIO_PL061,
		.gpio_base = 0x09030000,
		.ram = 0x40000000,
		.icount_shift = 4,
		.cpus = 4,
	},
	{
		.name = "virt-armv7",
		.title = "QEMU's virt machine with a Cortex-A15",
		.qemu = "qemu-system-arm",
		.machine = "virt",
		.cpu = "cortex-a15",
		.gpio = GPIO_PL061,
		.gpio_base = 0x09030000,
		.ram = 0x40000000,
		.icount_shift = 4,
		.cpus = 1,
	},
	{
		.name = "pc",
		.title = "QEMU's PC (q35)",
		.qemu = "qemu-system-x86_64",
		.machine = "q35",
		.x86 = true,
		.drive = "virtio",
		.gpio = GPIO_NONE,
		.icount_shift = 3,
		.cpus = 1,
	},
	{ .name = NULL },
};

const struct board *board_find(const char *name)
{
	for (const struct board *board = boards; board->name; board++)
		if (strcmp(board->name, name) == 0)
			return board;
	return NULL;
}
