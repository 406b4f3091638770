/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names in FAT: long names in UTF-16, short names of 8 and 3 characters, and when two of them are
 * the same.
 */
#ifndef LIB_IMAGE_FAT_NAME_H
#define LIB_IMAGE_FAT_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "image/fat/fat-format.h"

#define FAT_SHORT_LEN 11 /* 8 characters and 3, padded with spaces, without a dot */
#define FAT_NAME_SIZE (FAT_NAME_UNITS_MAX * 3 + 1) /* of a name in UTF-8 with its end */

/*
 * Turns the UTF-8 NAME into UTF-16. Returns the number of units, 1 to 255, or -1 with ERR set to
 * why FAT cannot hold the name.
 */
int fat_name_to_utf16(const char *name, uint16_t units[FAT_NAME_UNITS_MAX], struct error *err);

/* Turns COUNT units, at most 255, into UTF-8. What is not valid UTF-16 becomes U+FFFD. */
void fat_name_from_utf16(const uint16_t *units, unsigned int count, char name[FAT_NAME_SIZE]);

/*
 * Orders two UTF-8 names as FAT does, without regard to case; 0 where FAT takes them for the same.
 */
int fat_name_compare(const char *a, const char *b);

/* The checksum of a short name that ties the entries of a long name to it. */
uint8_t fat_short_checksum(const uint8_t short_name[FAT_SHORT_LEN]);

/*
 * Makes a short name of NAME. Returns true where it says all of NAME, apart from case; false where
 * characters were dropped or replaced, so that it needs a numeric tail. *CASE_FLAGS gets the flags
 * FAT_CASE_LOWER_*; *NEEDS_LONG is whether a long name must go with it.
 */
bool fat_short_name(const char *name, uint8_t short_name[FAT_SHORT_LEN], uint8_t *case_flags,
		    bool *needs_long);

/* Puts "~NUMBER" at the end of the base of the short name BASIS. */
void fat_short_tail(const uint8_t basis[FAT_SHORT_LEN], uint32_t number,
		    uint8_t short_name[FAT_SHORT_LEN]);

/*
 * The short name of a directory entry as UTF-8 ("KERNEL.IMG"): code page 437, lower case by
 * CASE_FLAGS.
 */
void fat_short_to_utf8(const uint8_t short_name[FAT_SHORT_LEN], uint8_t case_flags,
		       char name[FAT_NAME_SIZE]);

/* The volume label of a directory entry as UTF-8, without the spaces that pad it. */
void fat_label_to_utf8(const uint8_t label[FAT_SHORT_LEN], char name[FAT_NAME_SIZE]);

#endif
