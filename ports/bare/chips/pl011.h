/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The PL011 as the console (ARM DDI 0183). */
#ifndef PORTS_BARE_CHIPS_PL011_H
#define PORTS_BARE_CHIPS_PL011_H

#include <stdint.h>

/* At REGISTERS, whose clock has HZ: 115200 baud, 8 bits; HZ 0: the rate is left as it is. */
void pl011_init(uintptr_t registers, uint32_t hz);
void pl011_put(char c);
int pl011_get(void);

#endif
