/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A model of the device for ferry-sim: what it does on the bus, written after its datasheet and not
 * after the driver. The program of `make program` has it, too.
 */
#ifndef MODEL_H
#define MODEL_H

#include <ferry-sim/i2c.h>

#define MODEL_ADDRESS 0x48 /* on the bus */

struct model {
	uint8_t registers[16];
	uint8_t reg;	/* the register that the next byte is of */
	bool addressed; /* in a write: the first byte, a register's number, has come */
};

static inline void model_init(struct model *m)
{
	*m = (struct model){ .registers = { [0x0f] = 0xa5 } };
}

static inline bool model_start(void *arg, bool read)
{
	struct model *m = (struct model *)arg;

	m->addressed = false;
	return true;
}

/* A write: a register's number, then what goes into it and into those behind it. */
static inline bool model_write(void *arg, uint8_t byte)
{
	struct model *m = (struct model *)arg;

	if (!m->addressed) {
		m->addressed = true;
		m->reg = byte & 0x0f;
		return true;
	}
	if (m->reg == 0x0f)
		return false;
	m->registers[m->reg++] = byte;
	return true;
}

static inline uint8_t model_read(void *arg)
{
	struct model *m = (struct model *)arg;

	return m->registers[m->reg++ & 0x0f];
}

static const struct ferry_sim_target model_target = {
	.start = model_start,
	.write = model_write,
	.read = model_read,
};

#endif
