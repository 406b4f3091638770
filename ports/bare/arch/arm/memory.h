/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Numbers that start code, tables and linker script share. ARM1176JZF-S Technical Reference Manual
 * (DDI 0301), chapter 3.
 */
#ifndef PORTS_BARE_ARM_MEMORY_H
#define PORTS_BARE_ARM_MEMORY_H

#define MOVER_SIZE 48
#define STACK_SIZE 0x10000
/* not mapped, below the stack; no function's frame is as large */
#define STACK_GUARD_SIZE     0x10000
#define CORES		     1
#define EXCEPTION_STACK_SIZE 0x4000

#define FRAME_SIZE	72 /* struct frame, exception.c */
#define FAULT_UNDEFINED 0
#define FAULT_CALL	1
#define FAULT_JUMP	2
#define FAULT_DATA	3
#define FAULT_FIQ	4

/* Processor modes; interrupts are off in all of those here. */
#define MODE_FIQ       0xd1
#define MODE_IRQ       0xd2
#define MODE_SVC       0xd3
#define MODE_ABORT     0xd7
#define MODE_UNDEFINED 0xdb
#define MODE_HYP       0x1a /* with no more than the mode's own bits */

/* The system control register. */
#define SCTLR_M	  (1 << 0)
#define SCTLR_A	  (1 << 1) /* an unaligned access faults */
#define SCTLR_C	  (1 << 2)
#define SCTLR_Z	  (1 << 11) /* branch prediction */
#define SCTLR_I	  (1 << 12)
#define SCTLR_U	  (1 << 22)
#define SCTLR_XP  (1 << 23)  /* page tables of ARMv6 */
#define SCTLR_OFF 0x00050078 /* what reads as one */
#define SCTLR_ON  (SCTLR_OFF | SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_Z | SCTLR_I | SCTLR_U | SCTLR_XP)

#endif
