// SPDX-License-Identifier: GPL-2.0-only
/* What writing and reading back share: see buffer.h. */
#include "flash/buffer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

uint8_t *flash_buffer(struct error *err)
{
	uint8_t *buffer = aligned_alloc(FLASH_ALIGN, FLASH_PIECE);

	if (!buffer)
		error_set(err, "out of memory");
	return buffer;
}

size_t flash_sectors(const struct target *target, size_t len)
{
	return (len + target->sector - 1) / target->sector * target->sector;
}

int flash_read_source(const struct source *source, uint64_t at, void *to, size_t len,
		      struct error *err)
{
	size_t got = 0;

	while (got < len && at + got < source->size) {
		uint64_t left = source->size - at - got;
		ssize_t n = pread(source->fd, (char *)to + got,
				  len - got < left ? len - got : (size_t)left, (off_t)(at + got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot read at byte %" PRIu64, source->path,
					   at + got);
		if (n == 0)
			return error_set(err, "%s: ended at byte %" PRIu64 " while being read",
					 source->path, at + got);
		got += (size_t)n;
	}
	memset((char *)to + got, 0, len - got);
	return 0;
}

int flash_go_on(const struct flash *flash, struct error *err)
{
	return flash->stop && *flash->stop ?
		       error_set(err, "interrupted by signal %d", (int)*flash->stop) :
		       0;
}
