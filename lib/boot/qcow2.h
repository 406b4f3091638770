/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Empty disks in QEMU's own format, which keeps what is written to it in the order in which it
 * comes, and snapshots of the whole machine: QEMU's docs/interop/qcow2.txt, version 3.
 */
#ifndef LIB_BOOT_QCOW2_H
#define LIB_BOOT_QCOW2_H

#include <stdint.h>

#include "base/error.h"
#include "boot/scratch.h"

/*
 * Makes FILE, an empty one, a disk of SIZE bytes, at most 2 TiB, that has nothing of its own: it
 * reads as what it is put over, or as zeros. Returns 0, or -1 with ERR set when it cannot be
 * written.
 */
int qcow2_write(const struct scratch *file, uint64_t size, struct error *err);

#endif
