// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What the processor does in an instruction or two: interrupts on and off, sleep, caches. */
#include "bare.h"

unsigned long arch_irq_save(void)
{
	unsigned long flags;

	__asm__ volatile("mrs %0, daif\n\tmsr daifset, #2" : "=r"(flags) : : "memory");
	return flags;
}

void arch_irq_restore(unsigned long flags)
{
	__asm__ volatile("msr daif, %0" : : "r"(flags) : "memory");
}

/*
 * System errors (bit 2 of the mask) are let in too: a device that does not answer is not to go
 * unnoticed.
 */
void arch_irq_on(void)
{
	__asm__ volatile("msr daifclr, #6" : : : "memory");
}

void arch_idle(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

void arch_halt(void)
{
	__asm__ volatile("msr daifset, #15");
	for (;;)
		__asm__ volatile("wfi");
}

static uintptr_t cache_line(void)
{
	uint64_t ctr;

	__asm__("mrs %0, ctr_el0" : "=r"(ctr));
	return 4u << (ctr >> 16 & 15);
}

void arch_cache_flush(const void *start, size_t size)
{
	uintptr_t line = cache_line(), end = (uintptr_t)start + size;

	for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line)
		__asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
	__asm__ volatile("dsb sy" : : : "memory");
}

void arch_cache_invalidate(void *start, size_t size)
{
	uintptr_t line = cache_line(), end = (uintptr_t)start + size;

	for (uintptr_t at = (uintptr_t)start & ~(line - 1); at < end; at += line)
		__asm__ volatile("dc ivac, %0" : : "r"(at) : "memory");
	__asm__ volatile("dsb sy" : : : "memory");
}

unsigned arch_core(void)
{
	uint64_t mpidr;

	__asm__("mrs %0, mpidr_el1" : "=r"(mpidr));
	return mpidr & 0xff;
}

/* x19 to x30 (switch.S); a frame record of zeros ends backtraces. */
uintptr_t arch_switch_prepare(void *top, void (*entry)(void))
{
	uintptr_t *registers = (uintptr_t *)top - 12;

	__builtin_memset(registers, 0, 12 * sizeof(*registers));
	registers[11] = (uintptr_t)entry;
	return (uintptr_t)registers;
}
