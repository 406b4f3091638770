// SPDX-License-Identifier: GPL-2.0-only
/* The SD card: see card.h. */
#include "boot/card.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boot/qcow2.h"

#define SECTOR	      512
#define SMALLEST_CARD (UINT64_C(1) << 20)
#define LARGEST_CARD  (UINT64_C(2) << 40) /* SDXC */

uint64_t card_round(const char *interface, uint64_t bytes)
{
	uint64_t size = SMALLEST_CARD;

	if (strcmp(interface, "sd") != 0)
		return (bytes + SECTOR - 1) & ~(uint64_t)(SECTOR - 1);
	while (size < bytes)
		size <<= 1;
	return size;
}

/* QEMU's option lists want commas doubled. The caller frees the copy. */
static char *double_commas(const char *text)
{
	char *copy = malloc(strlen(text) * 2 + 1), *to = copy;

	if (!copy)
		return NULL;
	do {
		if (*text == ',')
			*to++ = ',';
		*to++ = *text;
	} while (*text++);
	return copy;
}

static int describe(struct card *card, struct error *err)
{
	char *path = double_commas(card->path);
	int n = -1;

	if (path && card->snapshot)
		n = asprintf(&card->drive,
			     "if=%s,format=qcow2,file.driver=file,file.filename=%s,"
			     "backing.driver=raw,backing.read-only=on,backing.file.filename=%s",
			     card->interface, card->overlay.path, path);
	else if (path)
		n = asprintf(&card->drive, "if=%s,format=raw,file.filename=%s", card->interface,
			     path);
	free(path);
	if (n < 0) {
		card->drive = NULL;
		return error_set(err, "out of memory");
	}
	return 0;
}

static int grow(struct card *card, bool regular, struct error *err)
{
	if (!regular)
		return error_set(err,
				 "%s: its %" PRIu64
				 " bytes are no power of two, as the emulated card's must be, "
				 "and a block device cannot grow: use --snapshot",
				 card->path, card->image_size);
	if (truncate(card->path, (off_t)card->size) < 0)
		return error_errno(err,
				   "%s: cannot make it %" PRIu64
				   " MiB long, as the emulated card must be (a power of "
				   "two): use --snapshot",
				   card->path, card->size >> 20);
	card->grown = true;
	return 0;
}

int card_open(struct card *card, const char *path, const char *interface, bool snapshot,
	      struct error *err)
{
	struct stat st;
	off_t end;
	int fd;

	*card = (struct card){ .interface = interface,
			       .snapshot = snapshot,
			       .overlay = SCRATCH_NONE };
	/* An absolute path: no "x:" prefix that QEMU would take for a protocol. */
	card->path = realpath(path, NULL);
	if (!card->path)
		return error_errno(err, "%s: cannot open", path);
	fd = open(card->path, (snapshot ? O_RDONLY : O_RDWR) | O_CLOEXEC);
	if (fd < 0) {
		error_errno(err,
			    snapshot ? "%s: cannot open" :
				       "%s: cannot open for writing; --snapshot needs no writing",
			    path);
		goto fail;
	}
	end = fstat(fd, &st) < 0 ? -1 : lseek(fd, 0, SEEK_END);
	close(fd);
	if (end < 0) {
		error_errno(err, "%s: cannot find its size", path);
		goto fail;
	}
	card->image_size = (uint64_t)end;
	if (card->image_size > LARGEST_CARD) {
		error_set(err, "%s: larger than any SD card (2 TiB)", path);
		goto fail;
	}
	card->size = card_round(interface, card->image_size);
	if (snapshot && (scratch_file(&card->overlay, err) < 0 ||
			 qcow2_write(&card->overlay, card->size, err) < 0))
		goto fail;
	if (describe(card, err) < 0)
		goto fail;
	if (!snapshot && card->size != card->image_size && grow(card, S_ISREG(st.st_mode), err) < 0)
		goto fail;
	return 0;

fail:
	card_free(card);
	return -1;
}

void card_close(struct card *card)
{
	int fd;

	if (!card->grown)
		return;
	fd = open(card->path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	/* Nothing but a hole behind the old end: nobody wrote there. */
	if (lseek(fd, (off_t)card->image_size, SEEK_DATA) < 0 && errno == ENXIO &&
	    ftruncate(fd, (off_t)card->image_size) == 0)
		card->grown = false;
	close(fd);
}

void card_free(struct card *card)
{
	scratch_close(&card->overlay);
	free(card->drive);
	free(card->path);
	*card = (struct card){ .overlay = SCRATCH_NONE };
}
