// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image types ext2, ext3 and ext4: the tree is read, inodes are numbered, and a file system in
 * memory shows whether the files fit, before anything is written. See ext.h.
 */
#include "image/ext/ext.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MIB	    (UINT64_C(1) << 20)
#define GIB	    (UINT64_C(1) << 30)
#define SMALLEST    (MIB / 2)
#define LARGEST	    (UINT64_C(16) << 40)
#define FIRST_INODE EXT2_GOOD_OLD_FIRST_INO

/* What the files will take, in blocks of one size; never less than the truth. */
struct need {
	uint32_t block_size;
	uint64_t blocks;
	bool extents;
};

static uint64_t blocks_for(uint64_t bytes, uint32_t block_size)
{
	return (bytes + block_size - 1) / block_size;
}

/* Index blocks of a file, where every run of blocks might end at a group's border. */
static uint64_t index_blocks(uint64_t blocks, const struct need *need)
{
	uint64_t group = need->block_size * UINT64_C(8), runs = blocks / group + 1;

	if (!need->extents)
		return blocks / (need->block_size / 4) + (blocks > 12 ? 3 : 0);
	return runs > 2 ? runs / (need->block_size / 12 - 1) + 2 : 0;
}

static int add_need(struct tree_node *node, void *arg)
{
	struct need *need = arg;
	uint64_t blocks = 0;

	if (node->hardlink)
		return 0;
	if (S_ISREG(node->mode)) {
		blocks = blocks_for(node->stored, need->block_size);
		/* With holes, the pieces might be many and begin anywhere in a block. */
		if (node->stored < node->size)
			blocks += blocks / 16 + 4;
		blocks += index_blocks(blocks, need);
	} else if (S_ISLNK(node->mode)) {
		blocks = strlen(node->target) >= 60 ? 1 : 0;
	} else if (S_ISDIR(node->mode)) {
		blocks = ext_directory_bound(node, need->block_size);
	}
	need->blocks += blocks;
	return 0;
}

static uint64_t need_of(const struct ext_plan *plan)
{
	struct need need = {
		.block_size = plan->options.block_size,
		.extents = plan->options.incompat & EXT3_FEATURE_INCOMPAT_EXTENTS,
	};

	(void)tree_walk(plan->tree, add_need, &need);
	return need.blocks + EXT_LOST_FOUND_SIZE / need.block_size;
}

/* As mke2fs: small file systems have small blocks and more inodes. */
static void choose_by_size(struct ext_options *o, const struct ext_options *asked, uint64_t size)
{
	bool small = size < 512 * MIB;

	*o = *asked;
	if (!o->block_size)
		o->block_size = small ? 1024 : 4096;
	if (!o->bytes_per_inode)
		o->bytes_per_inode = size < 3 * MIB ? 8192 : small ? 4096 : 16384;
	if (size >= 4 * GIB)
		o->ro_compat |= EXT2_FEATURE_RO_COMPAT_LARGE_FILE;
	if (size >= 2048 * GIB)
		o->ro_compat |= EXT4_FEATURE_RO_COMPAT_HUGE_FILE;
}

static uint32_t inodes_for(const struct ext_options *o, uint64_t size, uint32_t used)
{
	uint64_t n = o->inodes ? o->inodes : size / o->bytes_per_inode;
	uint64_t least = o->inodes ? 0 : (uint64_t)used + used / 16 + 16;

	n = n < least ? least : n;
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/*
 * Whether the files fit a file system of SIZE bytes: 1, 0, or -1 with ERR set where there cannot be
 * such a one.
 */
static int fits(struct ext_plan *plan, const struct ext_options *asked, uint64_t size,
		uint64_t *need, uint64_t *have, struct error *err)
{
	struct ext ext;
	uint32_t inodes;

	choose_by_size(&plan->options, asked, size);
	plan->blocks = size / plan->options.block_size;
	inodes = inodes_for(&plan->options, size, plan->inodes_used);
	if (ext_make(&ext, &plan->options, plan->blocks, inodes, -1, 0, err) < 0)
		return -1;
	*need = need_of(plan);
	*have = ext2fs_free_blocks_count(ext.fs->super);
	inodes = ext.fs->super->s_inodes_count;
	ext_close(&ext);
	if (inodes < plan->inodes_used)
		return error_set(err, "%u inodes are too few for %u files", inodes,
				 plan->inodes_used);
	return *need <= *have;
}

/*
 * The smallest size that the files fit, to within a 64th, and a whole number of MiB when it is
 * large.
 */
static int smallest(struct ext_plan *plan, const struct ext_options *asked, uint64_t *size,
		    struct error *err)
{
	uint64_t need, have, step;
	int rc;

	for (*size = SMALLEST; *size <= LARGEST; *size += step) {
		rc = fits(plan, asked, *size, &need, &have, err);
		if (rc > 0)
			return 0;
		/*
		 * What is missing, and a little for the metadata of what is added. Too many inodes
		 * say nothing of it.
		 */
		step = rc == 0 ? (need - have) * plan->options.block_size : *size / 16;
		step = step + step / 64;
		step = image_round_up(step, *size + step < 16 * MIB ? 64 << 10 : MIB);
	}
	return error_set(err, "the files do not fit any size");
}

static int number_node(struct tree_node *node, void *arg)
{
	uint32_t *next = arg;

	node->links = 0;
	if (!node->hardlink && node->parent && !node->number)
		node->number = (*next)++;
	return 0;
}

static int count_links(struct tree_node *node, void *arg)
{
	struct tree_node *to = node->hardlink ? node->hardlink : node;

	to->links++;
	if (S_ISDIR(node->mode)) {
		node->links++;
		if (node->parent)
			node->parent->links++;
	}
	return 0;
}

/*
 * The root is inode 2 and lost+found 11, as mke2fs has it; the others follow in the order of the
 * tree.
 */
static uint32_t number_inodes(struct tree_node *root)
{
	uint32_t next = FIRST_INODE + 1;

	root->number = EXT2_ROOT_INO;
	tree_child(root, EXT_LOST_FOUND, strlen(EXT_LOST_FOUND))->number = FIRST_INODE;
	(void)tree_walk(root, number_node, &next);
	(void)tree_walk(root, count_links, NULL);
	return next - 1;
}

static int check_node(struct tree_node *node, void *arg)
{
	struct error *err = arg;
	char path[256];

	if (strlen(node->name) > 255)
		return error_set(err, "%s: a name of more than 255 bytes",
				 tree_path(node, path, sizeof(path)));
	if (S_ISLNK(node->mode) && strlen(node->target) >= 1024)
		return error_set(err, "%s: a symbolic link to a path of more than 1023 bytes",
				 tree_path(node, path, sizeof(path)));
	return 0;
}

static int get_tree(struct ext_plan *plan, struct image *image, struct error *err)
{
	struct tree_node *lost;

	if (image_tree(image, true, &plan->tree, err) < 0)
		return -1;
	lost = tree_child(plan->tree, EXT_LOST_FOUND, strlen(EXT_LOST_FOUND));
	if (lost && !S_ISDIR(lost->mode))
		return error_set(err, "/" EXT_LOST_FOUND " must be a directory");
	if (!lost && !tree_add(plan->tree, EXT_LOST_FOUND, S_IFDIR | 0700, err))
		return -1;
	if (tree_walk(plan->tree, check_node, err) != 0)
		return -1;
	plan->inodes_used = number_inodes(plan->tree);
	return 0;
}

/*
 * Ids are made of the names and attributes of the files and of the image, with the marks of a
 * custom UUID (RFC 9562).
 */
static void make_id(uint8_t id[16], uint64_t seed, const struct image *image,
		    const struct ext_plan *plan)
{
	for (int half = 0; half < 2; half++) {
		uint64_t digest =
			tree_digest_bytes(seed + (uint64_t)half, image->name, strlen(image->name));

		digest = tree_digest(plan->tree, digest);
		for (int i = 0; i < 8; i++)
			id[half * 8 + i] = (uint8_t)(digest >> (8 * i));
	}
	id[6] = (uint8_t)((id[6] & 0x0f) | 0x80);
	id[8] = (uint8_t)((id[8] & 0x3f) | 0x80);
}

static void set_ids(struct ext_options *o, const struct image *image, const struct ext_plan *plan)
{
	if (!o->have_uuid)
		make_id(o->uuid, TREE_DIGEST_START, image, plan);
	if (!o->have_hash_seed)
		make_id(o->hash_seed, ~TREE_DIGEST_START, image, plan);
}

static int choose_size(struct image *image, struct ext_plan *plan, const struct ext_options *asked,
		       struct error *err)
{
	const char *text = config_text(image->section, "size", NULL);
	struct config_place place = config_place(image->section, "size");
	uint64_t size = image->room, need = 0, have = 0;
	bool percent = false;
	struct error why;
	int rc;

	if (text)
		config_read_size(text, &size, &percent);
	if (!size || percent) {
		uint64_t times = percent ? size : 100;

		if (smallest(plan, asked, &size, err) < 0)
			return config_error_at(place, err);
		size = times <= 100 ? size : size / 100 * times;
		size = image_round_up(size, size < 16 * MIB ? 64 << 10 : MIB);
	}
	rc = size > LARGEST ? error_set(err, "more than 16 TiB") :
			      fits(plan, asked, size, &need, &have, err);
	if (rc < 0) {
		why = *err;
		error_set(err, "'%s' with %u files in %" PRIu64 " KiB: %s: raise size", image->name,
			  plan->inodes_used - FIRST_INODE, size / 1024, why.text);
	}
	if (rc == 0)
		rc = error_set(err,
			       "the files of '%s' need %" PRIu64
			       " KiB, but a file system of %" PRIu64 " KiB has room for %" PRIu64
			       " KiB: raise size, or leave it out for the smallest that fits",
			       image->name, need * plan->options.block_size / 1024, size / 1024,
			       have * plan->options.block_size / 1024);
	if (rc < 0)
		return config_error_at(place, err);
	image->size = size;
	return 0;
}

static void release(struct image *image)
{
	struct ext_plan *plan = image->plan;

	if (!plan)
		return;
	tree_free(plan->tree);
	free(plan);
	image->plan = NULL;
}

static int plan_ext(struct image *image, struct error *err)
{
	struct ext_plan *plan = calloc(1, sizeof(*plan));
	struct ext_options asked;

	if (!plan)
		return error_set(err, "out of memory");
	image->plan = plan;
	if (ext_options_read(&asked, image, err) < 0 || get_tree(plan, image, err) < 0)
		return -1;
	if (config_value(image->options, "root-owner") || asked.root_uid || asked.root_gid) {
		plan->tree->uid = asked.root_uid;
		plan->tree->gid = asked.root_gid;
	}
	set_ids(&asked, image, plan);
	return choose_size(image, plan, &asked, err);
}

static int write_ext(const struct image *image, int fd, uint64_t offset, struct progress *progress,
		     struct error *err)
{
	const struct ext_plan *plan = image->plan;
	uint64_t size = plan->blocks * plan->options.block_size;
	struct ext ext;

	if (ext_make(&ext, &plan->options, plan->blocks,
		     inodes_for(&plan->options, size, plan->inodes_used), fd, offset, err) < 0)
		return -1;
	ext.progress = progress;
	if (ext_write_tree(&ext, plan, err) < 0) {
		ext_close(&ext);
		return -1;
	}
	return ext_finish(&ext, err);
}

static void report(const struct image *image, json_t *to)
{
	const struct ext_plan *plan = image->plan;
	const uint8_t *u = plan->options.uuid;
	char uuid[40];

	snprintf(uuid, sizeof(uuid),
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u[0], u[1],
		 u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14],
		 u[15]);
	json_object_set_new(to, "uuid", json_string(uuid));
	json_object_set_new(to, "label", json_string(plan->options.label));
	json_object_set_new(to, "block-size", json_integer(plan->options.block_size));
	json_object_set_new(to, "files", json_integer(plan->inodes_used - FIRST_INODE));
}

static const struct config_key ext_keys[] = {
	{ "root-owner", CONFIG_TEXT, NULL },
	{ "extraargs", CONFIG_TEXT, NULL },
	{ "features", CONFIG_TEXT, NULL },
	{ "label", CONFIG_TEXT, NULL },
	{ "fs-timestamp", CONFIG_TEXT, NULL },
	{ "use-mke2fs", CONFIG_BOOL, NULL },
	{ "usage-type", CONFIG_TEXT, NULL },
	{ "spec", CONFIG_TEXT, NULL },
	{ "mke2fs-conf", CONFIG_LATER, NULL },
	{ "mke2fs_conf", CONFIG_LATER, NULL },
	{ 0 },
};

/* They differ in what ext-options.c makes of the name. */
#define EXT_TYPE(number)                              \
	const struct image_type image_ext##number = { \
		.name = "ext" #number,                \
		.keys = ext_keys,                     \
		.plan = plan_ext,                     \
		.write = write_ext,                   \
		.report = report,                     \
		.release = release,                   \
	}

EXT_TYPE(2);
EXT_TYPE(3);
EXT_TYPE(4);
