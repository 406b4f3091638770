// SPDX-License-Identifier: GPL-2.0-only
/* Writing to an output file: see copy.h. */
#include "image/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK	     (1 << 20)
#define KERNEL_CHUNK (64 << 20)

bool copy_is_zero(const void *bytes, size_t len)
{
	const uint8_t *b = bytes;

	return len == 0 || (b[0] == 0 && memcmp(b, b + 1, len - 1) == 0);
}

static int write_error(struct error *err)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return error_errno(
			err,
			"the disk is full: free some space there, or choose another outputpath");
	return error_errno(err, "cannot write");
}

int copy_bytes(int fd, uint64_t offset, const void *buf, size_t len, struct error *err)
{
	const uint8_t *from = buf;

	while (len) {
		ssize_t n = pwrite(fd, from, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return write_error(err);
		from += n;
		offset += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

struct copy {
	const char *path;
	int in, out;
	off_t from, to;
	bool by_hand; /* the kernel cannot copy between these two files */
	uint8_t *buf;
	struct error *err;
};

static int copy_by_hand(struct copy *c, size_t len)
{
	ssize_t n;

	if (!c->buf)
		c->buf = malloc(CHUNK);
	if (!c->buf)
		return error_set(c->err, "out of memory");
	n = pread(c->in, c->buf, len < CHUNK ? len : CHUNK, c->from);
	if (n < 0)
		return error_errno(c->err, "%s: cannot read", c->path);
	if (n == 0)
		return error_set(c->err, "%s: became shorter while it was being read", c->path);
	if (!copy_is_zero(c->buf, (size_t)n) &&
	    copy_bytes(c->out, (uint64_t)c->to, c->buf, (size_t)n, c->err) < 0)
		return -1;
	c->from += n;
	c->to += n;
	return 0;
}

/* Copies some of the next LEN bytes. */
static int copy_step(struct copy *c, size_t len)
{
	off_t from = c->from, to = c->to;
	ssize_t n;

	if (c->by_hand)
		return copy_by_hand(c, len);
	n = copy_file_range(c->in, &from, c->out, &to, len < KERNEL_CHUNK ? len : KERNEL_CHUNK, 0);
	if (n < 0 && (errno == ENOSPC || errno == EDQUOT))
		return write_error(c->err);
	if (n <= 0) {
		/* Not between these file systems, or the end of the file: reading by hand tells. */
		c->by_hand = true;
		return 0;
	}
	c->from = from;
	c->to = to;
	return 0;
}

static int copy_data(struct copy *c, off_t end, struct progress *progress, uint64_t total)
{
	while (c->from < end) {
		if (copy_step(c, (size_t)(end - c->from)) < 0)
			return -1;
		progress_report(progress, c->path, (uint64_t)c->from, total);
	}
	return 0;
}

int copy_file(const char *path, uint64_t start, uint64_t len, int fd, uint64_t offset,
	      struct progress *progress, struct error *err)
{
	struct copy c = { .path = path, .out = fd, .err = err };
	off_t end = (off_t)(start + len), shift = (off_t)(offset - start), data = (off_t)start,
	      hole;
	int rc = 0;

	c.in = open(path, O_RDONLY | O_CLOEXEC);
	if (c.in < 0)
		return error_errno(err, "%s: cannot open", path);
	while (rc == 0 && data < end) {
		data = lseek(c.in, data, SEEK_DATA);
		if (data < 0 && errno == ENXIO)
			break;
		if (data < 0) {
			rc = error_errno(err, "%s: cannot read", path);
			break;
		}
		hole = lseek(c.in, data, SEEK_HOLE);
		if (data >= end)
			break;
		if (hole < 0 || hole > end)
			hole = end;
		c.from = data;
		c.to = data + shift;
		rc = copy_data(&c, hole, progress, start + len);
		data = hole;
	}
	if (rc == 0 && lseek(c.in, 0, SEEK_END) < end)
		rc = error_set(err, "%s: became shorter while it was being read", path);
	free(c.buf);
	close(c.in);
	return rc;
}
