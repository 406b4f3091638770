/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Switching between fibers: what a function keeps for its caller (AAPCS32, 6.1.1) is on the stack of the fiber that does not run.
 * (r3 is pushed to keep the stack a multiple of 8.)
 */

	.text
	.globl	arch_switch
	.type	arch_switch, %function
/* void arch_switch(uintptr_t *from, uintptr_t to) */
arch_switch:
	push	{r3-r11, lr}
	str	sp, [r0]
	mov	sp, r1
	pop	{r3-r11, pc}
