/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Exception entry. An interrupt is handled in SVC mode on the stack of whom it interrupted, as a function that he called. A
 * fault's registers go into a struct frame (exception.c) on the exception stack, and it is passed to fault_decode().
 */
#include "memory.h"

	.text
	.balign	32
	.globl	vectors
vectors:
	b	undefined			/* (reset: never comes here) */
	b	undefined
	b	call
	b	jump_abort
	b	data_abort
	b	undefined			/* (reserved) */
	b	interrupt
	b	fast_interrupt

	/* OFFSET: what the processor adds to the address of the instruction at fault. */
	.macro	fault_entry kind, offset
	sub	lr, lr, #\offset
	sub	sp, sp, #FRAME_SIZE
	stmia	sp, {r0-r12}
	mov	r2, #\kind
	b	fault
	.endm

undefined:
	fault_entry FAULT_UNDEFINED, 4
jump_abort:
	fault_entry FAULT_JUMP, 4
data_abort:
	fault_entry FAULT_DATA, 8
call:
	fault_entry FAULT_CALL, 4
fast_interrupt:
	fault_entry FAULT_FIQ, 4

	/* The rest of the frame: sp and lr of the mode that it came from, pc, cpsr. */
fault:	mrs	r3, spsr
	str	lr, [sp, #60]
	str	r3, [sp, #64]
	mov	r0, sp
	mrs	r4, cpsr
	orr	r5, r3, #0xc0
	bic	r5, r5, #0x20
	msr	cpsr_c, r5
	mov	r6, sp
	mov	r7, lr
	msr	cpsr_c, r4
	str	r6, [sp, #52]
	str	r7, [sp, #56]
	mov	r1, r2
	bl	fault_decode
1:	b	1b

/*
 * On the SVC stack, from below: r0 to r3, r12; fp, lr; then pc and cpsr, for rfe. The last four, with fp at the last, are a frame
 * that arch_unwind() takes for that of the code interrupted.
 */
interrupt:
	sub	lr, lr, #4
	srsdb	sp!, #0x13
	cps	#0x13
	push	{fp, lr}
	add	fp, sp, #12
	push	{r0-r3, r12}
	and	r1, sp, #4			/* handlers want it to be a multiple of 8 */
	sub	sp, sp, r1
	push	{r1, r2}
	bl	bare_interrupt
	pop	{r1, r2}
	add	sp, sp, r1
	pop	{r0-r3, r12}
	pop	{fp, lr}
	rfeia	sp!
