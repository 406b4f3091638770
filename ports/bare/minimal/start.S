/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where the firmware enters: core 0 gets a stack, below the image, and calls main(). It stays as the firmware left it: at its exception
 * level, MMU, caches and interrupts off.
 */
	.section .start, "ax"
	.globl	_start
_start:
#ifdef __aarch64__
	adr	x0, _start
	mov	sp, x0
	mrs	x0, mpidr_el1
	tst	x0, #0xff
	b.ne	1f
	bl	main
1:	wfe
	b	1b
#else
	adr	sp, _start
	bl	main
1:	b	1b
#endif
