// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* See psci.h. */
#if defined(__aarch64__) || __ARM_ARCH >= 7
#include "psci.h"

#include <stdint.h>

#define SYSTEM_OFF   0x84000008u
#define SYSTEM_RESET 0x84000009u

#ifdef __aarch64__
#define FUNCTION "x0"
#define CHANGED	 "x1", "x2", "x3", "memory"
#else
__asm__(".arch_extension sec\n\t.arch_extension virt");
#define FUNCTION "r0"
#define CHANGED	 "r1", "r2", "r3", "memory"
#endif

static enum psci_method method;

void psci_init(enum psci_method how)
{
	method = how;
}

static void call(uintptr_t number)
{
	register uintptr_t function __asm__(FUNCTION) = number;

	if (method == PSCI_HVC)
		__asm__ volatile("hvc #0" : "+r"(function)::CHANGED);
	else if (method == PSCI_SMC)
		__asm__ volatile("smc #0" : "+r"(function)::CHANGED);
}

void psci_reset(void)
{
	call(SYSTEM_RESET);
}

void psci_off(void)
{
	call(SYSTEM_OFF);
}
#else
typedef int psci_is_not_on_this_board;
#endif
