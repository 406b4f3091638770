// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bare metal for QEMU's virt: with the PL061, stores to pins that are inputs, pin 0 toggles four times with a store to it
 * alone, pins 1 and 2 change places with a store to all, pin 1 becomes an input.
 */
	.equ	GPIO, 0x09030000	// ARM DDI 0190B, section 3.3
	.equ	DIR, 0x400
	.globl	_start

_start:	mov	x0, #GPIO
	mov	w1, #0xff
	strb	w1, [x0, #(0xff << 2)]	// all are inputs: nothing happens
	mov	w2, #0x07
	str	w2, [x0, #DIR]
	mov	w3, #4
1:	str	w1, [x0, #(1 << 2)]
	str	wzr, [x0, #(1 << 2)]
	subs	w3, w3, #2
	b.gt	1b
	mov	w4, #0x02
	strb	w4, [x0, #(0xff << 2)]
	mov	w4, #0x04
	strb	w4, [x0, #(0xff << 2)]
	mov	w4, #0x05
	str	w4, [x0, #DIR]
	ldr	x5, =0x09000000		// a word on the PL011: it is done
	mov	w6, #'.'
	str	w6, [x5]
2:	b	2b
