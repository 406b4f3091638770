/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where the firmware enters a 32-bit board: its one core, in SVC or HYP mode, MMU off, r2 the devicetree's or ATAGs' address or 0
 * (Linux' Documentation/arch/arm/booting.rst).
 *
 * Threads and interrupt handlers run in SVC mode on one stack. Abort and undefined mode have the exception stack: what it is
 * for starts with a good stack even when the thread's has overflowed.
 */
#include "memory.h"

	.syntax	unified
	.section .start, "ax"
	.globl	_start
_start:
#if __ARM_ARCH >= 7
	/* From HYP mode to SVC mode, which gets the counter and no trap. */
	.arch_extension virt
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
	bne	1f
	mov	r0, #0
	mov	r1, #0
	mcrr	p15, 4, r0, r1, c14		/* the virtual counter is the physical one */
	mcr	p15, 4, r0, c1, c1, 0		/* HCR */
	mcr	p15, 4, r0, c1, c1, 2		/* HCPTR */
	mcr	p15, 4, r0, c1, c1, 3		/* HSTR */
	mov	r0, #3
	mcr	p15, 4, r0, c14, c1, 0		/* CNTHCTL */
	mrs	r0, cpsr
	bic	r0, r0, #0x1f
	orr	r0, r0, #MODE_SVC
	msr	spsr_hyp, r0
	adr	r0, 1f
	msr	elr_hyp, r0
	eret
1:
#endif
	cpsid	if, #0x13
	/* Moves the image to where it was linked to run. The code that does is its last: see move.S. */
	adr	r0, _start
	ldr	r1, =_start
	ldr	r3, =__image_end
	cmp	r0, r1
	subne	r4, r3, r1
	addne	r4, r0, r4
	subne	pc, r4, #MOVER_SIZE

	.globl	start_moved
start_moved:
	mov	r8, r2
	bl	start_stacks
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* vector base */
	bl	start_clear_bss
	mov	r0, r8
	bl	bare_firmware_early
	mov	r8, r0
	ldr	r0, =bare_regions
	bl	arch_mmu_init
	bl	start_mmu_on
	mov	fp, #0				/* the end of each backtrace */
	mov	lr, #0
	mov	r0, r8
	b	bare_start

/* The modes' stacks. An interrupt needs none of its own, see vectors.S. */
start_stacks:
	mov	r1, lr
	ldr	r0, =__exception_stack_top
	msr	cpsr_c, #MODE_FIQ
	mov	sp, r0
	msr	cpsr_c, #MODE_IRQ
	mov	sp, r0
	msr	cpsr_c, #MODE_ABORT
	mov	sp, r0
	msr	cpsr_c, #MODE_UNDEFINED
	mov	sp, r0
	msr	cpsr_c, #MODE_SVC
	ldr	sp, =__stack_top
	bx	r1

start_clear_bss:
	ldr	r0, =__bss_start
	ldr	r1, =__bss_end
	mov	r2, #0
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
1:	stmia	r0!, {r2-r5}
	stmia	r0!, {r2-r5}
	stmia	r0!, {r2-r5}
	stmia	r0!, {r2-r5}
	cmp	r0, r1
	blo	1b
	bx	lr

/* Turns on MMU and caches, with the tables that arch_mmu_init() has made. */
start_mmu_on:
	mov	r0, #0
#if __ARM_ARCH >= 7
	mcr	p15, 0, r0, c7, c5, 0		/* instruction cache; the processor's reset has emptied the others */
#else
	mcr	p15, 0, r0, c7, c7, 0		/* both caches: nothing that is in them is wanted */
#endif
	mcr	p15, 0, r0, c8, c7, 0		/* nor in the TLBs */
	mcr	p15, 0, r0, c7, c10, 4		/* data synchronization barrier */
	ldr	r1, =mmu_top_table
	orr	r1, r1, #0x09			/* walks: outer cached, not shared, inner cached */
	mcr	p15, 0, r1, c2, c0, 0		/* table base 0 */
	mcr	p15, 0, r0, c2, c0, 2		/* it alone is used */
	mov	r1, #1
	mcr	p15, 0, r1, c3, c0, 0		/* domain 0: as the tables say */
	ldr	r1, =SCTLR_ON
	mcr	p15, 0, r1, c1, c0, 0
	mcr	p15, 0, r0, c7, c5, 4		/* prefetch flush */
	bx	lr
	.ltorg
