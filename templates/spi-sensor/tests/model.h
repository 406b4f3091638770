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
	int16_t temperature; /* of the air around it, 1/256 degrees */
	int16_t value;	     /* the last conversion's */
	uint64_t ready;	     /* when the one that is under way ends; 0: none is */
	unsigned count;	     /* bytes since it was selected */
	uint8_t reg;	     /* that the first of them named; 0x80: it is read */
};

static inline void model_init(struct model *m)
{
	*m = (struct model){ .temperature = 21 * 256 + 128, .value = 0 };
}

static inline void model_select(void *arg, bool active, uint64_t time)
{
	struct model *m = (struct model *)arg;

	m->count = 0;
	if (active && m->ready && time >= m->ready) {
		m->ready = 0;
		m->value = m->temperature;
	}
}

/* What it sends while the next byte comes: the register's bytes, after the one that named it. */
static inline uint8_t model_next(void *arg)
{
	const struct model *m = (const struct model *)arg;

	if (!m->count)
		return 0xff;
	switch (m->reg) {
	case 0x80:
		return (uint8_t)(m->count == 1 ? m->value >> 8 : m->value);
	case 0x81:
		return m->ready ? 0x80 : 0;
	case 0x8f:
		return 0xa5;
	}
	return 0xff;
}

static inline void model_byte(void *arg, uint8_t byte, uint64_t time)
{
	struct model *m = (struct model *)arg;

	if (!m->count++)
		m->reg = byte;
	else if (m->reg == 0x01 && byte & 0x80)
		m->ready = time + 40 * FERRY_SIM_MS;
}

static const struct ferry_sim_spi_target model_on_bus = {
	.select = model_select,
	.next = model_next,
	.byte = model_byte,
};

#endif
