// SPDX-License-Identifier: GPL-2.0-only
/*
 * A thermometer on an I2C bus: Texas Instruments TMP105 (SBOS385, section 7.5), of the LM75's kind.
 * The first byte of a write chooses a register, the rest is for it; reads are of the register that
 * was chosen last. It has no ALERT pin here.
 */
#include "models.h"

enum { TEMPERATURE, CONFIG, LOW, HIGH };

#define CONFIG_RESOLUTION(config) ((config) >> 5 & 3) /* 0: 9 bits, to 3: 12 */
#define CONFIG_ONE_SHOT		  0x80u

static struct tmp105 *thermometer_of(struct i2c_target *target)
{
	return (struct tmp105 *)target;
}

static bool start(struct i2c_target *target, bool read, uint64_t now)
{
	struct tmp105 *t = thermometer_of(target);

	(void)read;
	(void)now;
	t->count = 0;
	return true;
}

/* COUNT bytes for the register have come. */
static void write_register(struct tmp105 *t, unsigned count)
{
	if (t->pointer == CONFIG && count == 1)
		t->config = t->bytes[0] & ~CONFIG_ONE_SHOT;
	else if (t->pointer >= LOW && count == 2)
		t->limit[t->pointer - LOW] = (uint16_t)(t->bytes[0] << 8 | (t->bytes[1] & 0xf0));
}

static bool write_byte(struct i2c_target *target, uint8_t byte)
{
	struct tmp105 *t = thermometer_of(target);

	if (t->count == 0) {
		t->pointer = byte & 3;
	} else if (t->count <= 2) {
		t->bytes[t->count - 1] = byte;
		write_register(t, t->count);
	}
	if (t->count <= 2)
		t->count++;
	return true;
}

static uint16_t register_value(const struct tmp105 *t)
{
	if (t->pointer == TEMPERATURE)
		return (uint16_t)t->temperature &
		       (uint16_t) ~(0x7f >> CONFIG_RESOLUTION(t->config));
	if (t->pointer == CONFIG)
		return (uint16_t)(t->config << 8 | t->config);
	return t->limit[t->pointer - LOW];
}

static uint8_t read_byte(struct i2c_target *target)
{
	struct tmp105 *t = thermometer_of(target);
	uint16_t value = register_value(t);

	if (t->count >= 2)
		return 0xff;
	return (uint8_t)(t->count++ ? value : value >> 8);
}

static void stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	(void)target;
	(void)repeated;
	(void)now;
}

void tmp105_init(struct tmp105 *thermometer)
{
	*thermometer = (struct tmp105){
		.target = { .address = 0x48,
			    .start = start,
			    .write = write_byte,
			    .read = read_byte,
			    .stop = stop },
		.temperature = 21 * 256 + 128,
		.limit = { 75 << 8, 80 << 8 },
	};
}

static int init_model(struct user_model *model)
{
	tmp105_init(&((struct tmp105_model *)model)->chip);
	return 0;
}

const struct user_model_kind tmp105_model = {
	.name = "tmp105",
	.compatible = "ti,tmp105",
	.size = sizeof(struct tmp105_model),
	.init = init_model,
	.target = offsetof(struct tmp105_model, chip.target),
};
