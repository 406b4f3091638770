// SPDX-License-Identifier: GPL-2.0-only
/*
 * How libext2fs reaches the output file: an io_manager that reads and writes at an offset of a file
 * descriptor that stays open, or, for planning, writes nowhere and reads zeros. See
 * lib/ext2fs/ext2_io.h for the interface.
 */
#include "image/ext/ext.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/gather.h"

struct target {
	struct gather gather;
	uint64_t offset; /* of the file system in the file */
};

void ext_io_name(char name[64], int fd, uint64_t offset)
{
	snprintf(name, 64, "%d@%" PRIu64, fd, offset);
}

static struct target *target_of(io_channel channel)
{
	return channel->private_data;
}

static errcode_t result(int rc)
{
	return rc < 0 ? errno : 0;
}

static errcode_t io_open(const char *name, int flags, io_channel *channel)
{
	io_channel c = calloc(1, sizeof(*c));
	struct target *target = calloc(1, sizeof(*target));
	char *end;
	int fd;

	if (!c || !target)
		goto fail;
	fd = (int)strtol(name, &end, 10);
	target->offset = strtoull(end + 1, NULL, 10);
	c->name = strdup(name);
	if (!c->name || gather_open(&target->gather, fd, NULL) < 0)
		goto fail;
	c->magic = EXT2_ET_MAGIC_IO_CHANNEL;
	c->manager = &ext_io_manager;
	c->block_size = 1024;
	c->refcount = 1;
	/* What was never written reads as zeros: there is no need to write those. */
	c->flags = CHANNEL_FLAGS_DISCARD_ZEROES;
	c->private_data = target;
	*channel = c;
	return 0;

fail:
	if (c)
		free(c->name);
	free(c);
	free(target);
	return EXT2_ET_NO_MEMORY;
}

static errcode_t io_close(io_channel channel)
{
	struct target *t = target_of(channel);
	errcode_t code;

	if (--channel->refcount > 0)
		return 0;
	code = result(gather_flush(&t->gather, NULL));
	gather_close(&t->gather);
	free(t);
	free(channel->name);
	free(channel);
	return code;
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

	return result(gather_read(&t->gather, at, data, bytes_of(channel, count), NULL));
}

static errcode_t io_write_blk64(io_channel channel, unsigned long long block, int count,
				const void *data)
{
	struct target *t = target_of(channel);
	uint64_t at = t->offset + block * (uint64_t)channel->block_size;

	return result(gather_write(&t->gather, at, data, bytes_of(channel, count), NULL));
}

static errcode_t io_read_blk(io_channel channel, unsigned long block, int count, void *data)
{
	return io_read_blk64(channel, block, count, data);
}

static errcode_t io_write_blk(io_channel channel, unsigned long block, int count, const void *data)
{
	return io_write_blk64(channel, block, count, data);
}

static errcode_t io_write_byte(io_channel channel, unsigned long offset, int count,
			       const void *data)
{
	struct target *t = target_of(channel);

	return result(gather_write(&t->gather, t->offset + offset, data, (size_t)count, NULL));
}

static errcode_t io_flush(io_channel channel)
{
	return result(gather_flush(&target_of(channel)->gather, NULL));
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
