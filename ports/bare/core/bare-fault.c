// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Describes a failed access in words, as far as its address shows the cause; the same on each
 * architecture.
 */
#include "bare.h"

#define NULL_POINTER_SIZE 4096u

extern char __stack_guard[], __stack_guard_end[];

/* Puts A, B and C together. */
static const char *words(const char *a, const char *b, const char *c)
{
	static char text[96];
	const char *const parts[] = { a, b, c };
	size_t used = 0;

	for (unsigned i = 0; i < 3; i++)
		for (const char *p = parts[i]; *p && used + 1 < sizeof(text); p++)
			text[used++] = *p;
	text[used] = '\0';
	return text;
}

static bool in_guard(uintptr_t at)
{
	if (at >= (uintptr_t)__stack_guard && at < (uintptr_t)__stack_guard_end)
		return true;
	for (unsigned i = 0; i < BARE_CORES - 1; i++)
		if (at - (uintptr_t)bare_core_stacks[i].guard < sizeof(bare_core_stacks[i].guard))
			return true;
	for (unsigned i = 0; i < BARE_FIBERS; i++)
		if (at - (uintptr_t)bare_fiber_stacks[i].guard < sizeof(bare_fiber_stacks[i].guard))
			return true;
	return false;
}

void bare_fault_access(struct bare_fault *fault, uintptr_t at, const char *access, const char *kind,
		       const char *why)
{
	fault->code = BARE_CODE_FAULT;
	if (!kind) {
		fault->cause = words("unaligned access", access, "");
	} else if (in_guard(at)) {
		fault->cause = words("stack overflow", access, "");
		fault->code = BARE_CODE_STACK;
	} else if (at < NULL_POINTER_SIZE) {
		fault->cause = words("null pointer", access, "");
	} else {
		fault->cause = words(kind, why ? why : "unusual", access);
	}
}
