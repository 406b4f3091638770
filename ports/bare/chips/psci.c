// SPDX-License-Identifier: GPL-2.0-only
/* See psci.h. */
#ifdef __aarch64__
#include "psci.h"

#include <stdint.h>

#define SYSTEM_OFF   0x84000008u
#define SYSTEM_RESET 0x84000009u

static void call(uint64_t function)
{
	register uint64_t x0 __asm__("x0") = function;

	__asm__ volatile("hvc #0" : "+r"(x0)::"x1", "x2", "x3", "memory");
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
