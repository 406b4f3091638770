// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories of ext file systems, built whole in memory: a list of entries for a small one, a hash
 * tree (HTree) for a large one. Layout: the kernel's Documentation/filesystems/ext4/directory.rst.
 * See ext.h.
 */
#include "image/ext/ext.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"

#define LINEAR_BLOCKS 2 /* a directory of more blocks gets an index, as with e2fsck -D */
#define NAME_MAX_LEN  255
/* struct ext2_dir_entry_tail, at the end of each block with metadata_csum */
#define TAIL_SIZE 12
#define DOTS_SIZE 24 /* the entries `.` and `..` */
/* one part in so many of an indexed block stays free for later entries */
#define SLACK 8

struct entry {
	const char *name;
	uint32_t len, ino, hash, minor;
	uint8_t type;
};

/* A directory while it is being filled, block by block. */
struct filler {
	ext2_filsys fs;
	struct ext_directory *dir;
	uint32_t usable;	     /* bytes of a block for entries */
	uint32_t used;		     /* in the last block */
	struct ext2_dir_entry *last; /* in the last block, or NULL */
};

static uint8_t type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return EXT2_FT_REG_FILE;
	case S_IFDIR:
		return EXT2_FT_DIR;
	case S_IFCHR:
		return EXT2_FT_CHRDEV;
	case S_IFBLK:
		return EXT2_FT_BLKDEV;
	case S_IFIFO:
		return EXT2_FT_FIFO;
	case S_IFLNK:
		return EXT2_FT_SYMLINK;
	default:
		return EXT2_FT_UNKNOWN;
	}
}

static uint32_t record_size(uint32_t name_len)
{
	return (8 + name_len + 3) & ~3U;
}

uint32_t ext_directory_bound(const struct tree_node *node, uint32_t block_size)
{
	uint64_t bytes = DOTS_SIZE,
		 room = block_size - block_size / SLACK - TAIL_SIZE - record_size(NAME_MAX_LEN);
	uint64_t blocks;

	for (size_t i = 0; i < node->children; i++)
		bytes += record_size((uint32_t)strlen(node->child[i]->name));
	blocks = bytes / room + 1;
	/* The index: a root, and a node for every so many blocks. */
	return (uint32_t)(blocks +
			  (blocks > LINEAR_BLOCKS ? 1 + blocks / (block_size / 8 - 2) + 1 : 0));
}

static int new_block(struct filler *f, struct error *err)
{
	if (!array_add(&f->dir->data, &f->dir->blocks, f->fs->blocksize))
		return error_set(err, "out of memory");
	f->used = 0;
	f->last = NULL;
	return 0;
}

static uint8_t *block(const struct filler *f, size_t number)
{
	return f->dir->data + number * f->fs->blocksize;
}

/*
 * The last entry's record reaches to the end of the block; a tail for the checksum follows where
 * there is one.
 */
static void end_block(struct filler *f)
{
	uint8_t *start = block(f, f->dir->blocks - 1);
	struct ext2_dir_entry *last = f->last ? f->last : (struct ext2_dir_entry *)start;
	uint32_t at = (uint32_t)((uint8_t *)last - start);

	(void)ext2fs_set_rec_len(f->fs, f->usable - at, last);
	if (f->usable < f->fs->blocksize)
		ext2fs_initialize_dirent_tail(f->fs, EXT2_DIRENT_TAIL(start, f->fs->blocksize));
}

static void put_entry(struct filler *f, const char *name, uint32_t len, uint32_t ino, uint8_t type)
{
	struct ext2_dir_entry *e =
		(struct ext2_dir_entry *)(block(f, f->dir->blocks - 1) + f->used);

	e->inode = ino;
	ext2fs_dirent_set_name_len(e, (int)len);
	if (ext2fs_has_feature_filetype(f->fs->super))
		ext2fs_dirent_set_file_type(e, type);
	memcpy(e->name, name, len);
	(void)ext2fs_set_rec_len(f->fs, record_size(len), e);
	f->last = e;
	f->used += record_size(len);
}

static uint32_t parent_ino(const struct tree_node *node)
{
	return node->parent ? node->parent->number : node->number;
}

static void put_dots(struct filler *f, const struct tree_node *node)
{
	put_entry(f, ".", 1, node->number, EXT2_FT_DIR);
	put_entry(f, "..", 2, parent_ino(node), EXT2_FT_DIR);
}

static int fill_linear(struct filler *f, const struct tree_node *node, const struct entry *entries,
		       size_t n, struct error *err)
{
	if (new_block(f, err) < 0)
		return -1;
	put_dots(f, node);
	for (size_t i = 0; i < n; i++) {
		if (f->used + record_size(entries[i].len) > f->usable) {
			end_block(f);
			if (new_block(f, err) < 0)
				return -1;
		}
		put_entry(f, entries[i].name, entries[i].len, entries[i].ino, entries[i].type);
	}
	end_block(f);
	return 0;
}

static int by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->minor != y->minor)
		return x->minor < y->minor ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int hash_entries(ext2_filsys fs, struct entry *entries, size_t n, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		errcode_t code =
			ext2fs_dirhash2(fs->super->s_def_hash_version, entries[i].name,
					(int)entries[i].len, NULL, 0, fs->super->s_hash_seed,
					&entries[i].hash, &entries[i].minor);

		if (code)
			return ext_error(err, code, "cannot hash a file name");
	}
	qsort(entries, n, sizeof(*entries), by_hash);
	return 0;
}

/* The first hash of each leaf block, as the index names it. */
struct leaves {
	uint32_t *hash;
	size_t count;
	uint32_t first; /* the number of the first leaf's block */
};

static int add_leaf(struct filler *f, struct leaves *leaves, uint32_t hash, struct error *err)
{
	uint32_t *added;

	if (new_block(f, err) < 0)
		return -1;
	added = ARRAY_ADD(leaves->hash, leaves->count);
	if (!added)
		return error_set(err, "out of memory");
	*added = hash;
	return 0;
}

static int fill_leaves(struct filler *f, const struct entry *entries, size_t n,
		       struct leaves *leaves, struct error *err)
{
	uint32_t full = f->usable - f->usable / SLACK;

	leaves->first = (uint32_t)f->dir->blocks;
	for (size_t i = 0; i < n; i++) {
		uint32_t size = record_size(entries[i].len);

		if (i == 0 || f->used + size > full) {
			/*
			 * The lowest bit says that the same hash also stands at the end of the
			 * block before.
			 */
			bool goes_on = i && entries[i].hash == entries[i - 1].hash;

			if (i)
				end_block(f);
			if (add_leaf(f, leaves, entries[i].hash | (goes_on ? 1 : 0), err) < 0)
				return -1;
		}
		put_entry(f, entries[i].name, entries[i].len, entries[i].ino, entries[i].type);
	}
	end_block(f);
	return 0;
}

/*
 * Writes the index entries of one node. The first has no hash: the limit and the count stand in its
 * place.
 */
static void put_index(uint8_t *at, uint32_t limit, const uint32_t *hashes, uint32_t stride,
		      uint32_t first_block, uint32_t count)
{
	struct ext2_dx_entry *entry = (struct ext2_dx_entry *)at;
	struct ext2_dx_countlimit *head = (struct ext2_dx_countlimit *)at;

	for (uint32_t i = 0; i < count; i++) {
		if (i)
			entry[i].hash = ext2fs_cpu_to_le32(hashes[(size_t)i * stride]);
		entry[i].block = ext2fs_cpu_to_le32(first_block + i);
	}
	head->limit = ext2fs_cpu_to_le16((uint16_t)limit);
	head->count = ext2fs_cpu_to_le16((uint16_t)count);
}

static uint32_t index_limit(const struct filler *f, uint32_t header)
{
	uint32_t tail = f->usable < f->fs->blocksize ? sizeof(struct ext2_dx_tail) : 0;

	return (f->fs->blocksize - header - tail) / (uint32_t)sizeof(struct ext2_dx_entry);
}

#define ROOT_HEADER (DOTS_SIZE + 8) /* the dots and struct ext2_dx_root_info */
#define NODE_HEADER 8		    /* an empty directory entry */

/* A level of nodes between the root and the leaves, in blocks at the end of the directory. */
static int fill_nodes(struct filler *f, const struct leaves *leaves, uint32_t nodes,
		      struct error *err)
{
	uint32_t limit = index_limit(f, NODE_HEADER);

	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t from = i * limit, count = (uint32_t)leaves->count - from;
		uint8_t *at;

		if (new_block(f, err) < 0)
			return -1;
		at = block(f, f->dir->blocks - 1);
		(void)ext2fs_set_rec_len(f->fs, f->fs->blocksize, (struct ext2_dir_entry *)at);
		put_index(at + NODE_HEADER, limit, leaves->hash + from, 1, leaves->first + from,
			  count < limit ? count : limit);
	}
	return 0;
}

static int fill_index(struct filler *f, const struct tree_node *node, const struct leaves *leaves,
		      struct error *err)
{
	uint32_t root_limit = index_limit(f, ROOT_HEADER), node_limit = index_limit(f, NODE_HEADER);
	uint32_t count = (uint32_t)leaves->count;
	uint32_t nodes = count <= root_limit ? 0 : (count + node_limit - 1) / node_limit;
	uint32_t first_node = (uint32_t)f->dir->blocks;
	struct ext2_dx_root_info *info;
	struct filler root = *f;
	char path[256];

	if (nodes > root_limit)
		return error_set(err,
				 "%s: %zu files are too many for a directory of ext4 with blocks "
				 "of %d bytes",
				 tree_path(node, path, sizeof(path)), node->children,
				 f->fs->blocksize);
	if (nodes && fill_nodes(f, leaves, nodes, err) < 0)
		return -1;
	root.dir = &(struct ext_directory){ .data = f->dir->data, .blocks = 1 };
	root.used = 0;
	put_dots(&root, node);
	(void)ext2fs_set_rec_len(f->fs, f->fs->blocksize - DOTS_SIZE / 2, root.last);
	info = (struct ext2_dx_root_info *)(f->dir->data + DOTS_SIZE);
	info->hash_version = f->fs->super->s_def_hash_version;
	info->info_length = sizeof(*info);
	info->indirect_levels = nodes ? 1 : 0;
	if (nodes)
		put_index(f->dir->data + ROOT_HEADER, root_limit, leaves->hash, node_limit,
			  first_node, nodes);
	else
		put_index(f->dir->data + ROOT_HEADER, root_limit, leaves->hash, 1, leaves->first,
			  count);
	f->dir->indexed = true;
	return 0;
}

static int fill_indexed(struct filler *f, const struct tree_node *node, struct entry *entries,
			size_t n, struct error *err)
{
	struct leaves leaves = { 0 };
	int rc;

	f->dir->blocks = 0;
	rc = hash_entries(f->fs, entries, n, err);
	if (rc == 0)
		rc = new_block(f, err); /* for the root, filled at the end */
	if (rc == 0)
		rc = fill_leaves(f, entries, n, &leaves, err);
	if (rc == 0)
		rc = fill_index(f, node, &leaves, err);
	free(leaves.hash);
	return rc;
}

static int fill_empty_blocks(struct filler *f, uint32_t blocks, struct error *err)
{
	while (f->dir->blocks < blocks) {
		if (new_block(f, err) < 0)
			return -1;
		end_block(f);
	}
	return 0;
}

static struct entry *list_entries(const struct tree_node *node)
{
	struct entry *entries = calloc(node->children + 1, sizeof(*entries));

	for (size_t i = 0; entries && i < node->children; i++) {
		const struct tree_node *child = node->child[i];

		entries[i] = (struct entry){
			.name = child->name,
			.len = (uint32_t)strlen(child->name),
			.ino = child->hardlink ? child->hardlink->number : child->number,
			.type = type_of(child->mode),
		};
	}
	return entries;
}

static bool is_lost_found(const struct tree_node *node)
{
	return node->parent && !node->parent->parent && strcmp(node->name, EXT_LOST_FOUND) == 0;
}

int ext_directory_make(struct ext_directory *dir, ext2_filsys fs, const struct tree_node *node,
		       struct error *err)
{
	bool csum = ext2fs_has_feature_metadata_csum(fs->super);
	struct filler f = { .fs = fs,
			    .dir = dir,
			    .usable = fs->blocksize - (csum ? TAIL_SIZE : 0) };
	struct entry *entries = list_entries(node);
	int rc;

	*dir = (struct ext_directory){ 0 };
	if (!entries)
		return error_set(err, "out of memory");
	rc = fill_linear(&f, node, entries, node->children, err);
	if (rc == 0 && dir->blocks > LINEAR_BLOCKS && ext2fs_has_feature_dir_index(fs->super))
		rc = fill_indexed(&f, node, entries, node->children, err);
	if (rc == 0 && is_lost_found(node))
		rc = fill_empty_blocks(&f, EXT_LOST_FOUND_SIZE / fs->blocksize, err);
	free(entries);
	if (rc < 0) {
		free(dir->data);
		dir->data = NULL;
	}
	return rc;
}
