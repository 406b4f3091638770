/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counts what is typed on the PL011 of a Pi Zero: says a digit and the byte, then whether there is a
 * card (y or n), and then moves pin 17 up and down four times, 100 us each by the system timer. What
 * it knows is in one register, so that it shows whether the board was put back.
 */
	.set UART, 0x20201000
	.set UART_FLAGS, 0x18
	.set RX_EMPTY, 0x10
	.set GPIO, 0x20200000
	.set GPFSEL1, 0x04
	.set GPFSEL4, 0x10
	.set GPFSEL5, 0x14
	.set GPSET0, 0x1c
	.set GPCLR0, 0x28
	.set SDHOST, 0x20202000		/* as Linux's bcm2835-mmc uses it */
	.set SDCMD, 0x00
	.set SDARG, 0x04
	.set SDCMD_NEW, 0x8000
	.set SDCMD_FAIL, 0x4000
	.set SDCMD_NO_RESPONSE, 0x400
	.set TIMER, 0x20003000
	.set CLO, 0x04

	.text
	.global _start
_start:
	ldr	r10, =UART
	ldr	r9, =GPIO
	ldr	r8, =TIMER
	mov	r7, #'0'		@ the count
	mov	r6, #1 << 17
	mov	r0, #1 << 21		@ pin 17 is an output
	str	r0, [r9, #GPFSEL1]
	ldr	r0, =0x24000000		@ pins 48 to 53 are those of the card
	str	r0, [r9, #GPFSEL4]
	ldr	r0, =0x924
	str	r0, [r9, #GPFSEL5]
	ldr	r4, =SDHOST
	ldr	r0, =SDCMD_NEW | SDCMD_NO_RESPONSE	@ command 0: go idle
	str	r0, [r4, #SDCMD]
	adr	r1, ready
1:	ldrb	r0, [r1], #1
	cmp	r0, #0
	strne	r0, [r10]
	bne	1b

next:	ldr	r0, [r10, #UART_FLAGS]
	tst	r0, #RX_EMPTY
	bne	next
	ldr	r0, [r10]
	add	r7, r7, #1
	str	r7, [r10]
	str	r0, [r10]
	ldr	r0, =0x1aa		@ command 8: which voltage, which any card answers
	str	r0, [r4, #SDARG]
	ldr	r0, =SDCMD_NEW | 8
	str	r0, [r4, #SDCMD]
	ldr	r0, [r4, #SDCMD]
	tst	r0, #SDCMD_FAIL
	moveq	r0, #'y'
	movne	r0, #'n'
	str	r0, [r10]
	mov	r5, #4
1:	str	r6, [r9, #GPSET0]
	bl	wait
	str	r6, [r9, #GPCLR0]
	bl	wait
	subs	r5, r5, #1
	bne	1b
	mov	r0, #'\r'
	str	r0, [r10]
	mov	r0, #'\n'
	str	r0, [r10]
	b	next

wait:	ldr	r0, [r8, #CLO]
2:	ldr	r1, [r8, #CLO]
	sub	r1, r1, r0
	cmp	r1, #100
	blo	2b
	bx	lr

ready:	.asciz	"ready\r\n"
