/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What libgcc's divisions jump to when the divisor is 0, lr still as in their caller. exception.c knows this instruction. */
	.text
	.globl	__aeabi_idiv0, __aeabi_ldiv0
	.type	__aeabi_idiv0, %function
	.type	__aeabi_ldiv0, %function
__aeabi_idiv0:
__aeabi_ldiv0:
	udf	#0xd1
