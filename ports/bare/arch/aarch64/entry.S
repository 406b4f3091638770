/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What each core does on its way in, the first one and the others: EL1, exceptions, MMU and caches. */
#include "memory.h"

	.text
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
