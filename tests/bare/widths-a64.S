// SPDX-License-Identifier: GPL-2.0-only
// Bare metal for QEMU's raspi3b: drives pins with stores of every width, and those above 31, then ends QEMU through
// semihosting. Position-independent, entered at its first byte.
//   qemu-system-aarch64 -M raspi3b -kernel widths.bin -icount shift=3 -semihosting
	.globl	_start
	.equ	GPSET0, 0x1c		// BCM2835 ARM Peripherals, chapter 6
	.equ	GPSET1, 0x20
	.equ	GPCLR0, 0x28
	.equ	GPCLR1, 0x2c

_start:	mrs	x1, mpidr_el1
	and	x1, x1, #3
	cbnz	x1, park
	movz	x0, #0x3f20, lsl #16	// GPIO
	mov	w2, #1 << 12		// GPFSEL0: pin 4 is an output
	str	w2, [x0]
	mov	w2, #1 << 21		// GPFSEL4: pin 47 is an output; pin 40 plays its alternate function 0
	orr	w2, w2, #4
	str	w2, [x0, #0x10]
	mov	w3, #1 << 4
	mov	w4, #1 << 15		// pin 47 in GPSET1 and GPCLR1
	strb	w3, [x0, #GPSET0]
	strb	w3, [x0, #GPCLR0]
	strh	w3, [x0, #GPSET0]
	strh	w3, [x0, #GPCLR0]
	str	w3, [x0, #GPSET0]
	str	w3, [x0, #GPCLR0]
	str	w4, [x0, #GPSET1]
	str	w4, [x0, #GPCLR1]
	stp	w3, w4, [x0, #GPSET0]	// pins 4 and 47 at one time or nearly so
	orr	x5, x3, x4, lsl #32
	str	x5, [x0, #GPCLR0]	// both, as one store of 64 bits
	adr	x1, block
	movz	w0, #0x18		// SYS_EXIT
	hlt	#0xf000
park:	wfe
	b	park

	.balign	8
block:	.quad	0x20026, 0		// ADP_Stopped_ApplicationExit, status 0
