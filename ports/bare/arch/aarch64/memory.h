/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Numbers that start code, tables and linker script share. Arm Architecture Reference Manual (DDI
 * 0487), part D.
 */
#ifndef PORTS_BARE_AARCH64_MEMORY_H
#define PORTS_BARE_AARCH64_MEMORY_H

#define MOVER_SIZE 64
#define CORES	   4
#define STACK_SIZE 0x10000
/* not mapped, below the stack; no function's frame is as large */
#define STACK_GUARD_SIZE     0x10000
#define EXCEPTION_STACK_SIZE 0x4000

#define FRAME_SIZE	   304 /* struct frame, exception.c */
#define FAULT_SYNCHRONOUS  0
#define FAULT_FIQ	   1
#define FAULT_SYSTEM_ERROR 2
#define FAULT_INTERRUPT	   3
#define FAULT_USER	   4

#define CORE_SLOT_SHIFT	   7 /* struct core_slot, core.c */
#define CORE_SLOT_FUNCTION 0
#define CORE_SLOT_ARGUMENT 8
#define CORE_SLOT_STACK	   16
#define CORE_SLOT_PARKED   64

/* an image below it is a Pi's: memory begins at 0 */
#define PI_IMAGE_LIMIT 0x800000

/* Cortex-A53 TRM (DDI 0500), and Cortex-A72's (100095): to be set before the caches are on. */
#define CPUECTLR_EL1	s3_1_c15_c2_1
#define CPUECTLR_SMPEN	(1 << 6)
#define MIDR_PART_SHIFT 4
#define MIDR_PART_BITS	12
#define MIDR_PART_A53	0xd03
#define MIDR_PART_A72	0xd08

#define SCR_EL3_RW			  (1 << 10)  /* EL1 is AArch64, and secure */
#define HCR_EL2_RW			  0x80000000 /* EL1 is AArch64 */
#define CNTHCTL_EL2_EL1_COUNTER_AND_TIMER 3
#define CPTR_EL2_RES1			  0x33ff
#define SPSR_EL1T_MASKED		  0x3c4

#define SCTLR_EL1_OFF 0x30d00800 /* what reads as one */
#define SCTLR_EL1_ON  (SCTLR_EL1_OFF | SCTLR_M | SCTLR_C | SCTLR_SA | SCTLR_I | SCTLR_WXN)
#define SCTLR_M	      (1 << 0)
#define SCTLR_C	      (1 << 2)
#define SCTLR_SA      (1 << 3) /* the stack pointer is a multiple of 16 */
#define SCTLR_I	      (1 << 12)
#define SCTLR_WXN     (1 << 19) /* what is written is not executed */

/* Kinds of memory, by their number in page table entries. */
#define MAIR_DEVICE   0
#define MAIR_NORMAL   1
#define MAIR_UNCACHED 2
/* 0: device-nGnRE; 1: write-back, write- and read-allocate; 2: not cached */
#define MAIR_VALUE 0x44ff04

/*
 * 39 bits of addresses in 4 KiB pages from TTBR0 alone, walked in cached memory; 36 bits of
 * physical addresses.
 */
#define TCR_VALUE (25 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | 1 << 32)

#endif
