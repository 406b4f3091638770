/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of the image types. A type NAME is the struct image_type image_NAME in a file of its
 * own, which has all about it; a new one is that file and its name here.
 */
#ifndef LIB_IMAGE_IMAGE_TYPES_H
#define LIB_IMAGE_IMAGE_TYPES_H

/* clang-format off */
#define IMAGE_TYPES(TYPE) \
	TYPE(cpio) \
	TYPE(ext2) \
	TYPE(ext3) \
	TYPE(ext4) \
	TYPE(file) \
	TYPE(hdimage) \
	TYPE(vfat)
/* clang-format on */

#endif
