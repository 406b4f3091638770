/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a kernel that is not Linux is entered. QEMU does as the firmware does for Linux; for others
 * it loads a raw 32-bit kernel elsewhere, and enters an ELF file with all cores at once. So the
 * kernel is made into a file for which QEMU does what the hardware does.
 */
#ifndef LIB_BOOT_ENTRY_H
#define LIB_BOOT_ENTRY_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/payload.h"

/*
 * Changes PAYLOAD's kernel where that is needed. CMDLINE is what the kernel gets to read. A raw
 * 32-bit kernel becomes an ELF file with a start like the firmware's own: r0 is 0, r1 the machine
 * type, r2 the address of the devicetree or, without one, of the ATAGs; kernel_holds_dtb tells that
 * the devicetree is in it. An ELF file that begins where the firmware loads kernels becomes the raw
 * kernel that the hardware would need. PAYLOAD's kernel_address puts a raw kernel elsewhere; its
 * kernel_old puts it at 0, in the place of the firmware's start, so that it is entered as the
 * processor comes out of reset, nothing in its registers. Returns 0, or -1 with ERR set: damaged
 * ELF file, too large, a kernel_address that cannot be, a 32-bit kernel on a board that QEMU starts
 * in 64-bit state.
 */
int entry_prepare(struct payload *payload, const struct board *board, const char *cmdline,
		  struct error *err);

#endif
