/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A model of the device for ferry-sim: what it does on the bus, written after its datasheet and not
 * after the driver.
 */
#ifndef MODEL_H
#define MODEL_H

#include <ferry-sim/spi.h>

#define MODEL_SELECT 0 /* its chip select */

struct model {
	uint8_t registers[16];
	unsigned count; /* bytes since it was selected */
	uint8_t reg;	/* that the first of them named; 0x80: it is read */
};

static inline void model_init(struct model *m)
{
	*m = (struct model){ .registers = { [0x0f] = 0xa5 } };
}

static inline void model_select(void *arg, bool active, uint64_t time)
{
	struct model *m = (struct model *)arg;

	m->count = 0;
}

/* What it sends while the next byte comes. */
static inline uint8_t model_next(void *arg)
{
	const struct model *m = (const struct model *)arg;

	return m->count && m->reg & 0x80 ? m->registers[m->reg & 0x0f] : 0xff;
}

static inline void model_byte(void *arg, uint8_t byte, uint64_t time)
{
	struct model *m = (struct model *)arg;

	if (!m->count++)
		m->reg = byte;
	else if (!(m->reg & 0x80) && m->reg < 0x0f)
		m->registers[m->reg] = byte;
}

static const struct ferry_sim_spi_target model_on_bus = {
	.select = model_select,
	.next = model_next,
	.byte = model_byte,
};

#endif
