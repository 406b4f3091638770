/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes an image to a target and reads it back.
 *
 * The first bytes of the target are cleared at the start and written at the end: until all is
 * written, there is no partition table on the card, and nothing boots from it by halves.
 */
#ifndef LIB_FLASH_FLASH_H
#define LIB_FLASH_FLASH_H

#include <signal.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "flash/target.h"

struct flash {
	const struct source *source;
	const struct target *target;
	struct progress *progress;	   /* or NULL */
	const volatile sig_atomic_t *stop; /* set from outside to end it; or NULL */
	uint64_t written;		   /* bytes of data, by flash_write */
	uint64_t cleared;		   /* bytes of holes, which became zeros */
};

/*
 * Writes all of the image: holes of the image as zeros, and zeros up to the end of the last sector.
 * When it returns 0, the device says that all is on the medium, and no copy of it is left in the
 * host's memory. -1 with ERR set: the target cannot be written, the image not read, STOP; the text
 * says that the target is incomplete.
 */
int flash_write(struct flash *flash, struct error *err);
/* Compares the target with the image. Returns 0, or -1 with ERR set: which byte differs. */
int flash_verify(struct flash *flash, struct error *err);

#endif
