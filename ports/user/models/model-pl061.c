// SPDX-License-Identifier: GPL-2.0-only
/* Arm PrimeCell GPIO PL061 (ARM DDI 0190, chapter 3). An input that nothing drives is low. */
#include "models.h"

#define DATA_END   0x400u
#define PERIPH_ID0 0xfe0u

static struct pl061_model *pl061_of(struct user_model *model)
{
	return (struct pl061_model *)model;
}

static uint8_t levels(const struct pl061_model *m)
{
	return (m->data & m->dir) | (m->input & ~m->dir);
}

/* The pins whose level is the one to interrupt at. */
static uint8_t level_interrupts(const struct pl061_model *m)
{
	return ~(levels(m) ^ m->iev) & m->is;
}

static uint8_t raw_status(const struct pl061_model *m)
{
	if (m->keeps_levels)
		return m->raised;
	return (m->raised & ~m->is) | level_interrupts(m);
}

static void update(struct pl061_model *m)
{
	if (m->keeps_levels)
		m->raised |= level_interrupts(m);
	user_model_set_irq(&m->model, 0, raw_status(m) & m->ie);
	user_model_set_levels(&m->model, levels(m));
}

static void drive(struct user_model *model, unsigned pin, int level)
{
	struct pl061_model *m = pl061_of(model);
	uint8_t bit = (uint8_t)(1u << pin), input = level > 0 ? m->input | bit : m->input & ~bit;
	uint8_t changed = (m->input ^ input) & ~m->dir & ~m->is;

	m->input = input;
	m->raised |= changed & (m->ibe | ~(input ^ m->iev));
	update(m);
}

static uint32_t pl061_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct pl061_model *m = pl061_of(model);
	const uint8_t id[] = { m->part, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

	(void)bytes;
	if (offset < DATA_END)
		return levels(m) & offset >> 2;
	if (offset >= PERIPH_ID0)
		return id[(offset - PERIPH_ID0) / 4];
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
		return raw_status(m);
	case 0x418:
		return raw_status(m) & m->ie;
	case 0x420:
		return m->afsel;
	}
	user_model_violation(model, "0x%03x is no register that can be read", offset);
	return 0;
}

static void write_data(struct pl061_model *m, uint32_t offset, uint8_t value)
{
	uint8_t mask = (uint8_t)(offset >> 2);

	if (m->ignores_level)
		mask &= m->dir;
	m->data = (m->data & ~mask) | (value & mask);
}

/* GPIOIS, GPIOIBE, GPIOIEV. */
static void write_setup(struct pl061_model *m, uint8_t *where, uint8_t value)
{
	if (m->noisy)
		m->raised |= *where ^ value;
	*where = value;
}

static void write_register(struct pl061_model *m, uint32_t offset, uint8_t value)
{
	switch (offset) {
	case 0x400:
		m->dir = value;
		break;
	case 0x404:
		write_setup(m, &m->is, value);
		break;
	case 0x408:
		write_setup(m, &m->ibe, value);
		break;
	case 0x40c:
		write_setup(m, &m->iev, value);
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
		user_model_violation(&m->model, "0x%03x is no register that can be written",
				     offset);
	}
}

static void pl061_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct pl061_model *m = pl061_of(model);

	(void)bytes;
	if (value > 0xff)
		user_model_violation(model, "0x%x is written to a register of 8 bits, at 0x%03x",
				     value, offset);
	if (offset < DATA_END)
		write_data(m, offset, (uint8_t)value);
	else
		write_register(m, offset, (uint8_t)value);
	update(m);
}

static int init(struct user_model *model)
{
	pl061_of(model)->part = 0x61;
	return 0;
}

static const struct user_model_option options[] = {
	{ "ignores-level", offsetof(struct pl061_model, ignores_level) },
	{ "keeps-levels", offsetof(struct pl061_model, keeps_levels) },
	{ "noisy", offsetof(struct pl061_model, noisy) },
	{ 0 },
};

const struct user_model_kind pl061_model = {
	.name = "pl061",
	.compatible = "arm,pl061",
	.size = sizeof(struct pl061_model),
	.window = 0x1000,
	.widths = 4,
	.pins = 8,
	.irqs = 1,
	.init = init,
	.options = options,
	.read = pl061_read,
	.write = pl061_write,
	.drive = drive,
};
