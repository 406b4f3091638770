@ SPDX-License-Identifier: GPL-2.0-only
@ Bare metal for QEMU's raspi0: toggles GPIO 17 COUNT times, then ends QEMU through semihosting.
@   qemu-system-arm -M raspi0 -kernel toggle.elf -icount shift=3 -semihosting
@ How long a level lasts: DUS us by polling the system timer; or, with SLEEP, DUS us asleep until the timer's
@ interrupt; or, with neither, as short as it gets. FOREVER: does not end.
	.arch	armv6
	.globl	_start

	.equ	GPIO, 0x20200000	@ BCM2835 ARM Peripherals, chapters 6, 12 and 7
	.equ	GPFSEL1, 0x04
	.equ	GPSET0, 0x1c
	.equ	GPCLR0, 0x28
	.equ	SYSTIMER, 0x20003000
	.equ	CS, 0x00
	.equ	CLO, 0x04
	.equ	C1, 0x10
	.equ	IRQ_ENABLE1, 0x2000b210
	.equ	PIN17, 1 << 17
	.equ	TIMER1, 1 << 1		@ in CS and in IRQ_ENABLE1

_start:	ldr	r0, =GPIO
	ldr	r9, =SYSTIMER
	mov	r2, #(1 << 21)		@ pin 17 is an output, all others of the register are inputs
	str	r2, [r0, #GPFSEL1]
	mov	r3, #PIN17
	ldr	r5, =COUNT
#ifdef SLEEP
	ldr	r1, =IRQ_ENABLE1
	mov	r2, #TIMER1
	str	r2, [r1]
	ldr	r8, [r9, #CLO]		@ the time of the next edge
#endif
1:	bl	wait
	str	r3, [r0, #GPSET0]
	bl	wait
	str	r3, [r0, #GPCLR0]
	subs	r5, r5, #2
	bgt	1b
#ifdef FOREVER
	b	1b
#endif
	mov	r0, #0x18		@ SYS_EXIT
	ldr	r1, =0x20026		@ ADP_Stopped_ApplicationExit
	svc	0x123456
2:	b	2b

wait:
#if defined(SLEEP)
	ldr	r1, =DUS
	add	r8, r8, r1
	str	r8, [r9, #C1]
	mcr	p15, 0, r1, c7, c0, 4	@ wait for interrupt; it stays masked
	mov	r1, #TIMER1
	str	r1, [r9, #CS]
	ldr	r1, [r9, #CLO]		@ as a kernel does; the recorder learns the time from it
#elif DUS
	ldr	r12, [r9, #CLO]
3:	ldr	r6, [r9, #CLO]
	sub	r6, r6, r12
	cmp	r6, #DUS
	blo	3b
#endif
	bx	lr
