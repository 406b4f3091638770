// SPDX-License-Identifier: GPL-2.0-only
/*
 * A serial EEPROM on an I2C bus: Atmel AT24C02 (doc0180, sections "Write Operations" and "Read
 * Operations"). A write begins with the address of a byte; what follows goes round within its page
 * of 8 bytes, and into the memory at the STOP. That takes 5 ms, in which the device does not
 * acknowledge its address.
 */
#include <string.h>

#include "models.h"

#define PAGE	 8
#define WRITE_NS (5 * FY_NS_PER_MS)

static struct at24c02 *eeprom_of(struct i2c_target *target)
{
	return (struct at24c02 *)target;
}

static bool start(struct i2c_target *target, bool read, uint64_t now)
{
	struct at24c02 *e = eeprom_of(target);

	if (now < e->busy)
		return false;
	if (!read)
		e->addressed = false;
	return true;
}

static uint8_t next_in_page(uint8_t pointer)
{
	return (uint8_t)((pointer & ~(PAGE - 1)) | ((pointer + 1) & (PAGE - 1)));
}

static bool write_byte(struct i2c_target *target, uint8_t byte)
{
	struct at24c02 *e = eeprom_of(target);

	if (!e->addressed) {
		e->pointer = byte;
		e->addressed = true;
		return true;
	}
	e->changed = true;
	e->page[e->pointer] = byte;
	e->pointer = e->simple ? (uint8_t)(e->pointer + 1) : next_in_page(e->pointer);
	return true;
}

static uint8_t read_byte(struct i2c_target *target)
{
	struct at24c02 *e = eeprom_of(target);

	return e->memory[e->pointer++];
}

/* A write that ends with another START is not done. */
static void stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	struct at24c02 *e = eeprom_of(target);

	if (e->changed && !repeated) {
		memcpy(e->memory, e->page, sizeof(e->memory));
		e->busy = e->simple ? 0 : now + WRITE_NS;
	} else if (e->changed) {
		memcpy(e->page, e->memory, sizeof(e->page));
	}
	e->changed = false;
}

void at24c02_init(struct at24c02 *eeprom)
{
	*eeprom = (struct at24c02){
		.target = { .address = 0x50,
			    .start = start,
			    .write = write_byte,
			    .read = read_byte,
			    .stop = stop },
	};
	memset(eeprom->memory, 0xff, sizeof(eeprom->memory));
	memset(eeprom->page, 0xff, sizeof(eeprom->page));
}

static int init_model(struct user_model *model)
{
	at24c02_init(&((struct at24c02_model *)model)->chip);
	return 0;
}

static const struct user_model_option options[] = {
	{ "simple", offsetof(struct at24c02_model, chip.simple) },
	{ 0 },
};

const struct user_model_kind at24c02_model = {
	.name = "at24c02",
	.compatible = "atmel,24c02",
	.size = sizeof(struct at24c02_model),
	.init = init_model,
	.options = options,
	.target = offsetof(struct at24c02_model, chip.target),
};
