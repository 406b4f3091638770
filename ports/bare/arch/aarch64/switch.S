/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Switching between fibers: what a function keeps for its caller (AAPCS64, 6.1.1) is on the stack of the fiber that does not run,
 *.
 */

	.text
	.globl	arch_switch
	.type	arch_switch, %function
/* void arch_switch(uintptr_t *from, uintptr_t to) */
arch_switch:
	stp	x19, x20, [sp, #-96]!
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	mov	x2, sp
	str	x2, [x0]
	mov	sp, x1
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	x19, x20, [sp], #96
	ret
