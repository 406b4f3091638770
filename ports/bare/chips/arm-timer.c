// SPDX-License-Identifier: GPL-2.0-only
/*
 * See arm-timer.h. The counter's frequency is read, not assumed: 19.2 MHz on a Pi 3, 54 MHz on a Pi 4, 62.5 MHz in QEMU. The
 * comparison is "not earlier than", so a time that is past interrupts at once.
 */
#ifdef __aarch64__
#include "arm-timer.h"

#define NS_PER_SEC 1000000000u
#define CTL_ENABLE 1ull

static uint64_t frequency;

void arm_timer_init(void)
{
	__asm__ volatile("mrs %0, cntfrq_el0" : "=r"(frequency));
	if (!frequency)
		frequency = 1000000;	/* the firmware forgot it: wrong times are better than a division by zero */
	__asm__ volatile("msr cntv_ctl_el0, %0" ::"r"(0ull));
}

uint64_t arm_timer_ns(void)
{
	uint64_t count;

	/* The barrier keeps the counter from being read ahead of what comes before. */
	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count)::"memory");
	return count / frequency * NS_PER_SEC + count % frequency * NS_PER_SEC / frequency;
}

/* Rounded up: never too early. */
static uint64_t count_at(uint64_t ns)
{
	return ns / NS_PER_SEC * frequency + (ns % NS_PER_SEC * frequency + NS_PER_SEC - 1) / NS_PER_SEC;
}

void arm_timer_set(uint64_t when_ns)
{
	if (when_ns == UINT64_MAX) {
		__asm__ volatile("msr cntv_ctl_el0, %0\n\tisb" ::"r"(0ull));
		return;
	}
	__asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb" ::"r"(count_at(when_ns)), "r"(CTL_ENABLE));
}
#else
typedef int arm_timer_is_not_on_this_board;
#endif
