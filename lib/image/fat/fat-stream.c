// SPDX-License-Identifier: GPL-2.0-only
/* The FAT writer's way to the disk: see fat-stream.h. */
#include "image/fat/fat-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/copy.h"

#define BUFFER (256u * 1024) /* fits the processor's cache; larger ones are no faster */
#define BLOCK  4096u	     /* of the host's file system: the grain of holes */

int fat_stream_open(struct fat_stream *stream, int fd, uint64_t offset, uint64_t total,
		    struct progress *progress, struct error *err)
{
	*stream = (struct fat_stream){
		.fd = fd,
		.base = offset,
		.offset = offset,
		.total = total,
		.progress = progress,
	};
	stream->buf = malloc(BUFFER);
	return stream->buf ? 0 : error_set(err, "out of memory");
}

void fat_stream_close(struct fat_stream *stream)
{
	free(stream->buf);
	stream->buf = NULL;
}

/* The length of the piece at AT that ends at a block of the host's file system. */
static size_t piece(const struct fat_stream *stream, size_t at)
{
	size_t len = BLOCK - (stream->offset + at) % BLOCK;

	return len < stream->fill - at ? len : stream->fill - at;
}

int fat_stream_flush(struct fat_stream *stream, struct error *err)
{
	size_t start = 0, at = 0; /* from start to at: to be written */

	while (at < stream->fill) {
		size_t len = piece(stream, at);

		if (copy_is_zero(stream->buf + at, len)) {
			if (copy_bytes(stream->fd, stream->offset + start, stream->buf + start,
				       at - start, err) < 0)
				return -1;
			start = at + len;
		}
		at += len;
	}
	if (copy_bytes(stream->fd, stream->offset + start, stream->buf + start, at - start, err) <
	    0)
		return -1;
	stream->offset += stream->fill;
	stream->fill = 0;
	progress_report(stream->progress, "vfat", stream->offset - stream->base, stream->total);
	return 0;
}

int fat_stream_put(struct fat_stream *stream, const void *data, size_t len, struct error *err)
{
	const uint8_t *from = data;

	while (len) {
		size_t n = BUFFER - stream->fill < len ? BUFFER - stream->fill : len;

		memcpy(stream->buf + stream->fill, from, n);
		stream->fill += n;
		from += n;
		len -= n;
		if (stream->fill == BUFFER && fat_stream_flush(stream, err) < 0)
			return -1;
	}
	return 0;
}

int fat_stream_zeros(struct fat_stream *stream, uint64_t len, struct error *err)
{
	if (len < BUFFER - stream->fill) {
		memset(stream->buf + stream->fill, 0, len);
		stream->fill += len;
		return 0;
	}
	if (fat_stream_flush(stream, err) < 0)
		return -1;
	stream->offset += len;
	return 0;
}

static int changed(const char *path, uint64_t size, struct error *err)
{
	return error_set(err,
			 "%s: had %" PRIu64
			 " bytes when the image was planned and has another size now: "
			 "try again when nothing writes to it",
			 path, size);
}

static int copy(struct fat_stream *stream, int fd, const char *path, uint64_t size,
		struct error *err)
{
	uint64_t left = size;

	while (left) {
		size_t room = BUFFER - stream->fill;
		ssize_t n = read(fd, stream->buf + stream->fill, left < room ? left : room);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot read", path);
		if (!n)
			return changed(path, size, err);
		stream->fill += (size_t)n;
		left -= (size_t)n;
		if (stream->fill == BUFFER && fat_stream_flush(stream, err) < 0)
			return -1;
	}
	return 0;
}

int fat_stream_put_file(struct fat_stream *stream, const char *path, uint64_t size,
			struct error *err)
{
	/* not to wait for a FIFO's writer */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	int ret;

	if (fd < 0)
		return error_errno(err, "%s: cannot open", path);
	if (fstat(fd, &st) < 0)
		ret = error_errno(err, "%s: cannot read", path);
	else if (!S_ISREG(st.st_mode))
		ret = error_set(err, "%s: is no longer a regular file", path);
	else if ((uint64_t)st.st_size != size)
		ret = changed(path, size, err);
	else
		ret = copy(stream, fd, path, size, err);
	close(fd);
	return ret;
}
