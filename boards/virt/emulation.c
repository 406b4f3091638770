// SPDX-License-Identifier: GPL-2.0-only
/* QEMU's virt machine with a 64-bit processor: emulated is all that it is, so it lacks nothing. */
#include "../emulation.h"

#include "board.h"

const struct board board_virt = {
	.name = "virt",
	.title = "QEMU's virt machine",
	.qemu = "qemu-system-aarch64",
	.machine = "virt",
	.cpu = "cortex-a53",
	.drive = "virtio",
	.arm_64bit = true,
	.gpio = GPIO_PL061,
	.gpio_base = BOARD_GPIO,
	.ram = BOARD_MEMORY,
	.icount_shift = 4,
	.cpus = 4,
};
