/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Exception entry. The registers go into a struct frame (exception.c) on the exception stack, SP_EL1. An interrupt is then
 * handled on the interrupted code's stack, like a function that it called; anything else is a fault, passed to fault_decode().
 */
#include "memory.h"

	/* Each entry has room for 32 instructions. */
	.macro	entry target, kind
	.balign	128
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp]
	mov	x1, #\kind
	b	\target
	.endm

	.text
	.balign	2048
	.globl	vectors
vectors:
	entry	fault, FAULT_SYNCHRONOUS	/* from SP_EL0: all but exceptions' own code */
	entry	interrupt, 0
	entry	fault, FAULT_FIQ
	entry	fault, FAULT_SYSTEM_ERROR
	entry	fault, FAULT_SYNCHRONOUS	/* from SP_EL1: a fault while one is reported */
	entry	fault, FAULT_INTERRUPT
	entry	fault, FAULT_FIQ
	entry	fault, FAULT_SYSTEM_ERROR
	.rept	8				/* from EL0, where nothing runs */
	entry	fault, FAULT_USER
	.endr

	/* The frame, complete; x29 a frame record that leads to the code interrupted. */
	.macro	save
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	mrs	x2, sp_el0
	stp	x30, x2, [sp, #240]
	mrs	x2, elr_el1
	mrs	x3, spsr_el1
	stp	x2, x3, [sp, #256]
	stp	x29, x2, [sp, #288]
	add	x29, sp, #288
	.endm

fault:	save
	mrs	x2, esr_el1
	mrs	x3, far_el1
	stp	x2, x3, [sp, #272]
	mov	x0, sp
	bl	fault_decode
1:	wfi
	b	1b

interrupt:
	save
	msr	spsel, #0
	bl	bare_interrupt
	msr	spsel, #1
	ldp	x2, x3, [sp, #256]
	msr	elr_el1, x2
	msr	spsr_el1, x3
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldp	x18, x19, [sp, #144]
	ldp	x20, x21, [sp, #160]
	ldp	x22, x23, [sp, #176]
	ldp	x24, x25, [sp, #192]
	ldp	x26, x27, [sp, #208]
	ldp	x28, x29, [sp, #224]
	ldr	x30, [sp, #240]
	ldp	x0, x1, [sp], #FRAME_SIZE
	eret
