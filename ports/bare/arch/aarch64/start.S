/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where the firmware enters an AArch64 board, on one core or on all, at EL3, EL2 or EL1, MMU off, x0 the devicetree's address or
 * 0 (Linux' Documentation/arch/arm64/booting.rst; the Pi's armstub does the same). Core 0 goes on to bare_start() at EL1; the
 * others wait in core_park for arch_core_start().
 *
 * Threads and interrupt handlers run on SP_EL0. SP_EL1 is the exception stack: what it is for starts with a good stack even
 * when the thread's has overflowed.
 */
#include "memory.h"

	.section .start, "ax"
	.globl	_start
_start:
	mrs	x1, mpidr_el1
	tst	x1, #0xffffff
	b.ne	core_park

	/* Moves the image to where it was linked to run. The code that does is its last: see move.S. */
	adr	x1, _start
	ldr	x2, =_start
	ldr	x3, =__image_end
	cmp	x1, x2
	b.eq	1f
	sub	x4, x3, x2
	add	x4, x1, x4
	sub	x4, x4, #MOVER_SIZE
	br	x4

	.globl	start_moved
start_moved:
1:	mov	x19, x0
	mrs	x0, CurrentEL
	ldr	x1, =core_entry_level
	str	x0, [x1]
	bl	core_to_el1
	adrp	x0, __stack_top
	mov	sp, x0
	mov	x0, #0
	bl	core_set_exceptions
	bl	start_clear_bss
	bl	core_call_in
	mov	x0, x19
	bl	bare_firmware_early
	mov	x19, x0
	ldr	x0, =bare_regions
	bl	arch_mmu_init
	bl	core_mmu_on
	mov	x29, xzr			/* the end of each backtrace */
	mov	x30, xzr
	mov	x0, x19
	b	bare_start

start_clear_bss:
	ldr	x0, =__bss_start
	ldr	x1, =__bss_end
1:	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b
	ret
	.ltorg
