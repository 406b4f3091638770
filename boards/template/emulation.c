// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulated board, for `ferry boot`: boards/emulation.h tells what each field means. A board
 * that QEMU does not have goes without this file.
 */
#include "../emulation.h"

#include "board.h"

const struct board board_template = {
	.name = "template",
	.title = "One more of QEMU's virt machines",
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
