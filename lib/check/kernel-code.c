// SPDX-License-Identifier: GPL-2.0-only
/* Instructions that kernel code must not have: see kernel-code.h. Capstone disassembles. */
#include "check/kernel-code.h"

#include <capstone/capstone.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/code-file.h"
#include "check/red-zone.h"

/*
 * What tells floating point and SIMD: Capstone's groups of instructions, and the names of
 * registers, which are one of these and a number. (On x86 the SSE groups have pause, lfence and
 * prefetch too, so there it is registers.)
 */
static const struct architecture {
	cs_arch arch;
	cs_mode mode;
	unsigned step; /* bytes to go on by where there is no instruction */
	uint8_t groups[16];
	const char *registers[8];
} architectures[] = {
	[CODE_ARM] = {
		.arch = CS_ARCH_ARM,
		.mode = CS_MODE_ARM,
		.step = 4,
		.groups = { ARM_GRP_VFP2, ARM_GRP_VFP3, ARM_GRP_VFP4, ARM_GRP_NEON, ARM_GRP_FPARMV8,
			    ARM_GRP_DPVFP, ARM_GRP_FPVMLX, ARM_GRP_CRYPTO },
		.registers = { "s", "d", "q" },
	},
	[CODE_AARCH64] = {
		.arch = CS_ARCH_ARM64,
		.mode = CS_MODE_ARM,
		.step = 4,
		.groups = { ARM64_GRP_FPARMV8, ARM64_GRP_NEON, ARM64_GRP_CRYPTO },
		.registers = { "b", "h", "s", "d", "q", "v" },
	},
	[CODE_X86_64] = {
		.arch = CS_ARCH_X86,
		.mode = CS_MODE_64,
		.step = 1,
		.groups = { X86_GRP_FPU, X86_GRP_MMX },
		.registers = { "xmm", "ymm", "zmm", "mm", "st(", "k" },
	},
};

enum fault {
	FLOAT,	  /* floating point or SIMD */
	RED_ZONE, /* reaches below the stack pointer */
	UNKNOWN,  /* not an instruction that the disassembler knows: it could be any */
};

struct checker {
	const struct architecture *architecture;
	csh capstone;
	cs_insn *insn;
	struct findings *findings;
	long instructions;
	struct red_zone red_zone;
};

static bool is_float_register(const struct checker *c, unsigned id)
{
	const char *name = cs_reg_name(c->capstone, id);

	for (const char *const *prefix = c->architecture->registers; name && *prefix; prefix++) {
		size_t len = strlen(*prefix);

		if (!strncmp(name, *prefix, len) && isdigit((unsigned char)name[len]))
			return true;
	}
	return false;
}

/*
 * ARM's coprocessors 10 and 11 are the floating-point unit, whatever name the instruction goes by.
 */
static bool is_float_coprocessor(const struct checker *c)
{
	const cs_arm *arm = &c->insn->detail->arm;

	if (c->architecture->arch != CS_ARCH_ARM)
		return false;
	for (unsigned i = 0; i < arm->op_count; i++)
		if (arm->operands[i].type == ARM_OP_PIMM &&
		    (arm->operands[i].imm == 10 || arm->operands[i].imm == 11))
			return true;
	return false;
}

static bool is_float(const struct checker *c)
{
	cs_regs read, written;
	uint8_t reads = 0, writes = 0;

	for (const uint8_t *group = c->architecture->groups; *group; group++)
		if (cs_insn_group(c->capstone, c->insn, *group))
			return true;
	if (cs_regs_access(c->capstone, c->insn, read, &reads, written, &writes) != CS_ERR_OK)
		return false;
	for (unsigned i = 0; i < reads; i++)
		if (is_float_register(c, read[i]))
			return true;
	for (unsigned i = 0; i < writes; i++)
		if (is_float_register(c, written[i]))
			return true;
	return is_float_coprocessor(c);
}

static void report(struct checker *c, const struct code_range *range, enum fault fault,
		   uint64_t address, const char *instruction)
{
	static const struct {
		const char *rule, *text;
		enum finding_severity severity;
	} faults[] = {
		[FLOAT] = { "float", "floating point or SIMD", FINDING_ERROR },
		[RED_ZONE] = { "red-zone", "below the stack pointer", FINDING_ERROR },
		[UNKNOWN] = { "unknown-instruction", "not an instruction that is known",
			      FINDING_WARNING },
	};
	char *place;

	if (asprintf(&place, "%s+0x%" PRIx64 " in %s", range->section, address,
		     range->function ? range->function : "?") < 0) {
		c->findings->failed = true;
		return;
	}
	findings_add(c->findings, faults[fault].rule, faults[fault].severity, place, "%s: %s",
		     faults[fault].text, instruction);
	free(place);
}

static void check_instruction(struct checker *c, const struct code_range *range)
{
	char text[sizeof(c->insn->mnemonic) + sizeof(c->insn->op_str) + 1];

	c->instructions++;
	snprintf(text, sizeof(text), "%s %s", c->insn->mnemonic, c->insn->op_str);
	if (is_float(c))
		report(c, range, FLOAT, c->insn->address, text);
	if (c->architecture->arch == CS_ARCH_X86 && red_zone_next(&c->red_zone, c->insn))
		report(c, range, RED_ZONE, c->insn->address, text);
}

/*
 * What Capstone does not know: on AArch64 the atomic instructions of ARMv8.1, for one. There the
 * top of the encoding tells enough (Arm ARM DDI 0487, C4.1): bits 27:26 are set for floating point
 * and SIMD, their loads and stores included; SVE and SME have fields of their own; the rest works
 * on general registers. Bytes that are too few for an instruction, as a module's .plt has them
 * until the kernel loads it, are none.
 */
static bool is_unknown_a64_float(uint32_t word)
{
	uint32_t op0 = word >> 25 & 0xf;

	return (word >> 26 & 3) == 3 || op0 == 2 || (op0 == 0 && word >> 31);
}

static void check_unknown(struct checker *c, const struct code_range *range, const uint8_t *bytes,
			  size_t left, uint64_t address)
{
	uint32_t word;

	if (c->architecture->arch != CS_ARCH_ARM64) {
		if (left >= c->architecture->step)
			report(c, range, UNKNOWN, address, "?");
		return;
	}
	if (left < sizeof(word))
		return;
	word = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
	c->instructions++;
	if (is_unknown_a64_float(word))
		report(c, range, FLOAT, address, "?");
}

static void check_range(struct checker *c, const struct code_range *range)
{
	const uint8_t *bytes = range->bytes;
	size_t left = range->size;
	uint64_t address = range->address;

	if (c->architecture->arch == CS_ARCH_ARM)
		cs_option(c->capstone, CS_OPT_MODE, range->thumb ? CS_MODE_THUMB : CS_MODE_ARM);
	if (range->starts_function)
		red_zone_start(&c->red_zone);
	while (left) {
		size_t step = range->thumb ? 2 : c->architecture->step;

		if (cs_disasm_iter(c->capstone, &bytes, &left, &address, c->insn)) {
			check_instruction(c, range);
			continue;
		}
		check_unknown(c, range, bytes, left, address);
		if (step > left)
			step = left;
		bytes += step;
		left -= step;
		address += step;
	}
}

/* A function's frame is known when its end has come. */
static void check_end(struct checker *c, const struct code_range *last)
{
	const struct red_zone *r = &c->red_zone;

	if (red_zone_frame_is_below(r))
		report(c, last, RED_ZONE, r->lowest_address,
		       "the frame is below the stack pointer");
}

static int open_capstone(struct checker *c, struct error *err)
{
	cs_err rc = cs_open(c->architecture->arch, c->architecture->mode, &c->capstone);

	if (rc != CS_ERR_OK)
		return error_set(err, "the disassembler does not start: %s", cs_strerror(rc));
	cs_option(c->capstone, CS_OPT_DETAIL, CS_OPT_ON);
	c->insn = cs_malloc(c->capstone);
	if (c->insn)
		return 0;
	cs_close(&c->capstone);
	return error_set(err, "out of memory");
}

long kernel_code_check(const char *path, struct findings *findings, struct error *err)
{
	struct checker c = { .findings = findings };
	struct code_file *file = code_file_open(path, err);
	const struct code_range *ranges;
	size_t count;

	if (!file)
		return -1;
	c.architecture = &architectures[code_file_machine(file)];
	if (open_capstone(&c, err) < 0) {
		code_file_close(file);
		return -1;
	}
	ranges = code_file_ranges(file, &count);
	for (size_t i = 0; i < count; i++) {
		check_range(&c, &ranges[i]);
		if (i + 1 == count || ranges[i + 1].starts_function)
			check_end(&c, &ranges[i]);
	}
	cs_free(c.insn, 1);
	cs_close(&c.capstone);
	code_file_close(file);
	return findings->failed ? error_set(err, "out of memory") : c.instructions;
}
