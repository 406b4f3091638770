// SPDX-License-Identifier: GPL-2.0-only
/*
 * An empty ext file system: what mke2fs does before it copies files, in the same order, with the
 * same defaults, and with every id and time given. See ext.h.
 */
#include "image/ext/ext.h"

#include <string.h>

int ext_error(struct error *err, errcode_t code, const char *what)
{
	if (code == ENOSPC || code == EDQUOT)
		return error_set(
			err,
			"the disk is full: free some space there, or choose another outputpath");
	return error_set(err, "%s: %s", what, error_message(code));
}

static void set_parameters(struct ext2_super_block *p, const struct ext_options *o, uint64_t blocks,
			   uint32_t inodes)
{
	memset(p, 0, sizeof(*p));
	p->s_rev_level = EXT2_DYNAMIC_REV;
	p->s_log_block_size = (uint32_t)__builtin_ctz(o->block_size) - EXT2_MIN_BLOCK_LOG_SIZE;
	p->s_log_cluster_size = p->s_log_block_size;
	p->s_feature_compat = o->compat;
	p->s_feature_incompat = o->incompat;
	p->s_feature_ro_compat = o->ro_compat;
	p->s_inode_size = (uint16_t)o->inode_size;
	p->s_inodes_count = inodes;
	p->s_errors = (uint16_t)o->errors;
	/* Character names hash as signed on every host, whatever its `char` is. */
	p->s_flags = EXT2_FLAGS_SIGNED_HASH;
	if (o->incompat & EXT4_FEATURE_INCOMPAT_FLEX_BG)
		p->s_log_groups_per_flex = 4;
	ext2fs_blocks_count_set(p, blocks);
	ext2fs_r_blocks_count_set(p, (blk64_t)((double)blocks * o->reserved / 100));
}

static void set_identity(ext2_filsys fs, const struct ext_options *o)
{
	struct ext2_super_block *sb = fs->super;

	fs->now = (time_t)o->time;
	sb->s_mkfs_time = sb->s_lastcheck = sb->s_wtime = (uint32_t)o->time;
	sb->s_max_mnt_count = -1;
	sb->s_kbytes_written = (o->incompat & EXT4_FEATURE_INCOMPAT_FLEX_BG) ? 1 : 0;
	sb->s_default_mount_opts = EXT2_DEFM_XATTR_USER | EXT2_DEFM_ACL;
	sb->s_def_hash_version = EXT2_HASH_HALF_MD4;
	memcpy(sb->s_uuid, o->uuid, sizeof(sb->s_uuid));
	memcpy(sb->s_hash_seed, o->hash_seed, sizeof(sb->s_hash_seed));
	memcpy(sb->s_volume_name, o->label, strnlen(o->label, sizeof(sb->s_volume_name)));
	memcpy(sb->s_last_mounted, o->last_mounted,
	       strnlen(o->last_mounted, sizeof(sb->s_last_mounted)));
	if (ext2fs_has_feature_csum_seed(sb))
		sb->s_checksum_seed = ext2fs_crc32c_le(~0U, sb->s_uuid, sizeof(sb->s_uuid));
	if (ext2fs_has_feature_metadata_csum(sb))
		sb->s_checksum_type = EXT2_CRC32C_CHKSUM;
	ext2fs_init_csum_seed(fs);
}

/* The inode tables need not be written: the output reads as zeros. The kernel is told so. */
static void mark_inode_tables(ext2_filsys fs)
{
	if (!ext2fs_has_group_desc_csum(fs))
		return;
	for (dgrp_t g = 0; g < fs->group_desc_count; g++) {
		ext2fs_bg_flags_set(fs, g, EXT2_BG_INODE_ZEROED);
		ext2fs_group_desc_csum_set(fs, g);
	}
}

static errcode_t reserve_inodes(ext2_filsys fs)
{
	errcode_t code;

	for (ext2_ino_t i = 1; i < EXT2_FIRST_INODE(fs->super); i++)
		if (i != EXT2_ROOT_INO)
			ext2fs_inode_alloc_stats2(fs, i, +1, 0);
	code = ext2fs_update_bb_inode(fs, NULL);
	if (!code && ext2fs_has_feature_resize_inode(fs->super))
		code = ext2fs_create_resize_inode(fs);
	return code;
}

static errcode_t add_journal(ext2_filsys fs, const struct ext_options *o)
{
	struct ext2fs_journal_params params = { 0 };
	errcode_t code;

	if (!ext2fs_has_feature_journal(fs->super))
		return 0;
	if (o->journal_mib) {
		params.num_journal_blocks =
			(uint32_t)((uint64_t)o->journal_mib * 1048576 / fs->blocksize);
	} else {
		code = ext2fs_get_journal_params(&params, fs);
		if (code)
			return code;
	}
	/* As mke2fs: a file system that is too small for a journal has none. */
	if (!params.num_journal_blocks) {
		ext2fs_clear_feature_journal(fs->super);
		return 0;
	}
	return ext2fs_add_journal_inode3(fs, &params, ~0ULL,
					 EXT2_MKJOURNAL_LAZYINIT | EXT2_MKJOURNAL_NO_MNT_CHECK);
}

static errcode_t count_overhead(ext2_filsys fs)
{
	blk64_t used = 0;
	errcode_t code;

	code = ext2fs_count_used_clusters(fs, fs->super->s_first_data_block,
					  ext2fs_blocks_count(fs->super) - 1, &used);
	fs->super->s_overhead_clusters = (uint32_t)used + fs->super->s_first_data_block;
	return code;
}

int ext_make(struct ext *ext, const struct ext_options *options, uint64_t blocks, uint32_t inodes,
	     int fd, uint64_t offset, struct error *err)
{
	struct ext2_super_block parameters;
	const char *what = "cannot lay out the file system";
	char name[64];
	errcode_t code;

	*ext = (struct ext){ .fd = fd, .offset = offset };
	initialize_ext2_error_table();
	set_parameters(&parameters, options, blocks, inodes);
	ext_io_name(name, fd, offset);
	code = ext2fs_initialize(name, EXT2_FLAG_64BITS, &parameters, &ext_io_manager, &ext->fs);
	if (code) {
		ext->fs = NULL;
		return ext_error(err, code, what);
	}
	set_identity(ext->fs, options);
	code = ext2fs_allocate_tables(ext->fs);
	if (!code)
		code = count_overhead(ext->fs);
	if (!code) {
		mark_inode_tables(ext->fs);
		code = reserve_inodes(ext->fs);
	}
	if (!code) {
		what = "cannot make the journal";
		code = add_journal(ext->fs, options);
	}
	if (code) {
		ext_close(ext);
		return ext_error(err, code, what);
	}
	return 0;
}

int ext_finish(struct ext *ext, struct error *err)
{
	errcode_t code;

	code = ext2fs_set_gdt_csum(ext->fs);
	if (!code)
		code = ext2fs_close_free(&ext->fs);
	ext_close(ext);
	return code ? ext_error(err, code, "cannot write the superblock and descriptors") : 0;
}

void ext_close(struct ext *ext)
{
	if (ext->fs)
		ext2fs_free(ext->fs);
	ext->fs = NULL;
	gather_close(&ext->contents);
	free(ext->buf);
	ext->buf = NULL;
}
