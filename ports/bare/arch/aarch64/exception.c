// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What a fault was, in words, from the syndrome register (Arm ARM DDI 0487, D17.2.37). */
#include "bare.h"
#include "memory.h"

/* What vectors.S leaves on the exception stack. */
struct frame {
	uint64_t x[31], sp_el0, pc, spsr, esr, address;
	uint64_t record[2];
};
_Static_assert(sizeof(struct frame) == FRAME_SIZE, "memory.h");

void fault_decode(const struct frame *frame, unsigned kind);

#define ESR_CLASS(esr)	 ((esr) >> 26 & 0x3f)
#define ESR_FAULT(esr)	 ((esr)&0x3f)
#define ESR_WRITE	 (1u << 6)
#define ESR_NO_ADDRESS	 (1u << 10)
#define ABORT_ALIGNMENT	 0x21
#define ESR_BRK(esr)	 ((esr)&0xffff)
#define CLASS_JUMP_ABORT 0x21
#define CLASS_DATA_ABORT 0x25
#define CLASS_PC_ALIGN	 0x22
#define CLASS_BRK	 0x3c
/* the compiler's trap; the build has it check divisors (mk/app.mk) */
#define BRK_DIVISION 1000

static const char *const classes[64] = {
	[0x00] = "undefined instruction",
	[0x07] = "floating point instruction: it is switched off",
	[0x0e] = "illegal execution state",
	[0x15] = "supervisor call: there is no kernel to call",
	[0x16] = "hypervisor call that nobody serves",
	[0x18] = "access to a system register that is not allowed",
	[CLASS_PC_ALIGN] = "jump to an address that is not a multiple of 4",
	[0x26] = "stack pointer is not a multiple of 16",
	[0x2f] = "system error",
	[CLASS_BRK] = "breakpoint instruction",
};

static const char *const aborts[64] = {
	[0x00] = "address too large",	    [0x04] = "nothing is mapped there",
	[0x05] = "nothing is mapped there", [0x06] = "nothing is mapped there",
	[0x07] = "nothing is mapped there", [0x0d] = "not permitted there",
	[0x0e] = "not permitted there",	    [0x0f] = "not permitted there",
	[0x10] = "nothing answers there",
};

static const struct bare_fault kinds[] = {
	[FAULT_FIQ] = { .code = BARE_CODE_INTERRUPT, .cause = "stray fast interrupt" },
	[FAULT_SYSTEM_ERROR] = { .code = BARE_CODE_FAULT,
				 .cause = "system error: a write that nothing answered, or failing "
					  "memory" },
	[FAULT_INTERRUPT] = { .code = BARE_CODE_INTERRUPT,
			      .cause = "interrupt while a fault is told" },
	[FAULT_USER] = { .code = BARE_CODE_UNDEFINED, .cause = "exception from EL0" },
};

static void decode_abort(const struct frame *frame, struct bare_fault *fault)
{
	bool data = ESR_CLASS(frame->esr) == CLASS_DATA_ABORT;

	fault->has_address = !(frame->esr & ESR_NO_ADDRESS);
	bare_fault_access(fault, frame->address,
			  !data			 ? ", jump" :
			  frame->esr & ESR_WRITE ? ", write" :
						   ", read",
			  ESR_FAULT(frame->esr) == ABORT_ALIGNMENT ? NULL :
			  data					   ? "data abort: " :
								     "instruction abort: ",
			  aborts[ESR_FAULT(frame->esr)]);
}

static void decode_synchronous(const struct frame *frame, struct bare_fault *fault)
{
	unsigned class = ESR_CLASS(frame->esr);

	if (class == CLASS_DATA_ABORT || class == CLASS_JUMP_ABORT) {
		decode_abort(frame, fault);
	} else if (class == CLASS_BRK && ESR_BRK(frame->esr) == BRK_DIVISION) {
		fault->cause = "division by zero";
		fault->code = BARE_CODE_DIVISION;
	} else {
		fault->cause = classes[class] ? classes[class] : "exception of an unusual class";
		fault->code = BARE_CODE_UNDEFINED;
		fault->has_address = class == CLASS_PC_ALIGN;
	}
}

/* After a jump to nowhere: a record that says where the jump was, for the backtrace. */
static uintptr_t jump_record(const struct frame *frame)
{
	static uint64_t record[2];

	record[0] = frame->x[29];
	record[1] = frame->x[30];
	return (uintptr_t)record;
}

void fault_decode(const struct frame *frame, unsigned kind)
{
	static struct bare_fault fault;
	static unsigned faults;
	unsigned class = ESR_CLASS(frame->esr);
	bool on_exception_stack = frame->spsr & 1;

	/* A fault while another one is reported still gets its screen; the third does not. */
	if (++faults > 2)
		arch_halt();
	fault = kinds[kind];
	if (kind == FAULT_SYNCHRONOUS)
		decode_synchronous(frame, &fault);
	fault.pc = frame->pc;
	fault.sp = on_exception_stack ? (uintptr_t)(frame + 1) : frame->sp_el0;
	fault.fp = frame->x[29];
	if (kind == FAULT_SYNCHRONOUS && (class == CLASS_JUMP_ABORT || class == CLASS_PC_ALIGN))
		fault.fp = jump_record(frame);
	fault.lr = frame->x[30];
	fault.address = fault.has_address ? frame->address : 0;
	fault.status = frame->esr;
	fault.regs = 31;
	for (unsigned i = 0; i < fault.regs; i++)
		fault.reg[i] = frame->x[i];
	bare_fault(&fault);
}
