// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks of a file: allocation, one run after the other, and the extents or indirect blocks that
 * name them. See ext.h.
 */
#include "image/ext/ext.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define EXTENT_MAX 32768 /* blocks in one extent */

/* Adds a run, joining it to the last one where it goes on from there. */
static int add_run(struct ext_map *map, uint32_t logical, blk64_t physical, uint32_t count,
		   struct error *err)
{
	struct ext_run *last = map->count ? &map->run[map->count - 1] : NULL, *added;

	if (last && last->logical + last->count == logical &&
	    last->physical + last->count == physical && last->count + count <= EXTENT_MAX) {
		last->count += count;
		return 0;
	}
	added = ARRAY_ADD(map->run, map->count);
	if (!added)
		return error_set(err, "out of memory");
	*added = (struct ext_run){ logical, physical, count };
	return 0;
}

int ext_map_grow(struct ext *ext, struct ext_map *map, uint32_t logical, uint32_t count,
		 struct error *err)
{
	while (count) {
		blk64_t want = count < EXTENT_MAX ? count : EXTENT_MAX, start, got;
		errcode_t code = ext2fs_new_range(ext->fs, 0, ext->goal, want, NULL, &start, &got);

		if (code)
			return error_set(err, "the file system is full: raise its size");
		ext2fs_block_alloc_stats_range(ext->fs, start, got, +1);
		ext->goal = start + got;
		if (add_run(map, logical, start, (uint32_t)got, err) < 0)
			return -1;
		logical += (uint32_t)got;
		count -= (uint32_t)got;
	}
	return 0;
}

void ext_map_free(struct ext_map *map)
{
	free(map->run);
	*map = (struct ext_map){ 0 };
}

static blk64_t count_blocks(const struct ext_map *map)
{
	blk64_t blocks = 0;

	for (size_t i = 0; i < map->count; i++)
		blocks += map->run[i].count;
	return blocks;
}

errcode_t ext_write_inode(struct ext *ext, ext2_ino_t ino, struct ext2_inode_large *inode)
{
	int size = EXT2_INODE_SIZE(ext->fs->super), known = sizeof(*inode);

	/*
	 * An inode on the disk may be larger than its known fields, or have the first of them only.
	 */
	return ext2fs_write_inode_full(ext->fs, ino, (struct ext2_inode *)inode,
				       size < known ? size : known);
}

/* An extent tree's root holds four extents, in the inode itself. */
#define ROOT_EXTENTS 4

static void store_root(const struct ext_map *map, struct ext2_inode_large *inode)
{
	struct ext3_extent_header *header = (struct ext3_extent_header *)inode->i_block;
	struct ext3_extent *extent = (struct ext3_extent *)(header + 1);

	header->eh_magic = ext2fs_cpu_to_le16(EXT3_EXT_MAGIC);
	header->eh_max = ext2fs_cpu_to_le16(ROOT_EXTENTS);
	header->eh_entries = ext2fs_cpu_to_le16((uint16_t)map->count);
	for (size_t i = 0; i < map->count; i++, extent++) {
		extent->ee_block = ext2fs_cpu_to_le32(map->run[i].logical);
		extent->ee_len = ext2fs_cpu_to_le16((uint16_t)map->run[i].count);
		extent->ee_start = ext2fs_cpu_to_le32((uint32_t)map->run[i].physical);
		extent->ee_start_hi = ext2fs_cpu_to_le16((uint16_t)(map->run[i].physical >> 32));
	}
}

static errcode_t insert_extents(ext2_extent_handle_t handle, const struct ext_map *map)
{
	errcode_t code = 0;

	for (size_t i = 0; i < map->count && !code; i++) {
		struct ext2fs_extent extent = {
			.e_lblk = map->run[i].logical,
			.e_pblk = map->run[i].physical,
			.e_len = map->run[i].count,
		};

		code = ext2fs_extent_insert(handle, i ? EXT2_EXTENT_INSERT_AFTER : 0, &extent);
		if (!code)
			code = ext2fs_extent_fix_parents(handle);
	}
	return code;
}

/* More extents than the root holds: libext2fs allocates and fills the tree's blocks. */
static errcode_t store_tree(struct ext *ext, const struct ext_map *map, ext2_ino_t ino,
			    struct ext2_inode_large *inode)
{
	struct ext2_inode *plain = (struct ext2_inode *)inode;
	ext2_extent_handle_t handle;
	errcode_t code;

	store_root(&(struct ext_map){ 0 }, inode);
	code = ext_write_inode(ext, ino, inode);
	if (!code)
		code = ext2fs_extent_open2(ext->fs, ino, plain, &handle);
	if (code)
		return code;
	code = insert_extents(handle, map);
	ext2fs_extent_free(handle);
	return code;
}

/* ext2 and ext3: block by block; libext2fs allocates the indirect blocks. */
static errcode_t store_indirect(struct ext *ext, const struct ext_map *map, ext2_ino_t ino,
				struct ext2_inode_large *inode)
{
	struct ext2_inode *plain = (struct ext2_inode *)inode;
	errcode_t code = ext_write_inode(ext, ino, inode);

	for (size_t i = 0; i < map->count && !code; i++)
		for (uint32_t b = 0; b < map->run[i].count && !code; b++) {
			blk64_t physical = map->run[i].physical + b;

			code = ext2fs_bmap2(ext->fs, ino, plain, NULL, BMAP_SET | BMAP_ALLOC,
					    map->run[i].logical + b, NULL, &physical);
		}
	return code;
}

int ext_map_store(struct ext *ext, const struct ext_map *map, ext2_ino_t ino,
		  struct ext2_inode_large *inode, struct error *err)
{
	struct ext2_inode *plain = (struct ext2_inode *)inode;
	errcode_t code;

	ext2fs_iblk_set(ext->fs, plain, count_blocks(map));
	if (!ext2fs_has_feature_extents(ext->fs->super)) {
		code = store_indirect(ext, map, ino, inode);
	} else {
		inode->i_flags |= EXT4_EXTENTS_FL;
		if (map->count <= ROOT_EXTENTS) {
			store_root(map, inode);
			code = 0;
		} else {
			code = store_tree(ext, map, ino, inode);
		}
	}
	if (!code)
		code = ext_write_inode(ext, ino, inode);
	return code ? ext_error(err, code, "cannot write an inode") : 0;
}

int ext_map_write(struct ext *ext, const struct ext_map *map, uint32_t logical, const void *data,
		  size_t len, struct error *err)
{
	uint32_t block_size = ext->fs->blocksize;
	const uint8_t *from = data;

	for (size_t i = map->count; len && i-- > 0;) {
		const struct ext_run *run = &map->run[i];
		uint32_t skip;
		uint64_t room;

		/* Writes go to the end of the map as a rule, so the search starts there. */
		if (logical < run->logical || logical >= run->logical + run->count)
			continue;
		skip = logical - run->logical;
		room = (uint64_t)(run->count - skip) * block_size;
		if (room > len)
			room = len;
		if (gather_write(&ext->contents, ext->offset + (run->physical + skip) * block_size,
				 from, (size_t)room, err) < 0)
			return -1;
		from += room;
		len -= (size_t)room;
		logical += (uint32_t)(room / block_size);
		i = map->count;
	}
	return len ? error_set(err, "internal: a block that the file does not have") : 0;
}
