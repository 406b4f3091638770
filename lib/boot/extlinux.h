/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The start of a board that has no firmware of a Pi's kind: /extlinux/extlinux.conf on the boot
 * partition names kernel, initramfs, devicetree and command line, as it does for U-Boot and
 * syslinux. What it may say follows U-Boot's doc/README.pxe ("pxe file format").
 */
#ifndef LIB_BOOT_EXTLINUX_H
#define LIB_BOOT_EXTLINUX_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/boot-files.h"
#include "boot/payload.h"

/* One entry of the menu. What it does not say is NULL. */
struct extlinux_entry {
	char *label;
	int line; /* of the label */
	char *kernel;
	char *initrd; /* paths, with commas between them */
	char *devicetree;
	char *append;
	bool local; /* starts no kernel, but what is on a local disk */
};

struct extlinux {
	struct extlinux_entry *entries;
	size_t count;
	const struct extlinux_entry *chosen; /* the default one, else the first */
};

/*
 * Reads the text of a configuration file; NAME is for messages. What the emulated board has no use
 * for becomes a notice. Returns 0, or -1 with ERR set to "NAME:LINE: what". CONF is the
 * caller's to free in either case.
 */
int extlinux_parse(struct extlinux *conf, const char *name, const char *text, size_t len,
		   struct notices *notices, struct error *err);
void extlinux_free(struct extlinux *conf);

/*
 * Loads what the default entry names for BOARD, whose boot partition holds FILES. Returns 0, or -1
 * with ERR set: no configuration, a file that is not there, a kernel for another processor. PAYLOAD
 * is the caller's to free in either case.
 */
int extlinux_load(struct payload *payload, const struct board *board, struct boot_files *files,
		  struct error *err);
/* Is there a configuration among FILES? 1, 0, or -1 with ERR set. */
int extlinux_is(struct boot_files *files, struct error *err);

#endif
