// SPDX-License-Identifier: GPL-2.0-only
/* Gathering small writes: see gather.h. */
#include "image/gather.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image/copy.h"

int gather_open(struct gather *g, int fd, struct error *err)
{
	*g = (struct gather){ .fd = fd, .buf = malloc(GATHER_SIZE) };
	return g->buf ? 0 : error_set(err, "out of memory");
}

void gather_close(struct gather *g)
{
	free(g->buf);
	g->buf = NULL;
}

int gather_flush(struct gather *g, struct error *err)
{
	size_t len = g->used;

	g->used = 0;
	return g->fd < 0 ? 0 : copy_bytes(g->fd, g->offset, g->buf, len, err);
}

/*
 * Makes room in the buffer for LEN bytes at OFFSET, so that they follow or replace what it holds.
 */
static int make_room(struct gather *g, uint64_t offset, size_t len, struct error *err)
{
	if (offset >= g->offset && offset <= g->offset + g->used &&
	    offset + len <= g->offset + GATHER_SIZE)
		return 0;
	if (gather_flush(g, err) < 0)
		return -1;
	g->offset = offset;
	return 0;
}

int gather_write(struct gather *g, uint64_t offset, const void *data, size_t len, struct error *err)
{
	if (len > GATHER_SIZE) {
		if (gather_flush(g, err) < 0)
			return -1;
		return g->fd < 0 ? 0 : copy_bytes(g->fd, offset, data, len, err);
	}
	if (make_room(g, offset, len, err) < 0)
		return -1;
	memcpy(g->buf + (offset - g->offset), data, len);
	if (offset + len - g->offset > g->used)
		g->used = (size_t)(offset + len - g->offset);
	return 0;
}

int gather_read(struct gather *g, uint64_t offset, void *data, size_t len, struct error *err)
{
	uint8_t *to = data;

	if (g->used && offset < g->offset + g->used && g->offset < offset + len &&
	    gather_flush(g, err) < 0)
		return -1;
	while (g->fd >= 0 && len) {
		ssize_t n = pread(g->fd, to, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "cannot read the image back");
		if (n == 0)
			break;
		to += n;
		offset += (uint64_t)n;
		len -= (size_t)n;
	}
	memset(to, 0, len);
	return 0;
}
