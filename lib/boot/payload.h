/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a board is started with: the kernel and all that goes with it. The firmware's part
 * (firmware.h), extlinux.conf (extlinux.h) or a kernel file (kernel-file.h) fills it; quirks.h and
 * entry.h change it for the emulated board; then it is handed to QEMU. It knows none of them.
 */
#ifndef LIB_BOOT_PAYLOAD_H
#define LIB_BOOT_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boot/notices.h"

struct payload {
	char *kernel_name; /* on the boot partition, for messages */
	uint8_t *kernel;
	size_t kernel_len;
	uint64_t kernel_address; /* kernel_address= of config.txt; 0: not set */
	/* kernel_old=1: at 0, entered as the processor comes out of reset */
	bool kernel_old;
	bool no_tags;	       /* disable_commandline_tags=1: no ATAGs */
	bool kernel_holds_dtb; /* the devicetree is part of it by now: see entry.h */
	bool aarch64;	       /* enter the kernel in AArch64 state */
	char *dtb_name;	       /* NULL when no devicetree was found */
	uint8_t *dtb;	       /* overlays and parameters applied; a valid flattened devicetree */
	size_t dtb_len;
	char *initrd_name; /* NULL when there is none */
	uint8_t *initrd;
	size_t initrd_len;
	char *cmdline; /* as the kernel gets it */
	struct notices notices;
};

/*
 * Adds LEN bytes to the end of the initramfs, which the kernel reads as one archive after another.
 * Returns 0, or -1 when out of memory, with the initramfs as it was.
 */
int payload_add_initrd(struct payload *payload, const void *bytes, size_t len);
/* Frees what it holds and makes it all zero; one that is all zero is fine. */
void payload_free(struct payload *payload);

#endif
