/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* QEMU's virt machine with a 32-bit processor: around that, it is the same machine. */
#include "../virt/board.h"
