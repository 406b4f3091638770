// SPDX-License-Identifier: GPL-2.0-only
/*
 * How libext2fs reaches the output file: an io_manager that reads and writes at an offset of a file descriptor that
 * stays open, or, for planning, writes nowhere and reads zeros. See lib/ext2fs/ext2_io.h for the interface.
 */
#include "image/ext.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct target {
	int fd;
	uint64_t offset;
};

void ext_io_name(char name[64], int fd, uint64_t offset)
{
	snprintf(name, 64, "%d@%" PRIu64, fd, offset);
}

static struct target *target_of(io_channel channel)
{
	return channel->private_data;
}

static errcode_t io_open(const char *name, int flags, io_channel *channel)
{
	io_channel c = calloc(1, sizeof(*c));
	struct target *target = calloc(1, sizeof(*target));

	if (!c || !target)
		goto no_memory;
	if (sscanf(name, "%d@%" SCNu64, &target->fd, &target->offset) != 2) {
		free(c);
		free(target);
		return EXT2_ET_BAD_DEVICE_NAME;
	}
	c->name = strdup(name);
	if (!c->name)
		goto no_memory;
	c->magic = EXT2_ET_MAGIC_IO_CHANNEL;
	c->manager = &ext_io_manager;
	c->block_size = 1024;
	c->refcount = 1;
	/* What was never written reads as zeros: there is no need to write those. */
	c->flags = CHANNEL_FLAGS_DISCARD_ZEROES;
	c->private_data = target;
	*channel = c;
	return 0;

no_memory:
	free(c);
	free(target);
	return EXT2_ET_NO_MEMORY;
}

static errcode_t io_close(io_channel channel)
{
	if (--channel->refcount > 0)
		return 0;
	free(channel->private_data);
	free(channel->name);
	free(channel);
	return 0;
}

static errcode_t io_set_blksize(io_channel channel, int blksize)
{
	channel->block_size = blksize;
	return 0;
}

/* libext2fs gives small parts of blocks as a negative count of bytes. */
static size_t bytes_of(io_channel channel, int count)
{
	return count < 0 ? (size_t)-count : (size_t)count * (size_t)channel->block_size;
}

static errcode_t io_read_blk64(io_channel channel, unsigned long long block, int count, void *data)
{
	struct target *t = target_of(channel);
	uint64_t at = t->offset + block * (uint64_t)channel->block_size;
	size_t len = bytes_of(channel, count);
	char *to = data;

	while (t->fd >= 0 && len) {
		ssize_t n = pread(t->fd, to, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			break;
		to += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	memset(to, 0, len);
	return 0;
}

static errcode_t write_at(struct target *t, uint64_t at, const void *data, size_t len)
{
	const char *from = data;

	while (t->fd >= 0 && len) {
		ssize_t n = pwrite(t->fd, from, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		from += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

static errcode_t io_write_blk64(io_channel channel, unsigned long long block, int count, const void *data)
{
	struct target *t = target_of(channel);

	return write_at(t, t->offset + block * (uint64_t)channel->block_size, data, bytes_of(channel, count));
}

static errcode_t io_read_blk(io_channel channel, unsigned long block, int count, void *data)
{
	return io_read_blk64(channel, block, count, data);
}

static errcode_t io_write_blk(io_channel channel, unsigned long block, int count, const void *data)
{
	return io_write_blk64(channel, block, count, data);
}

static errcode_t io_write_byte(io_channel channel, unsigned long offset, int count, const void *data)
{
	struct target *t = target_of(channel);

	return write_at(t, t->offset + offset, data, (size_t)count);
}

static errcode_t io_flush(io_channel channel)
{
	return 0;
}

/* Nothing has been written to what libext2fs wants zeroed: an image is made in one pass. */
static errcode_t io_zeroout(io_channel channel, unsigned long long block, unsigned long long count)
{
	return 0;
}

struct struct_io_manager ext_io_manager = {
	.magic = EXT2_ET_MAGIC_IO_MANAGER,
	.name = "ferry",
	.open = io_open,
	.close = io_close,
	.set_blksize = io_set_blksize,
	.read_blk = io_read_blk,
	.write_blk = io_write_blk,
	.flush = io_flush,
	.write_byte = io_write_byte,
	.read_blk64 = io_read_blk64,
	.write_blk64 = io_write_blk64,
	.discard = io_zeroout,
	.zeroout = io_zeroout,
};
