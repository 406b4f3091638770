// SPDX-License-Identifier: GPL-2.0-only
/*
 * 8 pins on an I2C bus: Texas Instruments PCF8574 (SCPS068, section 8.3). A byte that is written
 * takes effect at its acknowledge; a bit that is 1 is pulled up weakly. INT is raised when a pin
 * that is not driven low differs from when the port was last read or written, and taken back when
 * it is again as it was.
 */
#include "models.h"

static struct pcf8574_model *expander_of(struct user_model *model)
{
	return (struct pcf8574_model *)model;
}

static struct pcf8574_model *of_target(struct i2c_target *target)
{
	return (struct pcf8574_model *)((unsigned char *)target -
					offsetof(struct pcf8574_model, target));
}

static uint8_t levels_of(const struct pcf8574_model *m)
{
	return (uint8_t)(m->port & (m->input | ~m->driven));
}

static void update(struct pcf8574_model *m, bool seen)
{
	const uint8_t levels = levels_of(m);

	if (seen)
		m->seen = levels;
	user_model_set_irq(&m->model, 0, (levels ^ m->seen) & m->port);
	user_model_set_levels(&m->model, levels);
}

static void drive(struct user_model *model, unsigned pin, int level)
{
	struct pcf8574_model *m = expander_of(model);
	const uint8_t bit = (uint8_t)(1u << pin);

	m->driven = (uint8_t)(level == USER_PIN_OPEN ? m->driven & ~bit : m->driven | bit);
	m->input = (uint8_t)(level > 0 ? m->input | bit : m->input & ~bit);
	update(m, false);
}

static bool start(struct i2c_target *target, bool read, uint64_t now)
{
	(void)target;
	(void)read;
	(void)now;
	return true;
}

static bool write_byte(struct i2c_target *target, uint8_t byte)
{
	struct pcf8574_model *m = of_target(target);

	m->port = byte;
	update(m, true);
	return true;
}

static uint8_t read_byte(struct i2c_target *target)
{
	struct pcf8574_model *m = of_target(target);
	const uint8_t levels = levels_of(m);

	update(m, true);
	return levels;
}

static void stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	(void)target;
	(void)repeated;
	(void)now;
}

static int init(struct user_model *model)
{
	struct pcf8574_model *m = expander_of(model);

	m->port = m->seen = 0xff;
	m->model.levels = 0xff;
	m->target = (struct i2c_target){ .address = 0x20,
					 .start = start,
					 .write = write_byte,
					 .read = read_byte,
					 .stop = stop };
	return 0;
}

const struct user_model_kind pcf8574_model = {
	.name = "pcf8574",
	.compatible = "nxp,pcf8574",
	.size = sizeof(struct pcf8574_model),
	.pins = 8,
	.irqs = 1,
	.init = init,
	.drive = drive,
	.target = offsetof(struct pcf8574_model, target),
};
