@ SPDX-License-Identifier: GPL-2.0-only
@ Bare metal for QEMU's raspi0: prints where and how it was entered, and the first words at r2, on the PL011.
	.arch	armv6
	.globl	_start

	.equ	UART, 0x20201000	@ BCM2835 ARM Peripherals, chapter 13
	.equ	WORDS, 8

_start:	sub	r8, pc, #8
	mov	sp, r8
	mov	r4, r0
	mov	r5, r1
	mov	r6, r2
	mrs	r7, cpsr
	mov	r0, r8
	bl	word
	mov	r0, r4
	bl	word
	mov	r0, r5
	bl	word
	mov	r0, r6
	bl	word
	and	r0, r7, #0x1f		@ the mode: 0x13 is SVC, 0x1a HYP
	bl	word
	bl	line
	mov	r9, #WORDS
1:	ldr	r0, [r6], #4
	bl	word
	subs	r9, r9, #1
	bne	1b
	bl	line
2:	b	2b

word:	ldr	r1, =UART		@ r0 in hexadecimal, and a blank
	mov	r2, #8
1:	mov	r0, r0, ror #28
	and	r3, r0, #15
	cmp	r3, #10
	addlt	r3, r3, #'0'
	addge	r3, r3, #'a' - 10
	str	r3, [r1]
	subs	r2, r2, #1
	bne	1b
	mov	r3, #' '
	str	r3, [r1]
	bx	lr

line:	ldr	r1, =UART
	mov	r3, #'\n'
	str	r3, [r1]
	bx	lr
