/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Moves the image from where the firmware or an emulator put it (r0) down to where it was linked (r1, to r3), and goes on there.
 * It is the last thing in the image, so that it is not overwritten by the move while it runs.
 */
#include "memory.h"

	.section .mover, "aw"
	.balign	16
mover:	ldmia	r0!, {r4-r7}
	stmia	r1!, {r4-r7}
	cmp	r1, r3
	blo	mover
	mov	r4, #0
	mcr	p15, 0, r4, c7, c10, 4		/* data synchronization barrier */
	mcr	p15, 0, r4, c7, c5, 0		/* instruction cache */
	mcr	p15, 0, r4, c7, c5, 4		/* prefetch flush */
	ldr	pc, 1f
1:	.long	start_moved
	.org	mover + MOVER_SIZE		/* an error when it is larger */
