// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * What the processor does in an instruction or two: interrupts on and off, sleep, caches. And that
 * there is one core.
 */
#include "bare.h"

#define CACHE_LINE 32u

static void data_barrier(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
}

unsigned long arch_irq_save(void)
{
	unsigned long flags;

	__asm__ volatile("mrs %0, cpsr\n\tcpsid i" : "=r"(flags) : : "memory");
	return flags;
}

void arch_irq_restore(unsigned long flags)
{
	__asm__ volatile("msr cpsr_c, %0" : : "r"(flags) : "memory");
}

/*
 * Aborts that come late (bit 8 of the state) are let in too: a device that does not answer is not
 * to go unnoticed.
 */
void arch_irq_on(void)
{
	__asm__ volatile("cpsie ai" : : : "memory");
}

void arch_idle(void)
{
	data_barrier();
#if __ARM_ARCH >= 7
	__asm__ volatile("wfi" : : : "memory");
#else
	__asm__ volatile("mcr p15, 0, %0, c7, c0, 4" : : "r"(0) : "memory");
#endif
}

void arch_halt(void)
{
	__asm__ volatile("cpsid if");
	for (;;)
		arch_idle();
}

void arch_cache_flush(const void *start, size_t size)
{
	uintptr_t end = (uintptr_t)start + size;

	for (uintptr_t at = (uintptr_t)start & ~(CACHE_LINE - 1); at < end; at += CACHE_LINE)
		__asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(at) : "memory");
	data_barrier();
}

void arch_cache_invalidate(void *start, size_t size)
{
	uintptr_t end = (uintptr_t)start + size;

	for (uintptr_t at = (uintptr_t)start & ~(CACHE_LINE - 1); at < end; at += CACHE_LINE)
		__asm__ volatile("mcr p15, 0, %0, c7, c6, 1" : : "r"(at) : "memory");
	data_barrier();
}

bool arch_core_start(unsigned n, void (*fn)(void *arg), void *arg, void *stack_top)
{
	(void)n, (void)fn, (void)arg, (void)stack_top;
	return false;
}

unsigned arch_core(void)
{
	return 0;
}

/* r3 to r11, lr (switch.S); fp 0 ends backtraces. */
uintptr_t arch_switch_prepare(void *top, void (*entry)(void))
{
	uintptr_t *registers = (uintptr_t *)top - 10;

	__builtin_memset(registers, 0, 10 * sizeof(*registers));
	registers[9] = (uintptr_t)entry;
	return (uintptr_t)registers;
}
