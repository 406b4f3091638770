// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Frames of the stack, for backtraces. */
#include "bare.h"

/* Whether ADDRESS can be read, by the processor's own translation. */
static bool readable(uintptr_t address)
{
	uint32_t par;
	unsigned long flags = arch_irq_save();

	__asm__ volatile("mcr p15, 0, %1, c7, c8, 0\n\tmrc p15, 0, %0, c7, c4, 0"
			 : "=r"(par)
			 : "r"(address)
			 : "memory");
	arch_irq_restore(flags);
	return !(par & 1);
}

/*
 * With -mapcs-frame, fp points at the last of four words: the caller's fp, its sp, its lr, and
 * where the function begins.
 */
bool arch_unwind(uintptr_t *fp, uintptr_t *pc)
{
	const uintptr_t *frame = (const uintptr_t *)*fp;

	if (!*fp || *fp % sizeof(uintptr_t) || !readable(*fp) || !readable(*fp - 12))
		return false;
	*fp = frame[-3];
	*pc = frame[-1];
	return *pc != 0;
}
