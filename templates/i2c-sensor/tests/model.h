/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A model of the device for ferry-sim: what it does on the bus, written after its datasheet and not
 * after the driver. The program of `make program` has it, too.
 */
#ifndef MODEL_H
#define MODEL_H

#include <ferry-sim/i2c.h>
#include <ferry/time.h>

#define MODEL_ADDRESS 0x48 /* on the bus */

struct model {
	int16_t temperature; /* of the air around it, 1/256 degrees */
	int16_t value;	     /* the last conversion's */
	uint64_t ready;	     /* when the one that is under way ends; 0: none is */
	uint8_t reg;	     /* the register that the next byte is of */
	bool low;	     /* of VALUE: the low byte is next */
	bool addressed;	     /* in a write: the first byte, a register's number, has come */
};

static inline void model_init(struct model *m)
{
	*m = (struct model){ .temperature = 21 * 256 + 128, .value = 0 };
}

static inline bool model_start(void *arg, bool read)
{
	struct model *m = (struct model *)arg;

	m->addressed = false;
	m->low = false;
	return true;
}

/* A write: a register's number, then what goes into the register. */
static inline bool model_write(void *arg, uint8_t byte)
{
	struct model *m = (struct model *)arg;

	if (!m->addressed) {
		m->addressed = true;
		m->reg = byte;
		return true;
	}
	if (m->reg == 0x01 && byte & 0x80)
		m->ready = fy_now_ns() + 40 * FY_NS_PER_MS;
	return m->reg == 0x01;
}

static inline uint8_t model_read(void *arg)
{
	struct model *m = (struct model *)arg;
	uint8_t byte;

	if (m->ready && fy_now_ns() >= m->ready) {
		m->ready = 0;
		m->value = m->temperature;
	}
	switch (m->reg) {
	case 0x00:
		byte = (uint8_t)(m->low ? m->value : m->value >> 8);
		m->low = true;
		return byte;
	case 0x01:
		return m->ready ? 0x80 : 0;
	case 0x0f:
		return 0xa5;
	}
	return 0xff;
}

static const struct ferry_sim_target model_target = {
	.start = model_start,
	.write = model_write,
	.read = model_read,
};

#endif
