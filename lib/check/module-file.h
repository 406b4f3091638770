/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel module as a file: what it says of itself and what it wants of the kernel. Reads ELF
 * files of either class, damaged ones included.
 */
#ifndef LIB_CHECK_MODULE_FILE_H
#define LIB_CHECK_MODULE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MODULE_LARGEST (256u << 20) /* bytes of a file */

/* A symbol that the kernel, or another module, has to supply. */
struct module_import {
	const char *name;
	bool weak; /* it may be missing */
};

/* The checksum of a symbol's type, as it was when the module was built. */
struct module_version {
	const char *name;
	uint32_t crc;
};

struct module_file {
	char *bytes; /* of the file: what the rest points into */
	size_t len;
	void *elf;	      /* libelf's */
	unsigned int machine; /* EM_... */
	uint64_t struct_size; /* bytes of its struct module */
	const char *info;     /* "key=value" texts, each with its zero byte; INFO_LEN bytes */
	size_t info_len;
	struct module_import *imports;
	size_t import_count;
	struct module_version *versions;
	size_t version_count;
};

/*
 * Reads PATH. Returns 0, or -1 with ERR set: no ELF file, no module, damaged. FILE is the caller's
 * to free in either case.
 */
int module_file_read(struct module_file *file, const char *path, struct error *err);
/* The same of LEN bytes at BYTES, which become FILE's (malloc). */
int module_file_parse(struct module_file *file, char *bytes, size_t len, struct error *err);
void module_file_free(struct module_file *file);

/* The value of the first "KEY=value" of the module's information, or NULL. */
const char *module_file_info(const struct module_file *file, const char *key);

#endif
