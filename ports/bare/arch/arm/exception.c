// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * What a fault was, in words, from the fault status registers (ARM1176JZF-S TRM, DDI 0301, 3.2.18
 * and 6.9).
 */
#include "bare.h"
#include "memory.h"

/* What vectors.S leaves on the exception stack. */
struct frame {
	uint32_t r[13], sp, lr, pc, cpsr, unused;
};
_Static_assert(sizeof(struct frame) == FRAME_SIZE, "memory.h");

extern char __text_start[], __text_end[];
void fault_decode(const struct frame *frame, unsigned kind);

#define STATUS(fsr)	 (((fsr)&15) | ((fsr) >> 6 & 16))
#define STATUS_WRITE	 (1u << 11)
#define STATUS_ALIGNMENT 1
#define DIVISION	 0xe7f00df1u /* udf #0xd1, in division.S */

static const char *const aborts[32] = {
	[0x04] = "cache maintenance failed", [0x05] = "nothing is mapped there",
	[0x07] = "nothing is mapped there",  [0x08] = "nothing answers there",
	[0x0c] = "nothing answers there",    [0x0d] = "not permitted there",
	[0x0e] = "nothing answers there",    [0x0f] = "not permitted there",
	[0x16] = "nothing answered a write",
};

static const struct bare_fault kinds[] = {
	[FAULT_UNDEFINED] = { .code = BARE_CODE_UNDEFINED, .cause = "undefined instruction" },
	[FAULT_CALL] = { .code = BARE_CODE_UNDEFINED,
			 .cause = "supervisor call: there is no kernel to call" },
	[FAULT_FIQ] = { .code = BARE_CODE_INTERRUPT, .cause = "stray fast interrupt" },
};

static void decode_abort(struct bare_fault *fault, bool data)
{
	uint32_t status, at;

	if (data) {
		__asm__("mrc p15, 0, %0, c5, c0, 0" : "=r"(status));
		__asm__("mrc p15, 0, %0, c6, c0, 0" : "=r"(at));
	} else {
		__asm__("mrc p15, 0, %0, c5, c0, 1" : "=r"(status));
		at = fault->pc;
	}
	fault->status = status;
	fault->address = at;
	fault->has_address = STATUS(status) != 0x16;
	bare_fault_access(fault, at,
			  !data			? ", jump" :
			  status & STATUS_WRITE ? ", write" :
						  ", read",
			  data && STATUS(status) == STATUS_ALIGNMENT ? NULL :
			  data					     ? "data abort: " :
								       "prefetch abort: ",
			  aborts[STATUS(status)]);
}

/* The division is not in the backtrace, as it has no frame; its caller is the one to show. */
static void decode_undefined(const struct frame *frame, struct bare_fault *fault)
{
	if (frame->pc < (uintptr_t)__text_start || frame->pc >= (uintptr_t)__text_end ||
	    frame->pc % 4 || *(const uint32_t *)(uintptr_t)frame->pc != DIVISION)
		return;
	fault->cause = "division by zero";
	fault->code = BARE_CODE_DIVISION;
	fault->pc = frame->lr - 4;
}

/* After a jump to nowhere: a frame that says where the jump was, for the backtrace. */
static uintptr_t jump_frame(const struct frame *frame)
{
	static uint32_t record[4];

	record[0] = frame->r[11];
	record[2] = frame->lr;
	return (uintptr_t)&record[3];
}

void fault_decode(const struct frame *frame, unsigned kind)
{
	static struct bare_fault fault;
	static unsigned faults;

	/* A fault while another one is reported still gets its screen; the third does not. */
	if (++faults > 2)
		arch_halt();
	if (kind != FAULT_DATA && kind != FAULT_JUMP)
		fault = kinds[kind];
	fault.pc = frame->pc;
	fault.sp = frame->sp;
	fault.lr = frame->lr;
	fault.fp = frame->r[11];
	fault.regs = 13;
	for (unsigned i = 0; i < fault.regs; i++)
		fault.reg[i] = frame->r[i];
	if (kind == FAULT_DATA || kind == FAULT_JUMP)
		decode_abort(&fault, kind == FAULT_DATA);
	if (kind == FAULT_JUMP)
		fault.fp = jump_frame(frame);
	if (kind == FAULT_UNDEFINED)
		decode_undefined(frame, &fault);
	bare_fault(&fault);
}
