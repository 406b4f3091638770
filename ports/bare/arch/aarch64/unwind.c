// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Frames of the stack, for backtraces. */
#include "bare.h"

/*
 * Whether the 16 bytes at ADDRESS, a multiple of 16 or 8, can be read, by the processor's own
 * translation.
 */
static bool readable(uintptr_t address)
{
	uint64_t par;
	unsigned long flags = arch_irq_save();

	__asm__ volatile("at s1e1r, %1\n\tisb\n\tmrs %0, par_el1"
			 : "=r"(par)
			 : "r"(address)
			 : "memory");
	arch_irq_restore(flags);
	return !(par & 1);
}

/* A frame record is the caller's record and the address to return to (AAPCS64, 6.4.6). */
bool arch_unwind(uintptr_t *fp, uintptr_t *pc)
{
	const uintptr_t *record = (const uintptr_t *)*fp;

	if (!*fp || *fp % sizeof(uintptr_t) || !readable(*fp) || !readable(*fp + sizeof(uintptr_t)))
		return false;
	*fp = record[0];
	*pc = record[1];
	return *pc != 0;
}
