// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two 74HC595 in a chain (Nexperia 74HC595, sections 7 and 11): a bit goes in at each rising edge
 * of the clock; when the chip select rises, the outputs become what has been shifted in. The serial
 * output of the chain is not connected.
 */
#include "spi-models.h"

static struct hc595_model *registers_of(struct spi_target *target)
{
	return (struct hc595_model *)((unsigned char *)target -
				      offsetof(struct hc595_model, target));
}

static void registers_select(struct spi_target *target, bool active, uint64_t now)
{
	struct hc595_model *m = registers_of(target);

	(void)now;
	if (active)
		return;
	m->stores++;
	user_model_set_levels(&m->model, m->shift);
}

static void registers_clock(struct spi_target *target, int input, uint64_t now)
{
	struct hc595_model *m = registers_of(target);

	(void)now;
	m->shift = (uint16_t)(m->shift << 1 | input);
}

static int registers_output(struct spi_target *target)
{
	(void)target;
	return -1;
}

/* All pins are outputs. */
static void drive(struct user_model *model, unsigned pin, int level)
{
	(void)model;
	(void)pin;
	(void)level;
}

static int init(struct user_model *model)
{
	struct hc595_model *m = (struct hc595_model *)model;

	m->shift = 0xa5c3; /* what is there when the power comes */
	m->model.levels = m->shift;
	m->target.select = registers_select;
	m->target.clock = registers_clock;
	m->target.output = registers_output;
	return 0;
}

const struct user_model_kind hc595_model = {
	.name = "74hc595",
	.compatible = "fairchild,74hc595",
	.size = sizeof(struct hc595_model),
	.pins = 16,
	.init = init,
	.drive = drive,
	.spi_target = offsetof(struct hc595_model, target),
};
