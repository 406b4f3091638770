// SPDX-License-Identifier: GPL-2.0-only
/* A readable range of bytes: see disk.h. */
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int disk_open(struct disk *disk, const char *path, struct error *err)
{
	struct stat st;
	off_t end;

	/* O_NONBLOCK: a pipe is refused below, rather than waited for. */
	*disk = (struct disk){ .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), .name = path };
	if (disk->fd < 0)
		return error_errno(err, "%s: cannot open", path);
	if (fstat(disk->fd, &st) < 0) {
		error_errno(err, "%s: cannot read", path);
		goto fail;
	}
	if (!S_ISREG(st.st_mode) && !S_ISBLK(st.st_mode)) {
		error_set(err, "%s: neither a regular file nor a block device", path);
		goto fail;
	}
	end = lseek(disk->fd, 0, SEEK_END);
	if (end < 0) {
		error_errno(err, "%s: cannot find its size", path);
		goto fail;
	}
	disk->size = (uint64_t)end;
	return 0;

fail:
	disk_close(disk);
	return -1;
}

void disk_from_memory(struct disk *disk, const void *memory, size_t size, const char *name)
{
	*disk = (struct disk){ .fd = -1, .memory = memory, .size = size, .name = name };
}

int disk_slice(struct disk *slice, const struct disk *disk, uint64_t start, uint64_t size,
	       struct error *err)
{
	if (start > disk->size || size > disk->size - start)
		return error_set(err,
				 "%s: bytes %" PRIu64 " to %" PRIu64
				 " are beyond its end at %" PRIu64,
				 disk->name, start, start + size, disk->size);
	*slice = *disk;
	slice->start += start;
	slice->size = size;
	return 0;
}

int disk_read(const struct disk *disk, uint64_t offset, void *buf, size_t len, struct error *err)
{
	uint8_t *to = buf;

	if (offset > disk->size || len > disk->size - offset)
		return error_set(err,
				 "%s: bytes %" PRIu64 " to %" PRIu64
				 " are beyond its end at %" PRIu64,
				 disk->name, offset, offset + len, disk->size);
	if (disk->fd < 0) {
		if (len)
			memcpy(buf, disk->memory + disk->start + offset, len);
		return 0;
	}
	while (len) {
		ssize_t got = pread(disk->fd, to, len, (off_t)(disk->start + offset));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, "%s: cannot read at byte %" PRIu64, disk->name,
					   offset);
		if (got == 0)
			return error_set(err, "%s: ended at byte %" PRIu64 " while being read",
					 disk->name, offset);
		to += got;
		offset += (uint64_t)got;
		len -= (size_t)got;
	}
	return 0;
}

void disk_close(struct disk *disk)
{
	if (disk->fd >= 0)
		close(disk->fd);
	*disk = (struct disk){ .fd = -1 };
}
