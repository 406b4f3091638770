// SPDX-License-Identifier: GPL-2.0-only
/* What an image is written to: see target.h. */
#include "flash/target.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB(bytes) ((double)(bytes) / 1048576)

static const struct {
	const char *name, *command;
	uint8_t magic[6];
	size_t len;
} packed[] = {
	{ "gzip", "gunzip", { 0x1f, 0x8b }, 2 },
	{ "xz", "unxz", { 0xfd, '7', 'z', 'X', 'Z', 0 }, 6 },
	{ "zstd", "unzstd", { 0x28, 0xb5, 0x2f, 0xfd }, 4 },
	{ "zip", "unzip", { 'P', 'K', 3, 4 }, 4 },
	{ "bzip2", "bunzip2", { 'B', 'Z', 'h' }, 3 },
};

static int64_t changed_ns(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static int check_packed(const struct source *source, struct error *err)
{
	uint8_t head[6] = { 0 };

	if (pread(source->fd, head, sizeof(head), 0) < 0)
		return error_errno(err, "%s: cannot read", source->path);
	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++)
		if (memcmp(head, packed[i].magic, packed[i].len) == 0)
			return error_set(err, "%s: is packed with %s: unpack it first (%s)",
					 source->path, packed[i].name, packed[i].command);
	return 0;
}

int source_open(struct source *source, const char *path, struct error *err)
{
	struct stat st;

	*source = (struct source){ .path = path,
				   .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
	if (source->fd < 0)
		return error_errno(err, "%s: cannot open", path);
	if (fstat(source->fd, &st) < 0) {
		error_errno(err, "%s: cannot read", path);
		goto fail;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, "%s: is not a regular file; the image comes first, then the device",
			  path);
		goto fail;
	}
	source->size = (uint64_t)st.st_size;
	source->changed_ns = changed_ns(&st);
	if (!source->size) {
		error_set(err, "%s: is empty", path);
		goto fail;
	}
	if (check_packed(source, err) == 0)
		return 0;
fail:
	source_close(source);
	return -1;
}

int source_check(const struct source *source, struct error *err)
{
	struct stat st;

	if (fstat(source->fd, &st) < 0)
		return error_errno(err, "%s: cannot read", source->path);
	if ((uint64_t)st.st_size != source->size || changed_ns(&st) != source->changed_ns)
		return error_set(err, "%s: was changed meanwhile", source->path);
	return 0;
}

void source_close(struct source *source)
{
	if (source->fd >= 0)
		close(source->fd);
	source->fd = -1;
}

static int check_size(const struct target *target, const struct source *source,
		      const struct target_options *options, struct error *err)
{
	const char *path = target->path;

	if (!target->size)
		return error_set(err, "%s: its size is 0: is there a card in it?", path);
	if (source->size > target->size)
		return error_set(err,
				 "%s: its %" PRIu64
				 " bytes (%.1f MiB) are too few for the image's %" PRIu64
				 " (%.1f MiB)%s",
				 path, target->size, MIB(target->size), source->size,
				 MIB(source->size),
				 target->block ? "" : "; --create makes the file longer");
	if (target->size > TARGET_LARGEST && !options->force)
		return error_set(err,
				 "%s: has %.0f GiB, more than a card has: is it the right one? "
				 "--force writes to it",
				 path, MIB(target->size) / 1024);
	return 0;
}

/*
 * Size and state come from the device itself, opened for reading only, which changes and disturbs
 * nothing.
 */
static int examine_block(struct target *target, dev_t dev, const struct source *source,
			 const struct target_options *options, struct error *err)
{
	const char *path = target->path;
	int fd, read_only = 0, sector = 512, rc = -1;

	target->block = true;
	if (block_info_read(&target->info, &flash_host, dev, path, err) < 0)
		return -1;
	if (*target->info.whole)
		return error_set(err,
				 "%s: is a partition; an image goes onto the whole device, /dev/%s",
				 path, target->info.whole);
	if (block_check_unused(&target->info, &flash_host, path, err) < 0)
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return error_errno(
			err, errno == ENOMEDIUM ? "%s: there is no card in it" : "%s: cannot open",
			path);
	if (ioctl(fd, BLKROGET, &read_only) < 0 || ioctl(fd, BLKSSZGET, &sector) < 0 ||
	    ioctl(fd, BLKGETSIZE64, &target->size) < 0)
		error_errno(err, "%s: does not tell its size", path);
	else if (read_only)
		error_set(err, "%s: is read-only; a card may have a lock slider", path);
	else
		rc = check_size(target, source, options, err);
	close(fd);
	target->sector = (uint32_t)sector;
	return rc;
}

static int examine_file(struct target *target, const struct stat *st, const struct source *source,
			const struct target_options *options, struct error *err)
{
	struct stat image;

	if (fstat(source->fd, &image) < 0)
		return error_errno(err, "%s: cannot read", source->path);
	if (image.st_dev == st->st_dev && image.st_ino == st->st_ino)
		return error_set(err, "%s: is the image itself", target->path);
	target->size = (uint64_t)st->st_size;
	if (options->create && target->size < source->size)
		target->size = source->size;
	if (access(target->path, W_OK) < 0)
		return error_errno(err, "%s: cannot be written to", target->path);
	return check_size(target, source, options, err);
}

int target_examine(struct target *target, const char *path, const struct source *source,
		   const struct target_options *options, struct error *err)
{
	struct stat st;
	int rc;

	*target = (struct target){ .path = path, .fd = -1, .sector = 1 };
	if (stat(path, &st) < 0) {
		if (errno != ENOENT || !options->create || strncmp(path, "/dev/", 5) == 0)
			return error_errno(err,
					   errno == ENOENT && strncmp(path, "/dev/", 5) != 0 ?
						   "%s: cannot open (--create makes it a file)" :
						   "%s: cannot open",
					   path);
		target->created = true;
		target->size = source->size;
		return 0;
	}
	if (S_ISBLK(st.st_mode))
		rc = examine_block(target, st.st_rdev, source, options, err);
	else if (S_ISREG(st.st_mode))
		rc = examine_file(target, &st, source, options, err);
	else
		rc = error_set(err, "%s: is neither a block device nor a regular file", path);
	if (rc < 0)
		block_info_free(&target->info);
	return rc;
}

/* Nobody else writes to the file: QEMU, for one, locks its images. */
static int lock_file(const struct target *target, struct error *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (fcntl(target->fd, F_OFD_SETLK, &lock) < 0 && (errno == EAGAIN || errno == EACCES))
		return error_set(err, "%s: another program uses it", target->path);
	return 0;
}

int target_open(struct target *target, const struct source *source, struct error *err)
{
	int flags = O_RDWR | O_CLOEXEC;
	struct stat st;

	if (target->block)
		flags |= O_EXCL | O_DIRECT;
	else if (target->created)
		flags |= O_CREAT | O_EXCL;
	target->fd = open(target->path, flags, 0666);
	if (target->fd < 0) {
		target->created = false;
		return error_errno(err,
				   errno == EBUSY ?
					   "%s: is in use, perhaps mounted in a container" :
					   "%s: cannot open for writing",
				   target->path);
	}
	if (fstat(target->fd, &st) < 0)
		return error_errno(err, "%s: cannot read", target->path);
	if (target->block)
		return S_ISBLK(st.st_mode) && st.st_rdev == target->info.devices[0] ?
			       0 :
			       error_set(err, "%s: became another device meanwhile", target->path);
	if (lock_file(target, err) < 0)
		return -1;
	if ((uint64_t)st.st_size < source->size && ftruncate(target->fd, (off_t)source->size) < 0)
		return error_errno(err, "%s: cannot make it %" PRIu64 " bytes long", target->path,
				   source->size);
	return 0;
}

void target_close(struct target *target, bool keep)
{
	if (target->fd >= 0)
		close(target->fd);
	if (target->fd >= 0 && target->created && !keep)
		unlink(target->path);
	target->fd = -1;
	block_info_free(&target->info);
}
