/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine code in an ELF file, object, module or image: its sections of instructions, cut where
 * functions begin and data lie.
 */
#ifndef LIB_CHECK_CODE_FILE_H
#define LIB_CHECK_CODE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum code_machine {
	CODE_ARM,
	CODE_AARCH64,
	CODE_X86_64,
};

/* Instructions in a row: a function, or part of one. */
struct code_range {
	const char *section;
	const char *function; /* NULL: none is known */
	uint64_t address;     /* of the first byte: in an object, from the section's start */
	const uint8_t *bytes;
	size_t size;
	bool starts_function;
	bool thumb; /* ARM: 16-bit instructions */
};

struct code_file;

/* Opens PATH. NULL with ERR set: no ELF file, or of a machine that is not among the above. */
struct code_file *code_file_open(const char *path, struct error *err);
enum code_machine code_file_machine(const struct code_file *file);
/* Its ranges, by section and address; they live as long as FILE. */
const struct code_range *code_file_ranges(const struct code_file *file, size_t *count);
void code_file_close(struct code_file *file);

#endif
