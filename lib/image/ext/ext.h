/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ext2, ext3 and ext4 file systems, through libext2fs. Shared by the ext-*.c files: options, the
 * empty file system, block maps, directories, and the files themselves.
 */
#ifndef LIB_IMAGE_EXT_H
#define LIB_IMAGE_EXT_H

#include <stdbool.h>
#include <stdint.h>
#include <ext2fs/ext2fs.h>

#include "base/error.h"
#include "base/progress.h"
#include "image/gather.h"
#include "image/image.h"
#include "image/tree/tree.h"

/* What the config asks for, with the defaults of mke2fs filled in. */
struct ext_options {
	uint32_t compat, incompat, ro_compat; /* features */
	uint32_t block_size;		      /* bytes; 0 chooses by size */
	uint32_t inode_size;		      /* bytes */
	uint32_t bytes_per_inode;	      /* 0 chooses by size */
	uint32_t inodes;      /* 0 chooses by bytes_per_inode and the number of files */
	double reserved;      /* percent of the blocks, for root */
	uint32_t journal_mib; /* 0 chooses by size */
	uint32_t root_uid, root_gid;
	uint32_t errors; /* EXT2_ERRORS_... */
	bool have_uuid, have_hash_seed;
	uint8_t uuid[16], hash_seed[16];
	char label[17], last_mounted[65];
	int64_t time;
};

/* Reads the options of an ext image from its config section. Returns 0, or -1 with ERR set. */
int ext_options_read(struct ext_options *o, const struct image *image, struct error *err);

/* A planned file system. */
struct ext_plan {
	struct ext_options options;
	struct tree_node *tree; /* its nodes' numbers are inode numbers */
	uint32_t inodes_used;
	uint64_t blocks; /* of the file system */
};

/* A file system being made. */
struct ext {
	ext2_filsys fs;
	int fd;			/* -1 while planning: nothing is written */
	uint64_t offset;	/* of the file system in FD */
	blk64_t goal;		/* where to look for free blocks next */
	uint8_t *buf;		/* EXT_BUFFER bytes for contents, and a block */
	struct gather contents; /* on their way to FD */
	struct progress *progress;
	uint64_t done, total; /* bytes, for PROGRESS */
};

#define EXT_BUFFER (1 << 20)

/*
 * Makes an empty file system with OPTIONS: superblock, groups, journal, reserved inodes, no root
 * directory. With FD -1 only in memory, to see what is left for files. Returns 0, or -1 with ERR
 * set; ext_close frees it.
 */
int ext_make(struct ext *ext, const struct ext_options *options, uint64_t blocks, uint32_t inodes,
	     int fd, uint64_t offset, struct error *err);
/* Writes the superblock, descriptors and bitmaps, and frees the rest. */
int ext_finish(struct ext *ext, struct error *err);
void ext_close(struct ext *ext);
/* Sets ERR to "WHAT: reason". Returns -1. */
int ext_error(struct error *err, errcode_t code, const char *what);
/* The io_manager through which libext2fs writes to FD; its "device name" is made by ext_io_name. */
extern struct struct_io_manager ext_io_manager;
void ext_io_name(char name[64], int fd, uint64_t offset);

/* A run of blocks of a file. */
struct ext_run {
	uint32_t logical;
	blk64_t physical;
	uint32_t count;
};

struct ext_map {
	struct ext_run *run;
	size_t count;
};

/* Allocates COUNT blocks for the file's blocks from LOGICAL on. Returns 0, or -1 with ERR set. */
int ext_map_grow(struct ext *ext, struct ext_map *map, uint32_t logical, uint32_t count,
		 struct error *err);
/* Puts the map into the inode, with the index blocks that it takes. Writes the inode. */
int ext_map_store(struct ext *ext, const struct ext_map *map, ext2_ino_t ino,
		  struct ext2_inode_large *inode, struct error *err);
/* Writes LEN bytes of a file at its block LOGICAL, which the map has. */
int ext_map_write(struct ext *ext, const struct ext_map *map, uint32_t logical, const void *data,
		  size_t len, struct error *err);
void ext_map_free(struct ext_map *map);
errcode_t ext_write_inode(struct ext *ext, ext2_ino_t ino, struct ext2_inode_large *inode);

/* The blocks of a directory, ready but for their checksums. */
struct ext_directory {
	uint8_t *data;
	size_t blocks;
	bool indexed;
};

int ext_directory_make(struct ext_directory *dir, ext2_filsys fs, const struct tree_node *node,
		       struct error *err);
/* At most so many blocks will a directory take. */
uint32_t ext_directory_bound(const struct tree_node *node, uint32_t block_size);

/* Writes every file of the tree. */
int ext_write_tree(struct ext *ext, const struct ext_plan *plan, struct error *err);

#define EXT_LOST_FOUND "lost+found"
/* bytes, empty: fsck must not have to allocate when it needs the directory */
#define EXT_LOST_FOUND_SIZE 16384

#endif
