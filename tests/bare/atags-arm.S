/* SPDX-License-Identifier: GPL-2.0-only */
/* What a firmware of old leaves in the first page: itself at 0, ATAGs at 0x100; and KERNEL at 0x8000. 192 + 8 MiB of memory. */
	.globl	_start
_start:	mov	r0, #0
	ldr	r1, =3138
	mov	r2, #0x100
	mov	pc, #0x8000
	.ltorg
	.org	0x100
	.long	2, 0x54410001
	.long	4, 0x54410002, 0x0c000000, 0
	.long	3, 0x54410009, 0x00636261
	.long	4, 0x54410002, 0x00800000, 0x10000000
	.long	0, 0
	.org	0x8000
	.incbin	KERNEL
