/* SPDX-License-Identifier: GPL-2.0-only */
/* What writing and reading back share: pieces of the image, in memory that direct I/O takes. */
#ifndef LIB_FLASH_BUFFER_H
#define LIB_FLASH_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "flash/flash.h"

#define FLASH_PIECE (4u << 20) /* bytes */
#define FLASH_ALIGN 4096u      /* of memory and offsets, enough for every device */

/* FLASH_PIECE bytes for free(3), or NULL with ERR set. */
uint8_t *flash_buffer(struct error *err);
/* LEN rounded up to whole sectors of the target. */
size_t flash_sectors(const struct target *target, size_t len);
/* Reads LEN bytes of the image; behind its end are zeros. Returns 0, or -1 with ERR set. */
int flash_read_source(const struct source *source, uint64_t at, void *to, size_t len,
		      struct error *err);
/* Returns -1 with ERR set when the user wants an end. */
int flash_go_on(const struct flash *flash, struct error *err);

#endif
