// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Starting the other cores, which wait in core_park (core.S). */
#include "bare.h"
#include "memory.h"

#define PSCI_CPU_ON 0xc4000003u /* Arm DEN 0022, section 5.1.4 */

/*
 * Each half is a cache line of its own: one side writes with its cache off. The offsets are in
 * memory.h.
 */
struct core_slot {
	void (*function)(void *arg);
	void *argument;
	void *stack;
	uint64_t parked __attribute__((aligned(64)));
} __attribute__((aligned(128)));
_Static_assert(sizeof(struct core_slot) == 1 << CORE_SLOT_SHIFT, "memory.h");
_Static_assert(offsetof(struct core_slot, function) == CORE_SLOT_FUNCTION, "memory.h");
_Static_assert(offsetof(struct core_slot, argument) == CORE_SLOT_ARGUMENT, "memory.h");
_Static_assert(offsetof(struct core_slot, stack) == CORE_SLOT_STACK, "memory.h");
_Static_assert(offsetof(struct core_slot, parked) == CORE_SLOT_PARKED, "memory.h");

/* Not in bss: the cores come in while that is being cleared. */
volatile struct core_slot core_slots[CORES] __attribute__((section(".data")));
/* CurrentEL when the firmware entered */
uint64_t core_entry_level __attribute__((section(".data")));
void core_park(void);
extern char __text_start[];

/*
 * Asks PSCI for a core that is off. No Pi has it. By hvc where the firmware keeps EL2 to itself,
 * else by smc.
 */
static bool psci_core_on(unsigned n)
{
	register uint64_t x0 __asm__("x0") = PSCI_CPU_ON;
	register uint64_t x1 __asm__("x1") = n;
	register uint64_t x2 __asm__("x2") = (uintptr_t)core_park;
	register uint64_t x3 __asm__("x3") = 0;

	if ((uintptr_t)__text_start < PI_IMAGE_LIMIT || core_entry_level == 3 << 2)
		return false;
	if (core_entry_level == 1 << 2)
		__asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : : "memory");
	else
		__asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : : "memory");
	return x0 == 0;
}

/* Whether the core has come in and has nothing to do. It wrote that it has come past the cache. */
static bool is_waiting(volatile struct core_slot *slot)
{
	arch_cache_invalidate((void *)&slot->parked, sizeof(slot->parked));
	return slot->parked && !slot->function;
}

static uint64_t counter(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(count));
	return count;
}

/*
 * Whether the core waits within a tenth of a second: it may be on its way in, or on its way back
 * from its last work.
 */
static bool comes(volatile struct core_slot *slot)
{
	uint64_t hz, start = counter();

	__asm__("mrs %0, cntfrq_el0" : "=r"(hz));
	while (!is_waiting(slot))
		if (counter() - start > hz / 10)
			return false;
	return true;
}

bool arch_core_start(unsigned n, void (*fn)(void *arg), void *arg, void *stack_top)
{
	volatile struct core_slot *slot = &core_slots[n];

	if (n == 0 || n >= CORES)
		return false;
	if (!is_waiting(slot) && !psci_core_on(n) && !comes(slot))
		return false;
	slot->argument = arg;
	slot->stack = stack_top;
	__asm__ volatile("dmb sy" : : : "memory");
	slot->function = fn;
	arch_cache_flush((void *)slot, 64);
	__asm__ volatile("sev");
	return true;
}
