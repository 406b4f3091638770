// SPDX-License-Identifier: GPL-2.0-only
/* A PC, as QEMU's q35 machine. */
#include "../emulation.h"

const struct board board_pc = {
	.name = "pc",
	.title = "QEMU's PC (q35)",
	.qemu = "qemu-system-x86_64",
	.machine = "q35",
	.x86 = true,
	.drive = "virtio",
	.gpio = GPIO_NONE,
	.icount_shift = 3,
	.cpus = 1,
};
