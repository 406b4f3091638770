/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that code in a kernel, or beneath none, must not have: those of floating point and
 * SIMD, whose registers are the user's and are not saved; and, on x86-64, accesses below the stack
 * pointer, where an interrupt would write (the "red zone", System V ABI, AMD64 supplement, 3.2.2).
 */
#ifndef LIB_CHECK_KERNEL_CODE_H
#define LIB_CHECK_KERNEL_CODE_H

#include <stdint.h>

#include "base/error.h"

enum kernel_code_fault {
	KERNEL_CODE_FLOAT,    /* floating point or SIMD */
	KERNEL_CODE_RED_ZONE, /* reaches below the stack pointer */
	/* not an instruction that the disassembler knows: it could be any */
	KERNEL_CODE_UNKNOWN,
};

struct kernel_code_finding {
	enum kernel_code_fault fault;
	const char *section;
	const char *function; /* NULL: none is known */
	uint64_t address;
	const char *instruction; /* as text */
};

typedef void kernel_code_found(void *arg, const struct kernel_code_finding *finding);

/*
 * Disassembles all of the code in the ELF file PATH and calls FOUND for each fault. Returns how
 * many instructions there are, or -1 with ERR set.
 */
long kernel_code_check(const char *path, kernel_code_found *found, void *arg, struct error *err);

/* The fault in a few words. */
const char *kernel_code_fault_text(enum kernel_code_fault fault);

#endif
