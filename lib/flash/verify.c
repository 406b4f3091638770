// SPDX-License-Identifier: GPL-2.0-only
/* Reading back: see flash.h. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flash/buffer.h"
#include "flash/flash.h"

static int read_target(const struct target *target, uint64_t at, uint8_t *to, size_t len,
		       struct error *err)
{
	while (len) {
		ssize_t n = pread(target->fd, to, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot read back at byte %" PRIu64,
					   target->path, at);
		if (n == 0)
			return error_set(err, "%s: ended at byte %" PRIu64 " while being read back",
					 target->path, at);
		to += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

static int compare(const struct flash *flash, uint64_t at, const uint8_t *wanted,
		   const uint8_t *got, size_t len, struct error *err)
{
	size_t i = 0;

	if (memcmp(wanted, got, len) == 0)
		return 0;
	while (wanted[i] == got[i])
		i++;
	if (source_check(flash->source, err) < 0)
		return -1;
	return error_set(
		err,
		"%s: byte %" PRIu64
		" reads back as 0x%02x, and 0x%02x was written: do not use it; its contacts or the "
		"reader are bad, or it is worn out or not as large as it says",
		flash->target->path, at + i, got[i], wanted[i]);
}

int flash_verify(struct flash *flash, struct error *err)
{
	uint64_t size = flash->source->size;
	uint8_t *wanted = flash_buffer(err), *got = wanted ? flash_buffer(err) : NULL;
	int rc = got ? 0 : -1;

	for (uint64_t at = 0; rc == 0 && at < size;) {
		size_t len = size - at < FLASH_PIECE ? (size_t)(size - at) : FLASH_PIECE;
		size_t whole = flash_sectors(flash->target, len);

		if (flash_go_on(flash, err) < 0)
			rc = error_prefix(err, "%s: written, but not verified",
					  flash->target->path);
		else if (flash_read_source(flash->source, at, wanted, whole, err) < 0 ||
			 read_target(flash->target, at, got, whole, err) < 0 ||
			 compare(flash, at, wanted, got, whole, err) < 0)
			rc = -1;
		at += len;
		if (rc == 0)
			progress_report(flash->progress, "verifying", at, size);
	}
	free(got);
	free(wanted);
	return rc;
}
