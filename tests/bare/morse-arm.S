@ SPDX-License-Identifier: GPL-2.0-only
@ Bare metal for QEMU's raspi0: half a second of 440 Hz on GPIO 17, then "HI PI" in Morse at 24 words per minute, keyed
@ as a 1 kHz tone; GPIO 47 is high while a mark lasts. Sleeps between the edges; at the end it sleeps for good.
@ Position-independent, entered at its first byte.
	.arch	armv6
	.globl	_start

	.equ	GPIO, 0x20200000	@ BCM2835 ARM Peripherals, chapters 6, 12 and 7
	.equ	SYSTIMER, 0x20003000
	.equ	IRQ_ENABLE1, 0x2000b210
	.equ	HALF_440, 1136		@ us
	.equ	HALF_1K, 500
	.equ	UNIT, 50000		@ us: 24 words per minute

	.macro	mark units
	.word	\units * UNIT / HALF_1K, HALF_1K
	.endm
	.macro	space units
	.word	0, \units * UNIT
	.endm

_start:	ldr	r0, =GPIO
	ldr	r9, =SYSTIMER
	mov	r2, #(1 << 21)		@ pins 17 and 47 are outputs
	str	r2, [r0, #0x04]
	str	r2, [r0, #0x10]
	mov	r3, #(1 << 17)		@ in GPSET0 and GPCLR0
	mov	r4, #(1 << 15)		@ in GPSET1 and GPCLR1
	ldr	r1, =IRQ_ENABLE1
	mov	r2, #2			@ the timer's compare register 1
	str	r2, [r1]
	ldr	r8, [r9, #4]		@ CLO; r8 is the time of the next edge
	adr	r7, table
next:	ldmia	r7!, {r5, r6}		@ edges, and time from edge to edge
	cmp	r6, #0
	beq	end
	cmp	r5, #0
	strne	r4, [r0, #0x20]		@ GPSET1
	bleq	sleep
	beq	next
1:	str	r3, [r0, #0x1c]		@ GPSET0
	bl	sleep
	str	r3, [r0, #0x28]		@ GPCLR0
	bl	sleep
	subs	r5, r5, #2
	bgt	1b
	str	r4, [r0, #0x2c]		@ GPCLR1
	b	next

end:	mov	r3, #0			@ so that the script sees the end: pin 18
	mov	r2, #(1 << 24)
	str	r2, [r0, #0x04]
	mov	r2, #(1 << 18)
	str	r2, [r0, #0x1c]
2:	mcr	p15, 0, r3, c7, c0, 4	@ wait for interrupt
	b	2b

sleep:	mrs	r10, cpsr		@ keeps the flags
	add	r8, r8, r6
	str	r8, [r9, #0x10]		@ compare register 1
	mcr	p15, 0, r1, c7, c0, 4	@ wait for interrupt; it stays masked
	mov	r1, #2
	str	r1, [r9]
	ldr	r1, [r9, #4]
	msr	cpsr_f, r10
	bx	lr

	.ltorg
table:	.word	440, HALF_440
	space	10
	mark 1
	space 1
	mark 1
	space 1
	mark 1
	space 1
	mark 1
	space 3
	mark 1
	space 1
	mark 1
	space 7
	mark 1
	space 1
	mark 3
	space 1
	mark 3
	space 1
	mark 1
	space 3
	mark 1
	space 1
	mark 1
	space 7
	.word	0, 0
