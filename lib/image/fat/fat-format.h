/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * FAT on the disk: sizes, flags and offsets that the writer and the reader share. Section names are
 * those of the Microsoft FAT specification, version 1.03 ("fatgen103").
 */
#ifndef LIB_IMAGE_FAT_FORMAT_H
#define LIB_IMAGE_FAT_FORMAT_H

#include <stdint.h>

/* "FAT Type Determination": the cluster counts up to which a volume is FAT12, FAT16, FAT32. */
#define FAT12_CLUSTERS_MAX 4084u
#define FAT16_CLUSTERS_MAX 65524u
#define FAT32_CLUSTERS_MAX 0x0ffffff4u
/* the first number of a cluster; entries 0 and 1 of the table are reserved */
#define FAT_FIRST_CLUSTER 2u

#define FAT_DIR_ENTRY_SIZE  32u
#define FAT_DIR_ENTRIES_MAX 65536u
#define FAT_NAME_UNITS_MAX  255u /* of a long name, UTF-16 units */
#define FAT_LONG_UNITS	    13u	 /* of a long name in one directory entry */

#define FAT_MEDIA_FIXED 0xf8

/* Directory entry: first byte of the name. */
#define FAT_DIR_END	0x00
#define FAT_DIR_KANJI	0x05 /* stands for 0xe5 */
#define FAT_DIR_DELETED 0xe5

/* Directory entry: attributes. */
#define FAT_ATTR_VOLUME	   0x08
#define FAT_ATTR_DIRECTORY 0x10
#define FAT_ATTR_ARCHIVE   0x20
#define FAT_ATTR_LONG_NAME 0x0f
#define FAT_ATTR_LONG_MASK 0x3f

/* Directory entry: offsets of its fields. */
#define FAT_DIR_ATTR	      11
#define FAT_DIR_CASE	      12
#define FAT_DIR_CREATE_TENTHS 13
#define FAT_DIR_CREATE_TIME   14
#define FAT_DIR_CREATE_DATE   16
#define FAT_DIR_ACCESS_DATE   18
#define FAT_DIR_CLUSTER_HIGH  20
#define FAT_DIR_WRITE_TIME    22
#define FAT_DIR_WRITE_DATE    24
#define FAT_DIR_CLUSTER_LOW   26
#define FAT_DIR_SIZE	      28

/* Windows NT's case flags: the 8.3 name is shown in lower case. */
#define FAT_CASE_LOWER_BASE 0x08
#define FAT_CASE_LOWER_EXT  0x10

/* Long name entry: offsets of its fields; the units are in three groups. */
#define FAT_LONG_ORDER	  0
#define FAT_LONG_CHECKSUM 13
#define FAT_LONG_LAST	  0x40 /* in the order byte of the entry that holds the name's end */

/* Boot sector: offsets of its fields. */
#define FAT_BOOT_OEM		 3
#define FAT_BOOT_SECTOR_SIZE	 11
#define FAT_BOOT_CLUSTER_SECTORS 13
#define FAT_BOOT_RESERVED	 14
#define FAT_BOOT_FATS		 16
#define FAT_BOOT_ROOT_ENTRIES	 17
#define FAT_BOOT_TOTAL16	 19
#define FAT_BOOT_MEDIA		 21
#define FAT_BOOT_FAT_SECTORS16	 22
#define FAT_BOOT_TRACK_SECTORS	 24
#define FAT_BOOT_HEADS		 26
#define FAT_BOOT_HIDDEN		 28
#define FAT_BOOT_TOTAL32	 32
#define FAT_BOOT_EXTENDED16	 36 /* FAT12 and FAT16: drive, serial, label, type, code */
#define FAT_BOOT_FAT_SECTORS32	 36
#define FAT_BOOT_FLAGS32	 40
#define FAT_BOOT_ROOT_CLUSTER	 44
#define FAT_BOOT_INFO_SECTOR	 48
#define FAT_BOOT_BACKUP_SECTOR	 50
#define FAT_BOOT_EXTENDED32	 64 /* FAT32: the same as EXTENDED16 */
#define FAT_BOOT_SIGNATURE	 510

/* Within the extended part. */
#define FAT_EXTENDED_DRIVE     0
#define FAT_EXTENDED_SIGNATURE 2
#define FAT_EXTENDED_SERIAL    3
#define FAT_EXTENDED_LABEL     7
#define FAT_EXTENDED_TYPE      18
#define FAT_EXTENDED_CODE      26

/* Long name entry: where its unit INDEX (0 to 12) is. */
static inline unsigned int fat_long_unit_offset(unsigned int index)
{
	return index < 5  ? 1 + 2 * index :
	       index < 11 ? 14 + 2 * (index - 5) :
			    28 + 2 * (index - 11);
}

static inline void fat_put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)value;
	p[1] = (uint8_t)(value >> 8);
}

static inline void fat_put32(uint8_t *p, uint32_t value)
{
	fat_put16(p, value);
	fat_put16(p + 2, value >> 16);
}

static inline uint32_t fat_get16(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t fat_get32(const uint8_t *p)
{
	return fat_get16(p) | fat_get16(p + 2) << 16;
}

#endif
