/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Bare port of fy_delay_us() of <ferry/time.h>. The minimal port has another. */
#ifndef FERRY_PORT_DELAY_H
#define FERRY_PORT_DELAY_H

static inline void fy_delay_us(uint32_t us)
{
	uint64_t end = bare_now_ns() + us * FY_NS_PER_US;

	while (bare_now_ns() < end)
		;
}

#endif
