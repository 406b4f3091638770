/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Waiting, on the minimal port: by the board's counter itself. It takes any US up to 2^31. */
#ifndef FERRY_PORT_DELAY_H
#define FERRY_PORT_DELAY_H

#include "minimal.h" /* the board's: minimal_us() */

static inline void fy_delay_us(uint32_t us)
{
	uint32_t start = minimal_us();

	/* The microsecond in which it starts is not a whole one. */
	while (minimal_us() - start <= us)
		;
}

#endif
