/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where the firmware enters an AArch64 board, on one core or on all, at EL3, EL2 or EL1, MMU off, x0 the devicetree's address or
 * 0 (Linux' Documentation/arch/arm64/booting.rst; the Pi's armstub does the same). Core 0 goes on to bare_start() at EL1; the
 * others wait in core_park for arch_core_start().
 *
 * Threads and interrupt handlers run on SP_EL0. SP_EL1 is the exception stack: what it is for starts with a good stack even
 * when the thread's has overflowed.
 */
#include "memory.h"

	.section .start, "ax"
	.globl	_start
_start:
	mrs	x1, mpidr_el1
	tst	x1, #0xffffff
	b.ne	core_park

	/* Moves the image to where it was linked to run. The code that does is its last: see move.S. */
	adr	x1, _start
	ldr	x2, =_start
	ldr	x3, =__image_end
	cmp	x1, x2
	b.eq	1f
	sub	x4, x3, x2
	add	x4, x1, x4
	sub	x4, x4, #MOVER_SIZE
	br	x4

	.globl	start_moved
start_moved:
1:	mov	x19, x0
	mrs	x0, CurrentEL
	ldr	x1, =core_entry_level
	str	x0, [x1]
	bl	core_to_el1
	adrp	x0, __stack_top
	mov	sp, x0
	mov	x0, #0
	bl	core_set_exceptions
	bl	start_clear_bss
	bl	core_call_in
	mov	x0, x19
	bl	bare_firmware_early
	mov	x19, x0
	ldr	x0, =bare_regions
	bl	arch_mmu_init
	bl	core_mmu_on
	mov	x29, xzr			/* the end of each backtrace */
	mov	x30, xzr
	mov	x0, x19
	b	bare_start

start_clear_bss:
	ldr	x0, =__bss_start
	ldr	x1, =__bss_end
1:	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b
	ret
	.ltorg

/* From EL3 or EL2 to EL1, on SP_EL0, interrupts off. Changes x0 and x1. */
	.globl	core_to_el1
core_to_el1:
	mrs	x0, CurrentEL
	cmp	x0, #3 << 2
	b.eq	1f
	cmp	x0, #2 << 2
	b.eq	2f
	msr	daifset, #15
	msr	spsel, #0
	ret

	/* EL3: on to secure EL1, which owns all there is. No firmware has set the interrupt controller up for anything else. */
1:	mrs	x0, midr_el1
	ubfx	x0, x0, #MIDR_PART_SHIFT, #MIDR_PART_BITS
	cmp	x0, #MIDR_PART_A53
	b.eq	3f
	cmp	x0, #MIDR_PART_A72
	b.ne	4f
3:	mrs	x0, CPUECTLR_EL1		/* no firmware has had the cores keep their caches coherent */
	orr	x0, x0, #CPUECTLR_SMPEN
	msr	CPUECTLR_EL1, x0
	isb
4:	mov	x0, #SCR_EL3_RW
	msr	scr_el3, x0
	msr	cptr_el3, xzr
	ldr	x0, =SCTLR_EL1_OFF
	msr	sctlr_el1, x0
	mov	x0, #SPSR_EL1T_MASKED
	msr	spsr_el3, x0
	msr	elr_el3, x30
	eret

	/* EL2: EL1 gets the counter, its own identity and no trap. */
2:	ldr	x0, =HCR_EL2_RW
	msr	hcr_el2, x0
	mov	x0, #CNTHCTL_EL2_EL1_COUNTER_AND_TIMER
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mov	x0, #CPTR_EL2_RES1
	msr	cptr_el2, x0
	msr	hstr_el2, xzr
	mrs	x0, midr_el1
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	ldr	x0, =SCTLR_EL1_OFF
	msr	sctlr_el1, x0
	mov	x0, #SPSR_EL1T_MASKED
	msr	spsr_el2, x0
	msr	elr_el2, x30
	eret

/* Sets the vectors and the exception stack of core x0. Changes x0 to x2. */
	.globl	core_set_exceptions
core_set_exceptions:
	ldr	x1, =__exception_stacks + EXCEPTION_STACK_SIZE
	mov	x2, #EXCEPTION_STACK_SIZE
	madd	x1, x0, x2, x1
	msr	spsel, #1
	mov	sp, x1
	msr	spsel, #0
	ldr	x1, =vectors
	msr	vbar_el1, x1
	isb
	ret

/* Turns on MMU and caches, with the tables that arch_mmu_init() has made. Changes x0 to x2. */
	.globl	core_mmu_on
core_mmu_on:
	ldr	x0, =mmu_top_table
	msr	ttbr0_el1, x0
	ldr	x0, =MAIR_VALUE
	msr	mair_el1, x0
	ldr	x0, =TCR_VALUE
	msr	tcr_el1, x0
	isb
	tlbi	vmalle1
	ic	iallu
	dsb	nsh
	isb
	ldr	x0, =SCTLR_EL1_ON
	msr	sctlr_el1, x0
	isb
	ret
	.ltorg
