// SPDX-License-Identifier: GPL-2.0-only
/* Accesses below the stack pointer: see red-zone.h. */
#include "check/red-zone.h"

void red_zone_start(struct red_zone *r)
{
	*r = (struct red_zone){ 0 };
}

static bool is_register(const cs_x86_op *op, x86_reg reg)
{
	return op->type == X86_OP_REG && op->reg == reg;
}

/*
 * How instructions move the stack pointer. It only ever counts down here: where it comes up again
 * does not matter.
 */
static void follow(struct red_zone *r, const cs_insn *insn)
{
	const cs_x86 *x86 = &insn->detail->x86;
	const cs_x86_op *op = x86->operands;

	switch (insn->id) {
	case X86_INS_PUSH:
	case X86_INS_PUSHFQ:
		r->reach += 8;
		return;
	case X86_INS_CALL:
		r->moves = true;
		return;
	case X86_INS_SUB:
		if (!is_register(&op[0], X86_REG_RSP))
			return;
		if (op[1].type == X86_OP_IMM && op[1].imm > 0)
			r->reach += op[1].imm;
		else
			r->moves = true;
		return;
	case X86_INS_ADD:
		if (is_register(&op[0], X86_REG_RSP) &&
		    !(op[1].type == X86_OP_IMM && op[1].imm > 0))
			r->moves = true;
		return;
	case X86_INS_MOV:
		if (is_register(&op[0], X86_REG_RBP) && is_register(&op[1], X86_REG_RSP)) {
			r->has_frame = true;
			r->frame = r->reach;
		}
		if (is_register(&op[0], X86_REG_RSP))
			r->moves = true;
		return;
	case X86_INS_LEA:
	case X86_INS_AND:
		if (is_register(&op[0], X86_REG_RSP))
			r->moves = true;
		return;
	}
}

/*
 * What is no use of what lies there: a nop; a new stack pointer that is computed so; and the
 * kernel's memory barrier, which adds 0 to whatever it is (smp_mb() of
 * arch/x86/include/asm/barrier.h).
 */
static bool is_harmless(const cs_insn *insn)
{
	const cs_x86 *x86 = &insn->detail->x86;

	switch (insn->id) {
	case X86_INS_NOP:
		return true;
	case X86_INS_LEA:
		return is_register(&x86->operands[0], X86_REG_RSP);
	case X86_INS_ADD:
		return x86->prefix[0] == X86_PREFIX_LOCK && x86->operands[1].type == X86_OP_IMM &&
		       !x86->operands[1].imm;
	default:
		return false;
	}
}

static bool below_stack_pointer(const cs_insn *insn)
{
	const cs_x86 *x86 = &insn->detail->x86;

	if (is_harmless(insn))
		return false;
	for (unsigned i = 0; i < x86->op_count; i++)
		if (x86->operands[i].type == X86_OP_MEM &&
		    x86->operands[i].mem.base == X86_REG_RSP && x86->operands[i].mem.disp < 0)
			return true;
	return false;
}

static void note_frame_access(struct red_zone *r, const cs_insn *insn)
{
	const cs_x86 *x86 = &insn->detail->x86;

	for (unsigned i = 0; r->has_frame && i < x86->op_count; i++) {
		const cs_x86_op *op = &x86->operands[i];

		if (op->type == X86_OP_MEM && op->mem.base == X86_REG_RBP &&
		    r->frame - op->mem.disp > r->lowest) {
			r->lowest = r->frame - op->mem.disp;
			r->lowest_address = insn->address;
		}
	}
}

bool red_zone_next(struct red_zone *r, const cs_insn *insn)
{
	follow(r, insn);
	note_frame_access(r, insn);
	return below_stack_pointer(insn);
}

bool red_zone_frame_is_below(const struct red_zone *r)
{
	return r->has_frame && !r->moves && r->lowest > r->reach;
}
