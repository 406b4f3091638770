/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The SD card in the emulated board's slot, or its disk. QEMU takes only cards whose size is a
 * power of two. A snapshot is a qcow2 overlay of that size in a nameless file, on top of the
 * untouched image: what the image lacks reads as zeros. Without a snapshot the guest writes to the
 * image itself, which is made longer, sparsely, while the board runs.
 */
#ifndef LIB_BOOT_CARD_H
#define LIB_BOOT_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "boot/scratch.h"

struct card {
	char *path;	       /* of the image */
	char *drive;	       /* the value for QEMU's -drive */
	uint64_t image_size;   /* bytes, before anything was done */
	uint64_t size;	       /* what the board sees, bytes: a power of two */
	const char *interface; /* QEMU's name of what the board has: "sd", "virtio" */
	bool snapshot;
	bool grown;		/* the image was made longer, to SIZE */
	struct scratch overlay; /* of a snapshot */
};

/* The size of the smallest card, or disk, that holds that many bytes. */
uint64_t card_round(const char *interface, uint64_t bytes);
/*
 * Makes the image at PATH a card. Returns 0 with CARD for card_close, or -1 with ERR set: cannot be
 * read (or, without snapshot, written), is too large, a block device that would have to grow.
 */
int card_open(struct card *card, const char *path, const char *interface, bool snapshot,
	      struct error *err);
/*
 * After QEMU ended. Gives a grown image its old size back, unless the guest wrote beyond it; then
 * CARD->grown is true afterwards.
 */
void card_close(struct card *card);
void card_free(struct card *card);

#endif
