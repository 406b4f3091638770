// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bare metal for the 64-bit boards: each core that gets here prints where it is, its number, its exception level and the
 * first word at x0, or zeros when x0 is 0, on the PL011 at UART. A core of a higher number waits its turn.
 */
	.globl	_start
_start:	adr	x20, _start
	mov	x21, x0
	mrs	x22, mpidr_el1
	and	x22, x22, #3
	mrs	x23, CurrentEL
	lsr	x23, x23, #2
	lsl	x0, x22, #22		// some million instructions a core
1:	subs	x0, x0, #1
	b.gt	1b
	mov	x0, x20
	bl	word
	mov	x0, x22
	bl	word
	mov	x0, x23
	bl	word
	mov	x0, x21
	cbz	x0, 2f
	ldr	w0, [x0]
2:	bl	word
	mov	w3, #'\n'
	str	w3, [x1]
3:	wfe
	b	3b

word:	ldr	x1, =UART		// w0 in hexadecimal, and a blank
	mov	w2, #8
1:	ror	w0, w0, #28
	and	w3, w0, #15
	cmp	w3, #10
	add	w4, w3, #'0'
	add	w5, w3, #('a' - 10)
	csel	w3, w4, w5, lt
	str	w3, [x1]
	subs	w2, w2, #1
	b.ne	1b
	mov	w3, #' '
	str	w3, [x1]
	ret
