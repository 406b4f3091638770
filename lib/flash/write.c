// SPDX-License-Identifier: GPL-2.0-only
/* Writing: see flash.h. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "flash/buffer.h"
#include "flash/flash.h"

/* bytes that are written last: partition tables, boot sectors */
#define HEAD	    (64u << 10)
#define CLEAR_PIECE (UINT64_C(64) << 20)

static int write_at(const struct target *target, uint64_t at, const uint8_t *from, size_t len,
		    struct error *err)
{
	while (len) {
		ssize_t n = pwrite(target->fd, from, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot write at byte %" PRIu64, target->path,
					   at);
		if (n == 0)
			return error_set(err, "%s: takes no more at byte %" PRIu64, target->path,
					 at);
		from += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

static void report(const struct flash *flash)
{
	progress_report(flash->progress, "writing", flash->written + flash->cleared,
			flash->source->size);
}

/* Copies the image's bytes from START to END. */
static int copy(struct flash *flash, uint8_t *buffer, uint64_t start, uint64_t end,
		struct error *err)
{
	while (start < end) {
		size_t len = end - start < FLASH_PIECE ? (size_t)(end - start) : FLASH_PIECE;

		if (flash_go_on(flash, err) < 0 ||
		    flash_read_source(flash->source, start, buffer,
				      flash_sectors(flash->target, len), err) < 0 ||
		    write_at(flash->target, start, buffer, flash_sectors(flash->target, len), err) <
			    0)
			return -1;
		start += len;
		flash->written += len;
		report(flash);
	}
	return 0;
}

/* Has the device make zeros by itself, as many can without taking them over the wire. */
static bool clear_by_device(const struct target *target, uint64_t start, uint64_t len)
{
	uint64_t range[2] = { start, len };

	if (target->block)
		return ioctl(target->fd, BLKZEROOUT, range) == 0;
	return fallocate(target->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)start,
			 (off_t)len) == 0;
}

static int clear_by_writing(const struct flash *flash, uint8_t *buffer, uint64_t start,
			    uint64_t len, struct error *err)
{
	memset(buffer, 0, FLASH_PIECE);
	while (len) {
		size_t n = len < FLASH_PIECE ? (size_t)len : FLASH_PIECE;

		if (flash_go_on(flash, err) < 0 ||
		    write_at(flash->target, start, buffer, flash_sectors(flash->target, n), err) <
			    0)
			return -1;
		start += n;
		len -= n;
	}
	return 0;
}

/* A hole of the image from START to END: what was on the card before must not show through. */
static int clear(struct flash *flash, uint8_t *buffer, uint64_t start, uint64_t end,
		 struct error *err)
{
	while (start < end) {
		uint64_t len = end - start < CLEAR_PIECE ? end - start : CLEAR_PIECE;

		if (flash_go_on(flash, err) < 0)
			return -1;
		if (!clear_by_device(flash->target, start,
				     flash_sectors(flash->target, (size_t)len)) &&
		    clear_by_writing(flash, buffer, start, len, err) < 0)
			return -1;
		start += len;
		flash->cleared += len;
		report(flash);
	}
	return 0;
}

/*
 * The next hole of the image at or behind AT, as whole pieces of FLASH_ALIGN but for the image's
 * end; what is smaller counts as data. Without one, *START and *END are the image's end.
 */
static void next_hole(const struct source *source, uint64_t at, uint64_t *start, uint64_t *end)
{
	for (;;) {
		off_t hole = lseek(source->fd, (off_t)at, SEEK_HOLE);
		off_t data = hole < 0 ? -1 : lseek(source->fd, hole, SEEK_DATA);

		*start = hole < 0 ? source->size :
				    ((uint64_t)hole + FLASH_ALIGN - 1) / FLASH_ALIGN * FLASH_ALIGN;
		*end = data < 0 ? source->size : (uint64_t)data / FLASH_ALIGN * FLASH_ALIGN;
		if (*start < *end)
			return;
		if (data < 0) {
			*start = *end = source->size;
			return;
		}
		at = (uint64_t)data;
	}
}

static int write_body(struct flash *flash, uint8_t *buffer, uint64_t at, struct error *err)
{
	while (at < flash->source->size) {
		uint64_t hole, end;

		next_hole(flash->source, at, &hole, &end);
		if (copy(flash, buffer, at, hole, err) < 0 ||
		    clear(flash, buffer, hole, end, err) < 0)
			return -1;
		at = end;
	}
	return 0;
}

/* Waits until the device has written everything to the medium. */
static int sync_target(const struct target *target, struct error *err)
{
	return fsync(target->fd) == 0 ?
		       0 :
		       error_errno(err, "%s: cannot bring the data onto the medium", target->path);
}

/* Drops the target's pages from the page cache, so that the next read comes from the medium. */
static void drop_cache(const struct target *target)
{
	if (target->block)
		ioctl(target->fd, BLKFLSBUF);
	posix_fadvise(target->fd, 0, 0, POSIX_FADV_DONTNEED);
}

static int write_all(struct flash *flash, uint8_t *buffer, struct error *err)
{
	uint64_t head = flash->source->size < HEAD ? flash->source->size : HEAD;

	if (clear_by_writing(flash, buffer, 0, head, err) < 0 ||
	    write_body(flash, buffer, head, err) < 0 || sync_target(flash->target, err) < 0 ||
	    source_check(flash->source, err) < 0 || copy(flash, buffer, 0, head, err) < 0 ||
	    sync_target(flash->target, err) < 0)
		return -1;
	drop_cache(flash->target);
	return 0;
}

int flash_write(struct flash *flash, struct error *err)
{
	uint8_t *buffer = flash_buffer(err);
	struct error why;
	int rc;

	if (!buffer)
		return -1;
	flash->written = flash->cleared = 0;
	report(flash);
	rc = write_all(flash, buffer, &why);
	free(buffer);
	if (rc < 0)
		error_set(err, "%s; %s is incomplete now: write it anew", why.text,
			  flash->target->path);
	return rc;
}
