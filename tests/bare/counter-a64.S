/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As counter-arm.S without a card, on QEMU's virt with its PL061, and by the processor's own counter.
 * Pin 3 is an output from an odd count on, until the next byte is done with.
 */
	.set UART, 0x09000000
	.set UART_FLAGS, 0x18
	.set RX_EMPTY_BIT, 4
	.set GPIO, 0x09030000
	.set PIN, 1 << 3
	.set PIN_DATA, PIN << 2		// the address says which pin a store is for
	.set DIRECTION, 0x400

	.text
	.global _start
_start:
	ldr	x10, =UART
	ldr	x9, =GPIO
	mov	w7, #'0'		// the count
	mov	w6, #PIN
	mrs	x8, cntfrq_el0
	mov	x0, #10000
	udiv	x8, x8, x0		// ticks in 100 us
	adr	x1, ready
1:	ldrb	w0, [x1], #1
	cbz	w0, next
	str	w0, [x10]
	b	1b

next:	ldr	w0, [x10, #UART_FLAGS]
	tbnz	w0, #RX_EMPTY_BIT, next
	ldr	w0, [x10]
	add	w7, w7, #1
	str	w7, [x10]
	str	w0, [x10]
	tbz	w7, #0, 1f
	str	w6, [x9, #DIRECTION]
1:	mov	w5, #4
2:	str	w6, [x9, #PIN_DATA]
	bl	wait
	str	wzr, [x9, #PIN_DATA]
	bl	wait
	subs	w5, w5, #1
	b.ne	2b
	tbnz	w7, #0, 3f
	str	wzr, [x9, #DIRECTION]
3:	mov	w0, #'\r'
	str	w0, [x10]
	mov	w0, #'\n'
	str	w0, [x10]
	b	next

wait:	mrs	x0, cntvct_el0
1:	mrs	x1, cntvct_el0
	sub	x1, x1, x0
	cmp	x1, x8
	b.lo	1b
	ret

ready:	.asciz	"ready\r\n"
