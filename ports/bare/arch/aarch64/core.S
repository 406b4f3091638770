/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The other cores. Each comes to core_park: straight from reset, from the armstub that held it (core_call_in), or from PSCI. It
 * waits for its slot in core_slots to be filled by arch_core_start(), runs what that says, and waits again.
 */
#include "memory.h"

#define SPIN_TABLE 0xd8		/* the armstub's, in memory: an address for each core, 0 while it is to wait */

	.text
	.globl	core_park
core_park:
	bl	core_to_el1
	mrs	x19, mpidr_el1
	and	x19, x19, #0xff
	cmp	x19, #CORES
	b.hs	core_off
	ldr	x20, =core_slots
	add	x20, x20, x19, lsl #CORE_SLOT_SHIFT
	mov	x0, #1
	str	x0, [x20, #CORE_SLOT_PARKED]
	dsb	sy
1:	ldr	x21, [x20, #CORE_SLOT_FUNCTION]
	cbnz	x21, 2f
	wfe
	b	1b

2:	mov	x0, x19
	bl	core_set_exceptions
	bl	core_mmu_on
	ldr	x0, [x20, #CORE_SLOT_STACK]
	mov	sp, x0
	ldr	x0, [x20, #CORE_SLOT_ARGUMENT]
	mov	x29, xzr
	blr	x21
	msr	daifset, #15
	str	xzr, [x20, #CORE_SLOT_FUNCTION]
	b	1b

core_off:
	wfe
	b	core_off

/* Has the armstub, where there is one, send the other cores to core_park. Changes x0 to x2. */
	.globl	core_call_in
core_call_in:
	ldr	x0, =__text_start
	cmp	x0, #PI_IMAGE_LIMIT
	b.hs	2f
	ldr	x0, =core_park
	mov	x1, #SPIN_TABLE
	mov	x2, #CORES - 1
1:	str	x0, [x1, #8]!
	sub	x2, x2, #1
	cbnz	x2, 1b
	dsb	sy
	sev
2:	ret
