/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* QEMU's virt machine for the minimal port. */
#define PL061 0x09030000
#define LED   0
#include "minimal/pl061.h"
