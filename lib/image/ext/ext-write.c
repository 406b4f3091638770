// SPDX-License-Identifier: GPL-2.0-only
/* Writes the files of a tree into an ext file system: inodes, contents, directories. See ext.h. */
#include "image/ext/ext.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/copy.h"

/*
 * Zeros are left out of a file in units of this size, so that a few of them do not break it into
 * pieces.
 */
#define HOLE_UNIT 65536
#define LINKS_MAX 65000

static void set_times(struct ext2_inode_large *inode, int64_t time)
{
	uint32_t high = (uint32_t)((uint64_t)time >> 32) & 3;

	inode->i_atime = inode->i_ctime = inode->i_mtime = (uint32_t)time;
	inode->i_crtime = (uint32_t)time;
	/* Times after 2038 keep their upper two bits here. */
	inode->i_atime_extra = inode->i_ctime_extra = inode->i_mtime_extra = inode->i_crtime_extra =
		high;
}

static void set_owner(struct ext2_inode_large *inode, uint32_t uid, uint32_t gid)
{
	inode->i_uid = (uint16_t)uid;
	inode->i_gid = (uint16_t)gid;
	ext2fs_set_i_uid_high(*inode, (uint16_t)(uid >> 16));
	ext2fs_set_i_gid_high(*inode, (uint16_t)(gid >> 16));
}

static void start_inode(const struct ext *ext, const struct tree_node *node,
			struct ext2_inode_large *inode)
{
	memset(inode, 0, sizeof(*inode));
	inode->i_mode = (uint16_t)node->mode;
	inode->i_links_count = (uint16_t)(node->links > LINKS_MAX ? 1 : node->links);
	if (EXT2_INODE_SIZE(ext->fs->super) > EXT2_GOOD_OLD_INODE_SIZE)
		inode->i_extra_isize = sizeof(*inode) - EXT2_GOOD_OLD_INODE_SIZE;
	set_times(inode, node->mtime);
	set_owner(inode, node->uid, node->gid);
}

static int write_plain(struct ext *ext, uint32_t ino, struct ext2_inode_large *inode,
		       struct error *err)
{
	errcode_t code = ext_write_inode(ext, ino, inode);

	return code ? ext_error(err, code, "cannot write an inode") : 0;
}

/*
 * Allocates blocks for a piece of a file at byte AT, and writes it: whole blocks, so DATA must have
 * room for zeros up to the end of the last one.
 */
static int add_piece(struct ext *ext, struct ext_map *map, uint64_t at, uint8_t *data, size_t len,
		     struct error *err)
{
	uint32_t size = ext->fs->blocksize, logical = (uint32_t)(at / size);
	uint32_t count = (uint32_t)((len + size - 1) / size);

	memset(data + len, 0, (size_t)count * size - len);
	if (ext_map_grow(ext, map, logical, count, err) < 0)
		return -1;
	return ext_map_write(ext, map, logical, data, (size_t)count * size, err);
}

/* Adds a stretch of contents that was read, but for the units that are zero. */
static int add_contents(struct ext *ext, struct ext_map *map, uint64_t at, uint8_t *data,
			size_t len, struct error *err)
{
	size_t start = 0;

	for (size_t unit = 0; unit < len; unit += HOLE_UNIT) {
		size_t n = len - unit < HOLE_UNIT ? len - unit : HOLE_UNIT;

		if (!copy_is_zero(data + unit, n))
			continue;
		if (unit > start &&
		    add_piece(ext, map, at + start, data + start, unit - start, err) < 0)
			return -1;
		start = unit + n;
	}
	return start < len ? add_piece(ext, map, at + start, data + start, len - start, err) : 0;
}

static int read_fully(int fd, uint8_t *buf, size_t len, uint64_t at, const char *path,
		      struct error *err)
{
	while (len) {
		ssize_t n = pread(fd, buf, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot read", path);
		if (n == 0)
			return error_set(err, "%s: became shorter while it was being read", path);
		buf += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

/*
 * Where the next data is at or after AT, on a border of a hole unit: what the host has as a hole is
 * not read.
 */
static uint64_t next_data(const struct tree_node *node, int fd, uint64_t at)
{
	off_t data;

	if (node->stored >= node->size)
		return at;
	data = lseek(fd, (off_t)at, SEEK_DATA);
	if (data < 0)
		return errno == ENXIO ? node->size : at;
	return (uint64_t)data - (uint64_t)data % HOLE_UNIT;
}

static int copy_contents(struct ext *ext, const struct tree_node *node, int fd, struct ext_map *map,
			 struct error *err)
{
	uint64_t at = 0;

	while ((at = next_data(node, fd, at)) < node->size) {
		size_t len = node->size - at < EXT_BUFFER ? (size_t)(node->size - at) : EXT_BUFFER;

		if (read_fully(fd, ext->buf, len, at, node->source, err) < 0 ||
		    add_contents(ext, map, at, ext->buf, len, err) < 0)
			return -1;
		at += len;
		ext->done += len;
		progress_report(ext->progress, "ext4", ext->done, ext->total);
	}
	return 0;
}

static int write_file(struct ext *ext, const struct tree_node *node, struct ext2_inode_large *inode,
		      struct error *err)
{
	struct ext_map map = { 0 };
	int fd, rc = 0;

	ext2fs_inode_size_set(ext->fs, (struct ext2_inode *)inode, (ext2_off64_t)node->size);
	if (node->size) {
		fd = open(node->source, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return error_errno(err, "%s: cannot open", node->source);
		rc = copy_contents(ext, node, fd, &map, err);
		close(fd);
	}
	if (rc == 0)
		rc = ext_map_store(ext, &map, node->number, inode, err);
	ext_map_free(&map);
	return rc;
}

static int write_symlink(struct ext *ext, const struct tree_node *node,
			 struct ext2_inode_large *inode, struct error *err)
{
	size_t len = strlen(node->target);
	struct ext_map map = { 0 };
	int rc;

	inode->i_size = (uint32_t)len;
	if (len < sizeof(inode->i_block)) {
		memcpy(inode->i_block, node->target, len);
		return write_plain(ext, node->number, inode, err);
	}
	memcpy(ext->buf, node->target, len);
	rc = add_piece(ext, &map, 0, ext->buf, len, err);
	if (rc == 0)
		rc = ext_map_store(ext, &map, node->number, inode, err);
	ext_map_free(&map);
	return rc;
}

/* Small numbers have the old encoding, others the new one, as the kernel writes them. */
static int write_device(struct ext *ext, const struct tree_node *node,
			struct ext2_inode_large *inode, struct error *err)
{
	if (node->major < 256 && node->minor < 256)
		inode->i_block[0] = node->major * 256 + node->minor;
	else
		inode->i_block[1] =
			(node->minor & 0xff) | (node->major << 8) | ((node->minor & ~0xffU) << 12);
	return write_plain(ext, node->number, inode, err);
}

static int write_directory_blocks(struct ext *ext, const struct tree_node *node,
				  const struct ext_directory *dir, const struct ext_map *map,
				  struct error *err)
{
	uint32_t size = ext->fs->blocksize;

	for (uint32_t i = 0; i < dir->blocks; i++) {
		errcode_t code = 0;

		if (ext2fs_has_feature_metadata_csum(ext->fs->super))
			code = ext2fs_dir_block_csum_set(
				ext->fs, node->number,
				(struct ext2_dir_entry *)(dir->data + (size_t)i * size));
		if (code)
			return ext_error(err, code, "cannot write a directory");
	}
	return ext_map_write(ext, map, 0, dir->data, (size_t)dir->blocks * size, err);
}

static int write_directory(struct ext *ext, const struct tree_node *node,
			   struct ext2_inode_large *inode, struct error *err)
{
	struct ext_directory dir;
	struct ext_map map = { 0 };
	int rc = ext_directory_make(&dir, ext->fs, node, err);

	if (rc < 0)
		return rc;
	inode->i_size = dir.blocks * ext->fs->blocksize;
	if (dir.indexed)
		inode->i_flags |= EXT2_INDEX_FL;
	rc = ext_map_grow(ext, &map, 0, dir.blocks, err);
	/* The checksums of the blocks take the inode's generation, so it is stored first. */
	if (rc == 0)
		rc = ext_map_store(ext, &map, node->number, inode, err);
	if (rc == 0)
		rc = write_directory_blocks(ext, node, &dir, &map, err);
	ext_map_free(&map);
	free(dir.data);
	return rc;
}

static int write_node(struct ext *ext, const struct tree_node *node, struct error *err)
{
	struct ext2_inode_large inode;

	start_inode(ext, node, &inode);
	ext2fs_inode_alloc_stats2(ext->fs, node->number, +1, S_ISDIR(node->mode));
	switch (node->mode & S_IFMT) {
	case S_IFREG:
		return write_file(ext, node, &inode, err);
	case S_IFDIR:
		return write_directory(ext, node, &inode, err);
	case S_IFLNK:
		return write_symlink(ext, node, &inode, err);
	case S_IFCHR:
	case S_IFBLK:
		return write_device(ext, node, &inode, err);
	default:
		return write_plain(ext, node->number, &inode, err);
	}
}

struct walk {
	struct ext *ext;
	struct error *err;
};

static int each_node(struct tree_node *node, void *arg)
{
	struct walk *w = arg;
	char path[256];

	if (node->hardlink)
		return 0;
	if (write_node(w->ext, node, w->err) == 0)
		return 0;
	return error_prefix(w->err, "%s", tree_path(node, path, sizeof(path)));
}

static int each_size(struct tree_node *node, void *arg)
{
	struct ext *ext = arg;

	if (S_ISREG(node->mode) && !node->hardlink)
		ext->total += node->size;
	return 0;
}

int ext_write_tree(struct ext *ext, const struct ext_plan *plan, struct error *err)
{
	struct walk w = { ext, err };

	ext->buf = malloc(EXT_BUFFER + EXT2_MAX_BLOCK_SIZE);
	if (!ext->buf)
		return error_set(err, "out of memory");
	if (gather_open(&ext->contents, ext->fd, err) < 0)
		return -1;
	ext->goal = ext->fs->super->s_first_data_block;
	(void)tree_walk(plan->tree, each_size, ext);
	if (tree_walk(plan->tree, each_node, &w) != 0)
		return -1;
	return gather_flush(&ext->contents, err);
}
