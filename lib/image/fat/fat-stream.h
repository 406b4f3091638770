/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writes a file from front to back in large pieces and leaves holes where there are only zeros.
 * Many small pieces, such as short files in the order of their clusters, go out together.
 */
#ifndef LIB_IMAGE_FAT_STREAM_H
#define LIB_IMAGE_FAT_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"

struct fat_stream {
	int fd;
	uint64_t base;	 /* where in the file the stream began */
	uint64_t offset; /* in the file, of the buffer's first byte */
	size_t fill;
	uint8_t *buf;
	uint64_t total; /* for the progress: bytes to come in all */
	struct progress *progress;
};

/* Begins at OFFSET of FD. Returns 0, or -1 with ERR set: out of memory. */
int fat_stream_open(struct fat_stream *stream, int fd, uint64_t offset, uint64_t total,
		    struct progress *progress, struct error *err);
/* Frees the buffer; what is in it and was not flushed is lost. */
void fat_stream_close(struct fat_stream *stream);

/* Each returns 0, or -1 with ERR set: the disk's error. */
int fat_stream_put(struct fat_stream *stream, const void *data, size_t len, struct error *err);
int fat_stream_zeros(struct fat_stream *stream, uint64_t len, struct error *err);
int fat_stream_flush(struct fat_stream *stream, struct error *err);
/* Puts the file PATH, which must have SIZE bytes; an error when it has not, or cannot be read. */
int fat_stream_put_file(struct fat_stream *stream, const char *path, uint64_t size,
			struct error *err);

/* Bytes from the beginning of the stream to where the next one goes. */
static inline uint64_t fat_stream_position(const struct fat_stream *stream)
{
	return stream->offset + stream->fill - stream->base;
}

#endif
