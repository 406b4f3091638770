/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that code in a kernel, or beneath none, must not have: those of floating point and
 * SIMD, whose registers are the user's and are not saved; and, on x86-64, accesses below the stack
 * pointer, where an interrupt would write (the "red zone", System V ABI, AMD64 supplement, 3.2.2).
 */
#ifndef LIB_CHECK_KERNEL_CODE_H
#define LIB_CHECK_KERNEL_CODE_H

#include "base/error.h"
#include "check/finding.h"

/*
 * Disassembles all of the code in the ELF file PATH and adds each such instruction to FINDINGS, its
 * place being "SECTION+OFFSET in FUNCTION". The rules are "float", "red-zone" and, for what is no
 * instruction that the disassembler knows and so could be any, "unknown-instruction". Returns how
 * many instructions there are, or -1 with ERR set.
 */
long kernel_code_check(const char *path, struct findings *findings, struct error *err);

#endif
