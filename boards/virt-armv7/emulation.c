// SPDX-License-Identifier: GPL-2.0-only
/* QEMU's virt machine with a 32-bit processor, for kernels only: it has no disk. */
#include "../emulation.h"

#include "board.h"

const struct board board_virt_armv7 = {
	.name = "virt-armv7",
	.title = "QEMU's virt machine with a Cortex-A15",
	.qemu = "qemu-system-arm",
	.machine = "virt",
	.cpu = "cortex-a15",
	.gpio = GPIO_PL061,
	.gpio_base = BOARD_GPIO,
	.ram = BOARD_MEMORY,
	.icount_shift = 4,
	.cpus = 1,
};
