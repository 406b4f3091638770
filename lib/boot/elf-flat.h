/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ELF files for boards: taken apart into the memory that they describe, and made from it. 32-bit
 * and 64-bit, ARM.
 */
#ifndef LIB_BOOT_ELF_FLAT_H
#define LIB_BOOT_ELF_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct elf_flat {
	uint64_t address; /* physical, of the first byte */
	uint64_t entry;
	/* what `objcopy -O binary` makes of the file; the caller frees it */
	uint8_t *bytes;
	size_t len;
	/* the bytes begin with the file's own headers, as linkers like to place them */
	bool headers;
};

/* Returns 0, or -1 with ERR set: damaged, nothing to load, spread over more than KERNEL_LARGEST. */
int elf_flatten(struct elf_flat *flat, const uint8_t *data, size_t len, struct error *err);

struct elf_part {
	uint32_t address;
	const void *bytes;
	size_t len;
};

/*
 * Makes a 32-bit ARM ELF file that is entered at ENTRY; the caller frees *DATA. Returns 0, or -1
 * with ERR set when out of memory.
 */
int elf_make(uint8_t **data, size_t *len, uint32_t entry, const struct elf_part *parts,
	     size_t count, struct error *err);

/*
 * Makes a 64-bit ARM ELF file of one part, which is entered at its first byte; otherwise as
 * elf_make().
 */
int elf_make_wide(uint8_t **data, size_t *len, uint64_t address, const void *bytes, size_t count,
		  struct error *err);

#endif
