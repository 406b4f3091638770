/* SPDX-License-Identifier: GPL-2.0-only */
	.section .text.start, "ax"
	.globl	_start
_start:
#ifdef __aarch64__
	mrs	x0, mpidr_el1
	and	x0, x0, #3
	cbnz	x0, 1f
	mov	x0, #0x80000
	mov	sp, x0
	bl	main
1:	wfe
	b	1b
#else
	mov	sp, #0x8000
	bl	main
1:	b	1b
#endif
