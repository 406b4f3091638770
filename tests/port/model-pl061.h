/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of the PL061, after its manual (ARM DDI 0190, chapter 3), not after the driver. Where the manual leaves it open what
 * a device does, a flag says which way this one goes; QEMU's device is ignores_level and keeps_levels, and not noisy.
 *
 * Include it after the driver: names here begin with model_.
 */
#ifndef MODEL_PL061_H
#define MODEL_PL061_H

#include <assert.h>

struct model_pl061 {
	struct test_registers registers;
	bool ignores_level;	/* GPIODATA does not take the level of a pin that is an input */
	bool keeps_levels;	/* an interrupt by level stays until GPIOIC clears it, even when the level is gone */
	bool noisy;		/* a change of GPIOIS, GPIOIBE or GPIOIEV may raise an edge: so it does */
	bool line_rose;		/* since the test set this to false */
	uint8_t part;		/* part number, bits 7:0 */
	uint8_t input;		/* the levels that the outside puts on the pins */
	uint8_t data, dir, is, ibe, iev, ie, raised, afsel;
};

static inline uint8_t model_levels(const struct model_pl061 *m)
{
	return (m->data & m->dir) | (m->input & ~m->dir);
}

/* The inputs whose level is the one to interrupt at. */
static inline uint8_t model_level_interrupts(const struct model_pl061 *m)
{
	return ~(model_levels(m) ^ m->iev) & m->is;
}

static inline uint8_t model_raw_status(const struct model_pl061 *m)
{
	if (m->keeps_levels)
		return m->raised;
	return (m->raised & ~m->is) | model_level_interrupts(m);
}

static inline bool model_line(const struct model_pl061 *m)
{
	return model_raw_status(m) & m->ie;
}

static inline void model_settle(struct model_pl061 *m)
{
	if (m->keeps_levels)
		m->raised |= model_level_interrupts(m);
	m->line_rose |= model_line(m);
}

static inline void model_set_inputs(struct model_pl061 *m, uint8_t levels)
{
	uint8_t changed = (m->input ^ levels) & ~m->dir & ~m->is;

	m->input = levels;
	m->raised |= changed & (m->ibe | ~(levels ^ m->iev));
	model_settle(m);
}

static inline uint32_t model_pl061_read(struct test_registers *registers, uint32_t offset)
{
	struct model_pl061 *m = (struct model_pl061 *)registers;
	const uint8_t id[] = { m->part, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

	if (offset < 0x400)
		return model_levels(m) & offset >> 2;
	if (offset >= 0xfe0 && offset < 0x1000)
		return id[(offset - 0xfe0) / 4];
	switch (offset) {
	case 0x400:
		return m->dir;
	case 0x404:
		return m->is;
	case 0x408:
		return m->ibe;
	case 0x40c:
		return m->iev;
	case 0x410:
		return m->ie;
	case 0x414:
		return model_raw_status(m);
	case 0x418:
		return model_raw_status(m) & m->ie;
	case 0x420:
		return m->afsel;
	}
	assert(!"a register that may be read");
	return 0;
}

static inline void model_write_setup(struct model_pl061 *m, uint8_t *where, uint8_t value)
{
	if (m->noisy)
		m->raised |= *where ^ value;
	*where = value;
}

static inline void model_pl061_write(struct test_registers *registers, uint32_t offset, uint32_t value32)
{
	struct model_pl061 *m = (struct model_pl061 *)registers;
	uint8_t value = (uint8_t)value32;
	uint8_t mask = (uint8_t)(offset >> 2);

	assert(value32 <= 0xff);
	if (offset < 0x400) {
		if (m->ignores_level)
			mask &= m->dir;
		m->data = (m->data & ~mask) | (value & mask);
		model_settle(m);
		return;
	}
	switch (offset) {
	case 0x400:
		m->dir = value;
		break;
	case 0x404:
		model_write_setup(m, &m->is, value);
		break;
	case 0x408:
		model_write_setup(m, &m->ibe, value);
		break;
	case 0x40c:
		model_write_setup(m, &m->iev, value);
		break;
	case 0x410:
		m->ie = value;
		break;
	case 0x41c:
		m->raised &= ~value;
		break;
	case 0x420:
		m->afsel = value;
		break;
	default:
		assert(!"a register that may be written");
	}
	model_settle(m);
}

static inline void model_pl061_init(struct model_pl061 *m)
{
	*m = (struct model_pl061){
		.registers = { .read = model_pl061_read, .write = model_pl061_write, .width = 32 },
		.part = 0x61,
	};
}

#endif
