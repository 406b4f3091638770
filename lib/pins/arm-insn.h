/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The little that the pin recorder must know of ARM instructions, by their first two or four bytes
 * (little-endian). Arm Architecture Reference Manual. The instruction set is not always known:
 * QEMU's arm and aarch64 programs both run A32 and T32, the latter runs A64, too. What may be wrong
 * about an instruction is said at each function.
 */
#ifndef LIB_PINS_ARM_INSN_H
#define LIB_PINS_ARM_INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arm_insn {
	uint32_t code;
	unsigned int size; /* 2 or 4 bytes */
	bool aarch64;	   /* QEMU emulates a 64-bit processor */
};

/* A32 for sure: as T32, four bytes begin with a halfword of at least 0xe800. */
static inline bool arm_is_a32(struct arm_insn insn)
{
	return !insn.aarch64 && insn.size == 4 && (insn.code & 0xffff) < 0xe800;
}

/*
 * Waits for an interrupt, in any of the instruction sets; the ARM1176 knows that as an operation of
 * coprocessor 15. May be wrongly true for another set's instruction, which does no harm.
 */
static inline bool arm_waits(struct arm_insn insn)
{
	static const struct {
		uint32_t mask, value;
	} wfi[] = {
		{ 0xffffffff, 0xd503207f }, /* A64 */
		{ 0x0fffffff, 0x0320f003 }, /* A32 */
		{ 0x0fff0fff, 0x0e070f90 }, /* A32: mcr p15, 0, Rd, c7, c0, 4 */
		{ 0xffffffff, 0x8003f3af }, /* T32 */
	};

	if (insn.size == 2)
		return insn.code == 0xbf30;
	for (size_t i = 0; i < sizeof(wfi) / sizeof(wfi[0]); i++)
		if ((insn.code & wfi[i].mask) == wfi[i].value)
			return true;
	return false;
}

/* The registers that tell the time of a 64-bit processor: mrs Xt, REGISTER. */
enum arm_clock { ARM_NO_CLOCK, ARM_COUNTER, ARM_COUNTER_FREQUENCY };

/* Which of them the instruction reads, and into which general register. */
static inline enum arm_clock arm_reads_clock(struct arm_insn insn, unsigned int *target)
{
	*target = insn.code & 31;
	if (!insn.aarch64 || insn.size != 4 || *target == 31)
		return ARM_NO_CLOCK;
	switch (insn.code & ~31u) {
	case 0xd53be000: /* CNTFRQ_EL0 */
		return ARM_COUNTER_FREQUENCY;
	case 0xd53be020: /* CNTPCT_EL0 */
	case 0xd53be040: /* CNTVCT_EL0 */
		return ARM_COUNTER;
	}
	return ARM_NO_CLOCK;
}

/*
 * Sure to be followed by the next instruction of its block: arithmetic on registers. Anything else
 * may fault, or be I/O that makes QEMU split the block there. Wrong for another set's instruction,
 * the count of instructions is too low by a few after a fault.
 */
static inline bool arm_goes_on(struct arm_insn insn)
{
	uint32_t class = insn.code >> 25 & 7;

	if (insn.size != 4)
		return false;
	if (insn.aarch64) /* data processing: immediate, register */
		return (insn.code >> 26 & 7) == 4 || class == 5;
	return insn.code >> 28 != 0xf && (class == 1 || (class == 0 && (insn.code & 0x90) != 0x90));
}

/*
 * Loads or stores at an address made from the stack pointer or the program counter: memory, never a
 * device. Only said of instructions that are A32 for sure.
 */
static inline bool arm_on_stack(struct arm_insn insn)
{
	uint32_t base = insn.code >> 16 & 15;
	bool word_or_byte = (insn.code >> 26 & 3) == 1, multiple = (insn.code >> 25 & 7) == 4;

	return arm_is_a32(insn) && insn.code >> 28 != 0xf && (word_or_byte || multiple) &&
	       (base == 13 || base == 15);
}

#endif
