/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A model of the device: what its registers do, written after its manual and not after the driver.
 * Include it after the driver and test-port.h.
 */
#ifndef MODEL_H
#define MODEL_H

#include <assert.h>

struct model {
	struct test_registers registers; /* first: the port hands this on */
	uint32_t dir, output;		 /* what the driver wrote */
	uint32_t input;			 /* the levels that the outside puts on the pins */
};

/*
 * The levels at the pins: an output shows what was written, an input what the outside puts there.
 */
static inline uint32_t model_levels(const struct model *m)
{
	return ((m->output & m->dir) | (m->input & ~m->dir)) & 0xffff;
}

static inline uint32_t model_read(struct test_registers *registers, uint32_t offset)
{
	const struct model *m = (const struct model *)registers;

	switch (offset) {
	case 0x00:
		return m->dir;
	case 0x04:
		return model_levels(m);
	}
	assert(!"a register that may be read");
	return 0;
}

static inline void model_write(struct test_registers *registers, uint32_t offset, uint32_t value)
{
	struct model *m = (struct model *)registers;

	assert(value <= 0xffff);
	switch (offset) {
	case 0x00:
		m->dir = value;
		break;
	case 0x08:
		m->output |= value;
		break;
	case 0x0c:
		m->output &= ~value;
		break;
	default:
		assert(!"a register that may be written");
	}
}

static inline void model_init(struct model *m)
{
	*m = (struct model){ .registers = {
				     .read = model_read, .write = model_write, .width = 32 } };
}

#endif
