// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of ext2, ext3 and ext4 images: the config's keys, mke2fs's options, and mke2fs's
 * defaults. See ext.h.
 */
#include "image/ext/ext.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/args.h"

enum set { COMPAT, INCOMPAT, RO_COMPAT };

static const struct feature {
	const char *name;
	enum set set;
	uint32_t bit;
} features[] = {
	{ "has_journal", COMPAT, EXT3_FEATURE_COMPAT_HAS_JOURNAL },
	{ "ext_attr", COMPAT, EXT2_FEATURE_COMPAT_EXT_ATTR },
	{ "resize_inode", COMPAT, EXT2_FEATURE_COMPAT_RESIZE_INODE },
	{ "dir_index", COMPAT, EXT2_FEATURE_COMPAT_DIR_INDEX },
	{ "filetype", INCOMPAT, EXT2_FEATURE_INCOMPAT_FILETYPE },
	{ "extent", INCOMPAT, EXT3_FEATURE_INCOMPAT_EXTENTS },
	{ "extents", INCOMPAT, EXT3_FEATURE_INCOMPAT_EXTENTS },
	{ "flex_bg", INCOMPAT, EXT4_FEATURE_INCOMPAT_FLEX_BG },
	{ "64bit", INCOMPAT, EXT4_FEATURE_INCOMPAT_64BIT },
	{ "metadata_csum_seed", INCOMPAT, EXT4_FEATURE_INCOMPAT_CSUM_SEED },
	{ "sparse_super", RO_COMPAT, EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER },
	{ "large_file", RO_COMPAT, EXT2_FEATURE_RO_COMPAT_LARGE_FILE },
	{ "huge_file", RO_COMPAT, EXT4_FEATURE_RO_COMPAT_HUGE_FILE },
	{ "uninit_bg", RO_COMPAT, EXT4_FEATURE_RO_COMPAT_GDT_CSUM },
	{ "dir_nlink", RO_COMPAT, EXT4_FEATURE_RO_COMPAT_DIR_NLINK },
	{ "extra_isize", RO_COMPAT, EXT4_FEATURE_RO_COMPAT_EXTRA_ISIZE },
	{ "metadata_csum", RO_COMPAT, EXT4_FEATURE_RO_COMPAT_METADATA_CSUM },
};

/* As mke2fs.conf has them; large_file and huge_file come with the size, as genimage has it. */
static const struct {
	const char *type, *features;
} defaults[] = {
	{ "ext2", "sparse_super,filetype,resize_inode,dir_index,ext_attr" },
	{ "ext3", "sparse_super,filetype,resize_inode,dir_index,ext_attr,has_journal" },
	{ "ext4", "sparse_super,filetype,resize_inode,dir_index,ext_attr,has_journal,"
		  "extent,flex_bg,metadata_csum,64bit,dir_nlink,extra_isize" },
};

static const struct feature *find_feature(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
		if (strlen(features[i].name) == len && strncmp(features[i].name, name, len) == 0)
			return &features[i];
	return NULL;
}

static int set_feature(struct ext_options *o, const char *name, size_t len, struct error *err)
{
	uint32_t *sets[] = { &o->compat, &o->incompat, &o->ro_compat };
	bool off = len && name[0] == '^';
	const struct feature *f = find_feature(name + off, len - off);

	if (len == 4 && strncmp(name, "none", 4) == 0) {
		o->compat = o->incompat = o->ro_compat = 0;
		return 0;
	}
	if (!f)
		return error_set(err, "'%.*s' is no feature of ext4 that ferry can make", (int)len,
				 name);
	if (off)
		*sets[f->set] &= ~f->bit;
	else
		*sets[f->set] |= f->bit;
	return 0;
}

static int apply_features(void *to, const char *list, struct error *err)
{
	while (*list) {
		size_t len = strcspn(list, ", ");

		if (len && set_feature(to, list, len, err) < 0)
			return -1;
		list += len + (list[len] != '\0');
	}
	return 0;
}

static int apply_label(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;

	if (strlen(value) > 16)
		return error_set(err, "the label '%s' is longer than 16 bytes", value);
	snprintf(o->label, sizeof(o->label), "%s", value);
	return 0;
}

static int apply_last_mounted(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;

	if (strlen(value) > 63)
		return error_set(err, "longer than 63 bytes");
	snprintf(o->last_mounted, sizeof(o->last_mounted), "%s", value);
	return 0;
}

static int apply_reserved(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;
	char *end;

	o->reserved = strtod(value, &end);
	if (end == value || *end || !(o->reserved >= 0 && o->reserved <= 50))
		return error_set(err, "not a percentage from 0 to 50");
	return 0;
}

static int apply_inodes(void *to, const char *value, struct error *err)
{
	return args_number(value, UINT32_MAX, &((struct ext_options *)to)->inodes, err);
}

static int apply_bytes_per_inode(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;

	if (args_number(value, 1 << 26, &o->bytes_per_inode, err) < 0)
		return -1;
	return o->bytes_per_inode < 1024 ? error_set(err, "less than 1024 bytes an inode") : 0;
}

static int apply_power(const char *value, uint32_t least, uint32_t most, uint32_t *to,
		       struct error *err)
{
	if (args_number(value, most, to, err) < 0 || *to < least || (*to & (*to - 1)))
		return error_set(err, "not a power of two from %u to %u", least, most);
	return 0;
}

static int apply_block_size(void *to, const char *value, struct error *err)
{
	return apply_power(value, 1024, 4096, &((struct ext_options *)to)->block_size, err);
}

static int apply_inode_size(void *to, const char *value, struct error *err)
{
	return apply_power(value, 128, 1024, &((struct ext_options *)to)->inode_size, err);
}

static int hex_digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static int read_uuid(const char *text, uint8_t uuid[16], struct error *err)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t digits = 0;

	memset(uuid, 0, 16);
	for (size_t i = 0; i < sizeof(shape); i++) {
		if (shape[i] == 'x' ? !isxdigit((unsigned char)text[i]) : text[i] != shape[i])
			return error_set(err,
					 "not a UUID such as 01234567-89ab-cdef-0123-456789abcdef");
		if (shape[i] == 'x') {
			uuid[digits / 2] = (uint8_t)(uuid[digits / 2] << 4 | hex_digit(text[i]));
			digits++;
		}
	}
	return 0;
}

static int apply_uuid(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;

	if (strcmp(value, "random") == 0 || strcmp(value, "time") == 0)
		return error_set(
			err, "would give another image each time: leave it out, or give a UUID");
	o->have_uuid = true;
	memset(o->uuid, 0, sizeof(o->uuid));
	if (strcmp(value, "clear") == 0 || strcmp(value, "null") == 0)
		return 0;
	return read_uuid(value, o->uuid, err);
}

static int apply_owner(struct ext_options *o, const char *value, struct error *err)
{
	char *end;

	errno = 0;
	if (isdigit((unsigned char)*value)) {
		o->root_uid = (uint32_t)strtoul(value, &end, 10);
		if (*end == ':' && isdigit((unsigned char)end[1])) {
			o->root_gid = (uint32_t)strtoul(end + 1, &end, 10);
			if (!*end && !errno)
				return 0;
		}
	}
	return error_set(err, "'%s' is no owner such as 0:0", value);
}

/*
 * One of mke2fs's extended options. What only concerns how fast or on what device mke2fs works
 * means nothing here.
 */
static int apply_extended_one(struct ext_options *o, const char *name, const char *value,
			      struct error *err)
{
	static const char *const ignored[] = {
		"lazy_itable_init", "lazy_journal_init",	"nodiscard",
		"discard",	    "assume_storage_prezeroed", "no_copy_xattrs"
	};

	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		if (strcmp(name, ignored[i]) == 0)
			return 0;
	if (strcmp(name, "root_owner") == 0)
		return apply_owner(o, value, err);
	if (strcmp(name, "hash_seed") == 0) {
		o->have_hash_seed = true;
		return read_uuid(value, o->hash_seed, err);
	}
	return error_set(
		err,
		"'%s' is no extended option that ferry knows; known are hash_seed and root_owner",
		name);
}

static int apply_extended(void *to, const char *list, struct error *err)
{
	char *copy = strdup(list), *rest = copy, *name;
	int rc = 0;

	if (!copy)
		return error_set(err, "out of memory");
	while (rc == 0 && (name = strsep(&rest, ",")) != NULL) {
		char *value = strchr(name, '=');

		if (value)
			*value++ = '\0';
		if (*name)
			rc = apply_extended_one(to, name, value ? value : "", err);
	}
	free(copy);
	return rc;
}

static int apply_journal(void *to, const char *value, struct error *err)
{
	if (strncmp(value, "size=", 5) != 0)
		return error_set(err, "only size=MiB is known here");
	return args_number(value + 5, 1024, &((struct ext_options *)to)->journal_mib, err);
}

static int apply_errors(void *to, const char *value, struct error *err)
{
	static const char *const names[] = { "continue", "remount-ro", "panic" };

	for (uint32_t i = 0; i < 3; i++) {
		if (strcmp(value, names[i]) == 0) {
			((struct ext_options *)to)->errors = EXT2_ERRORS_CONTINUE + i;
			return 0;
		}
	}
	return error_set(err, "not continue, remount-ro or panic");
}

static int apply_usage(void *to, const char *value, struct error *err)
{
	static const struct {
		const char *name;
		uint32_t block_size, bytes_per_inode;
	} types[] = {
		{ "floppy", 1024, 8192 },	{ "small", 1024, 4096 },
		{ "default", 4096, 16384 },	{ "big", 4096, 32768 },
		{ "huge", 4096, 65536 },	{ "news", 4096, 4096 },
		{ "largefile", 4096, 1 << 20 }, { "largefile4", 4096, 1 << 22 },
	};
	struct ext_options *o = to;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(value, types[i].name) != 0)
			continue;
		o->block_size = types[i].block_size;
		o->bytes_per_inode = types[i].bytes_per_inode;
		return 0;
	}
	return error_set(err,
			 "'%s' is no usage type; known are floppy, small, default, big, huge, "
			 "news, largefile, "
			 "largefile4",
			 value);
}

static const struct args_option mke2fs_options[] = {
	{ 'O', true, apply_features },
	{ 'L', true, apply_label },
	{ 'M', true, apply_last_mounted },
	{ 'm', true, apply_reserved },
	{ 'N', true, apply_inodes },
	{ 'i', true, apply_bytes_per_inode },
	{ 'I', true, apply_inode_size },
	{ 'b', true, apply_block_size },
	{ 'U', true, apply_uuid },
	{ 'E', true, apply_extended },
	{ 'J', true, apply_journal },
	{ 'e', true, apply_errors },
	{ 'T', true, apply_usage },
	{ 'q', false, NULL },
	{ 'v', false, NULL },
	{ 'F', false, NULL },
	{ 0 },
};

/* A config key that has the meaning of an option of mke2fs. */
static int apply_key(struct ext_options *o, const struct image *image, const char *key,
		     int (*apply)(void *to, const char *value, struct error *err),
		     struct error *err)
{
	const char *text = config_text(image->options, key, NULL);

	if (!text || apply(o, text, err) == 0)
		return 0;
	error_prefix(err, "%s", key);
	return config_error_at(config_place(image->options, key), err);
}

static int apply_root_owner(void *to, const char *value, struct error *err)
{
	return apply_owner(to, value, err);
}

/* debugfs, which genimage hands this to, takes seconds after an @, or YYYYMMDDHHMMSS. */
static int apply_timestamp(void *to, const char *value, struct error *err)
{
	struct ext_options *o = to;
	struct tm tm = { 0 };
	uint64_t seconds;
	const char *end;

	if (value[0] == '@') {
		if (!config_read_number(value + 1, &seconds) || seconds > UINT32_MAX)
			return error_set(err, "'%s' is no time such as @1735689600", value);
		o->time = (int64_t)seconds;
		return 0;
	}
	end = strlen(value) == 14 ? strptime(value, "%Y%m%d%H%M%S", &tm) : NULL;
	if (!end || *end)
		return error_set(err, "'%s' is no time such as 20250101000000 or @1735689600",
				 value);
	o->time = timegm(&tm);
	return 0;
}

static void set_defaults(struct ext_options *o, const struct image *image)
{
	*o = (struct ext_options){
		.inode_size = 256,
		.reserved = 5,
		.errors = EXT2_ERRORS_CONTINUE,
		.time = image->job->epoch,
	};
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		if (strcmp(defaults[i].type, image->type->name) == 0)
			(void)apply_features(o, defaults[i].features, NULL);
}

static int check(struct ext_options *o, const struct image *image, struct error *err)
{
	/*
	 * As mke2fs: with checksums of all metadata, those of the descriptors alone are left out.
	 */
	if (o->ro_compat & EXT4_FEATURE_RO_COMPAT_METADATA_CSUM)
		o->ro_compat &= ~(uint32_t)EXT4_FEATURE_RO_COMPAT_GDT_CSUM;
	if ((o->incompat & EXT4_FEATURE_INCOMPAT_CSUM_SEED) &&
	    !(o->ro_compat & EXT4_FEATURE_RO_COMPAT_METADATA_CSUM))
		return config_error(image->place, err,
				    "the feature metadata_csum_seed needs metadata_csum");
	if ((o->compat & EXT2_FEATURE_COMPAT_RESIZE_INODE) &&
	    !(o->ro_compat & EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER))
		return config_error(image->place, err,
				    "the feature resize_inode needs sparse_super");
	return 0;
}

int ext_options_read(struct ext_options *o, const struct image *image, struct error *err)
{
	set_defaults(o, image);
	if (apply_key(o, image, "features", apply_features, err) < 0 ||
	    apply_key(o, image, "label", apply_label, err) < 0 ||
	    apply_key(o, image, "root-owner", apply_root_owner, err) < 0 ||
	    apply_key(o, image, "usage-type", apply_usage, err) < 0 ||
	    apply_key(o, image, "fs-timestamp", apply_timestamp, err) < 0 ||
	    args_apply(image, "mke2fs", mke2fs_options, o, err) < 0)
		return -1;
	return check(o, image, err);
}
