/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Moves the image from where the firmware put it (x1) down to where it was linked (x2, to x3), and goes on there. It is the
 * last thing in the image, so that it is not overwritten by the move while it runs.
 */
#include "memory.h"

	.section .mover, "aw"
	.balign	16
mover:	ldp	x4, x5, [x1], #16
	stp	x4, x5, [x2], #16
	cmp	x2, x3
	b.lo	mover
	ldr	x4, 1f
	dsb	sy
	ic	iallu
	dsb	sy
	isb
	br	x4
	.balign	8
1:	.quad	start_moved
	.balign	16
	.org	mover + MOVER_SIZE		/* an error when it is larger */
