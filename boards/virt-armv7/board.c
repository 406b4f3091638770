// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * QEMU's virt machine with a 32-bit processor, a Cortex-A15: around that, it is the same machine.
 */
#define BOARD_NAME "virt-armv7"
/* NOLINTNEXTLINE(bugprone-suspicious-include): the same machine */
#include "../virt/board.c"
