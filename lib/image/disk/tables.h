/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The names of the partition tables. A table NAME is the struct table_ops table_NAME in
 * table-NAME.c, which has all about it; a new one is that file and its name here.
 */
#ifndef LIB_IMAGE_TABLES_H
#define LIB_IMAGE_TABLES_H

/* clang-format off */
#define PARTITION_TABLES(TABLE) \
	TABLE(mbr) \
	TABLE(none)
/* clang-format on */

#endif
