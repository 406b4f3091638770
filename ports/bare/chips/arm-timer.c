// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See arm-timer.h. The counter's frequency is read, not assumed: 19.2 MHz on a Pi 3, 54 MHz on a Pi
 * 4, 62.5 MHz in QEMU. The comparison is "not earlier than", so a time that is past interrupts at
 * once.
 */
#if defined(__aarch64__) || __ARM_ARCH >= 7
#include "arm-timer.h"

#define NS_PER_SEC 1000000000u
#define CTL_ENABLE 1u

/* Its registers. The barrier keeps the counter from being read ahead of what comes before. */
#ifdef __aarch64__
#define READ_FREQUENCY "mrs %0, cntfrq_el0"
#define READ_COUNT     "isb\n\tmrs %0, cntvct_el0"
#define WRITE_COMPARE  "msr cntv_cval_el0, %0"
#define WRITE_CONTROL  "msr cntv_ctl_el0, %0\n\tisb"
typedef uint64_t reg;
#else
#define READ_FREQUENCY "mrc p15, 0, %0, c14, c0, 0"
#define READ_COUNT     "isb\n\tmrrc p15, 1, %Q0, %R0, c14"
#define WRITE_COMPARE  "mcrr p15, 3, %Q0, %R0, c14"
#define WRITE_CONTROL  "mcr p15, 0, %0, c14, c3, 1\n\tisb"
typedef uint32_t reg;
#endif

static reg frequency;

static void write_control(reg value)
{
	__asm__ volatile(WRITE_CONTROL ::"r"(value));
}

void arm_timer_init(void)
{
	__asm__ volatile(READ_FREQUENCY : "=r"(frequency));
	if (!frequency)
		/* the firmware forgot it: wrong times are better than a division by zero */
		frequency = 1000000;
	write_control(0);
}

uint64_t arm_timer_ns(void)
{
	uint64_t count;

	__asm__ volatile(READ_COUNT : "=r"(count)::"memory");
	return count / frequency * NS_PER_SEC + count % frequency * NS_PER_SEC / frequency;
}

/* Rounded up: never too early. */
static uint64_t count_at(uint64_t ns)
{
	return ns / NS_PER_SEC * frequency +
	       (ns % NS_PER_SEC * frequency + NS_PER_SEC - 1) / NS_PER_SEC;
}

void arm_timer_set(uint64_t when_ns)
{
	if (when_ns == UINT64_MAX) {
		write_control(0);
		return;
	}
	__asm__ volatile(WRITE_COMPARE ::"r"(count_at(when_ns)));
	write_control(CTL_ENABLE);
}
#else
typedef int arm_timer_is_not_on_this_board;
#endif
