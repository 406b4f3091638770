/* SPDX-License-Identifier: GPL-2.0-only */
/* The kind of a kernel file, from its first bytes; 64-bit ones may be compressed with gzip. */
#ifndef LIB_BOOT_KERNEL_IMAGE_H
#define LIB_BOOT_KERNEL_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define KERNEL_LARGEST (128u << 20) /* bytes, unpacked */

enum kernel_kind {
	KERNEL_RAW,   /* nothing that is recognised: bare metal code, perhaps */
	KERNEL_ARM,   /* 32-bit Linux, zImage */
	KERNEL_ARM64, /* 64-bit Linux, Image */
	KERNEL_X86,   /* Linux for PCs, bzImage */
	KERNEL_ELF_ARM,
	KERNEL_ELF_ARM64,
	KERNEL_ELF_OTHER,
};

#define KERNEL_HEAD 1024 /* bytes that identify the kind */

enum kernel_kind kernel_identify(const uint8_t *data, size_t len);
/* In words: "a 64-bit ARM kernel". */
const char *kernel_kind_name(enum kernel_kind kind);
/*
 * Whether it is one of Ferry's own bare-metal images that never starts another core: its build says
 * so (scripts/symbol-table).
 */
bool kernel_has_one_core(const uint8_t *data, size_t len);
bool kernel_is_gzip(const uint8_t *data, size_t len);
/*
 * Unpacks a gzip file; the caller frees *OUT. Returns 0, or -1 with ERR set: damaged, cut short,
 * too large.
 */
int kernel_gunzip(const uint8_t *data, size_t len, uint8_t **out, size_t *out_len,
		  struct error *err);

#endif
