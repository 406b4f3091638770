// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image types there are, and what a config file may hold: genimage's sections and keys. See
 * image.h.
 */
#include "image/image.h"

#include "image/disk/hdimage.h"

/* clang-format off */
#define TYPE(name) &image_##name,
const struct image_type *const image_types[] = { IMAGE_TYPES(TYPE) NULL };
#undef TYPE

#define TYPE(name) { #name, CONFIG_SECTION, &image_##name.keys },
static const struct config_key image_table[] = {
	{ "name", CONFIG_TEXT, NULL },
	{ "size", CONFIG_PERCENT, NULL },
	{ "mountpoint", CONFIG_TEXT, NULL },
	{ "srcpath", CONFIG_TEXT, NULL },
	{ "empty", CONFIG_BOOL, NULL },
	{ "temporary", CONFIG_BOOL, NULL },
	{ "partition", CONFIG_TITLED, &partition_keys },
	IMAGE_TYPES(TYPE)
	/* What genimage has besides. */
	{ "exec-pre", CONFIG_LATER, NULL },
	{ "exec-post", CONFIG_LATER, NULL },
	{ "flashtype", CONFIG_LATER, NULL },
	{ "android-sparse", CONFIG_LATER_SECTION, NULL },
	{ "btrfs", CONFIG_LATER_SECTION, NULL },
	{ "cramfs", CONFIG_LATER_SECTION, NULL },
	{ "custom", CONFIG_LATER_SECTION, NULL },
	{ "erofs", CONFIG_LATER_SECTION, NULL },
	{ "f2fs", CONFIG_LATER_SECTION, NULL },
	{ "fip", CONFIG_LATER_SECTION, NULL },
	{ "fit", CONFIG_LATER_SECTION, NULL },
	{ "flash", CONFIG_LATER_SECTION, NULL },
	{ "iso", CONFIG_LATER_SECTION, NULL },
	{ "jffs2", CONFIG_LATER_SECTION, NULL },
	{ "mdraid", CONFIG_LATER_SECTION, NULL },
	{ "qemu", CONFIG_LATER_SECTION, NULL },
	{ "rauc", CONFIG_LATER_SECTION, NULL },
	{ "squashfs", CONFIG_LATER_SECTION, NULL },
	{ "tar", CONFIG_LATER_SECTION, NULL },
	{ "ubi", CONFIG_LATER_SECTION, NULL },
	{ "ubifs", CONFIG_LATER_SECTION, NULL },
	{ "verity", CONFIG_LATER_SECTION, NULL },
	{ "verity-sig", CONFIG_LATER_SECTION, NULL },
	{ 0 },
};
/* clang-format on */
static const struct config_key *const image_keys = image_table;

/* Without flash images these have no effect, but a file that is included may hold them. */
static const struct config_key flash_table[] = {
	{ "pebsize", CONFIG_IGNORED, NULL },
	{ "lebsize", CONFIG_IGNORED, NULL },
	{ "numpebs", CONFIG_IGNORED, NULL },
	{ "minimum-io-unit-size", CONFIG_IGNORED, NULL },
	{ "vid-header-offset", CONFIG_IGNORED, NULL },
	{ "sub-page-size", CONFIG_IGNORED, NULL },
	{ 0 },
};
static const struct config_key *const flash_keys = flash_table;

/* The programs that genimage would run are not needed, so their paths are taken without a word. */
static const struct config_key config_table[] = {
	{ "rootpath", CONFIG_TEXT, NULL },
	{ "inputpath", CONFIG_TEXT, NULL },
	{ "outputpath", CONFIG_TEXT, NULL },
	{ "includepath", CONFIG_IGNORED, NULL },
	{ "tmppath", CONFIG_IGNORED, NULL },
	{ "loglevel", CONFIG_IGNORED, NULL },
	{ "randomseed", CONFIG_IGNORED, NULL },
	{ "cpio", CONFIG_IGNORED, NULL },
	{ "dd", CONFIG_IGNORED, NULL },
	{ "debugfs", CONFIG_IGNORED, NULL },
	{ "e2fsck", CONFIG_IGNORED, NULL },
	{ "fiptool", CONFIG_IGNORED, NULL },
	{ "genext2fs", CONFIG_IGNORED, NULL },
	{ "genisoimage", CONFIG_IGNORED, NULL },
	{ "mcopy", CONFIG_IGNORED, NULL },
	{ "mkcramfs", CONFIG_IGNORED, NULL },
	{ "mkdosfs", CONFIG_IGNORED, NULL },
	{ "mke2fs", CONFIG_IGNORED, NULL },
	{ "mkfserofs", CONFIG_IGNORED, NULL },
	{ "mkfsf2fs", CONFIG_IGNORED, NULL },
	{ "mkfsfbtrfs", CONFIG_IGNORED, NULL },
	{ "mkfsjffs2", CONFIG_IGNORED, NULL },
	{ "mkfsubifs", CONFIG_IGNORED, NULL },
	{ "mkimage", CONFIG_IGNORED, NULL },
	{ "mksquashfs", CONFIG_IGNORED, NULL },
	{ "mmd", CONFIG_IGNORED, NULL },
	{ "openssl", CONFIG_IGNORED, NULL },
	{ "qemu-img", CONFIG_IGNORED, NULL },
	{ "rauc", CONFIG_IGNORED, NULL },
	{ "sloadf2fs", CONFIG_IGNORED, NULL },
	{ "tar", CONFIG_IGNORED, NULL },
	{ "tune2fs", CONFIG_IGNORED, NULL },
	{ "ubinize", CONFIG_IGNORED, NULL },
	{ "veritysetup", CONFIG_IGNORED, NULL },
	{ 0 },
};
static const struct config_key *const config_keys = config_table;

const struct config_key image_config_keys[] = {
	{ "image", CONFIG_TITLED, &image_keys },
	{ "flash", CONFIG_TITLED, &flash_keys },
	{ "config", CONFIG_SECTION, &config_keys },
	{ 0 },
};
