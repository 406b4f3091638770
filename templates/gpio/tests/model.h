/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A model of the device for ferry-sim: what its registers do, written after its manual and not
 * after the driver. What the manual forbids is a violation, which the tests look for at their end.
 */
#ifndef MODEL_H
#define MODEL_H

#include <ferry-sim.h>

struct model {
	struct ferry_sim_device *dev;
	uint32_t dir, output; /* what the driver wrote */
	uint32_t input;	      /* the levels that the outside puts on the pins */
};

/*
 * The levels at the pins: an output shows what was written, an input what the outside puts there.
 */
static inline uint32_t model_levels(const struct model *m)
{
	return ((m->output & m->dir) | (m->input & ~m->dir)) & 0xffff;
}

static inline uint32_t model_read(void *arg, uint32_t offset, unsigned bytes)
{
	const struct model *m = (const struct model *)arg;

	(void)bytes;
	switch (offset) {
	case 0x00:
		return m->dir;
	case 0x04:
		return model_levels(m);
	}
	ferry_sim_violation(m->dev, "0x%02x is no register that may be read", offset);
	return 0;
}

static inline void model_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct model *m = (struct model *)arg;

	(void)bytes;
	if (value > 0xffff)
		ferry_sim_violation(m->dev, "0x%x has more bits than there are pins", value);
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
		ferry_sim_violation(m->dev, "0x%02x is no register that may be written", offset);
	}
	ferry_sim_set_levels(m->dev, model_levels(m));
}

/* Something outside drives a pin, or lets go of it: then it is low. */
static inline void model_drive(void *arg, unsigned pin, int level)
{
	struct model *m = (struct model *)arg;

	m->input = level == 1 ? m->input | 1u << pin : m->input & ~(1u << pin);
	ferry_sim_set_levels(m->dev, model_levels(m));
}

/* Adds a device with this model, which DRIVER is to serve. */
static inline struct ferry_sim_device *model_add(struct model *m, struct ferry_sim *sim,
						 const struct fy_driver *driver)
{
	static const struct ferry_sim_model model = {
		.size = 0x10,
		.widths = 4,
		.pins = 16,
		.read = model_read,
		.write = model_write,
		.drive = model_drive,
	};

	*m = (struct model){ 0 };
	m->dev = ferry_sim_add_model(sim, driver, "gpio", &model, m);
	return m->dev;
}

#endif
