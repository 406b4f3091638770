// SPDX-License-Identifier: GPL-2.0-only
/*
 * A switch between I2C buses: Texas Instruments TCA9548A (SCPS207, section 8.5). It has one
 * register, a bit for each channel; what is written takes effect at the STOP. The targets of
 * channels that are connected are as if they were on its own bus.
 */
#include "models.h"

static struct pca9548_model *mux_of(struct i2c_target *target)
{
	return (struct pca9548_model *)((unsigned char *)target -
					offsetof(struct pca9548_model, target));
}

static bool start(struct i2c_target *target, bool read, uint64_t now)
{
	(void)read;
	(void)now;
	mux_of(target)->written = mux_of(target)->control;
	return true;
}

static bool write_byte(struct i2c_target *target, uint8_t byte)
{
	mux_of(target)->written = byte;
	return true;
}

static uint8_t read_byte(struct i2c_target *target)
{
	return mux_of(target)->control;
}

static void stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	(void)now;
	if (!repeated)
		mux_of(target)->control = mux_of(target)->written;
}

static struct i2c_target *find(struct i2c_target *target, uint8_t address)
{
	const struct pca9548_model *m = mux_of(target);
	struct i2c_target *found = NULL;

	for (unsigned i = 0; i < 8 && !found; i++)
		if (m->control >> i & 1)
			found = i2c_target_find(m->channel[i], address);
	return found;
}

static void attach(struct user_model *model, struct i2c_target *target, unsigned channel)
{
	i2c_target_attach(&((struct pca9548_model *)model)->channel[channel % 8], target);
}

static int init(struct user_model *model)
{
	((struct pca9548_model *)model)->target = (struct i2c_target){
		.address = 0x70,
		.start = start,
		.write = write_byte,
		.read = read_byte,
		.stop = stop,
		.find = find,
	};
	return 0;
}

const struct user_model_kind pca9548_model = {
	.name = "pca9548",
	.compatible = "nxp,pca9548",
	.size = sizeof(struct pca9548_model),
	.init = init,
	.target = offsetof(struct pca9548_model, target),
	.attach = attach,
};
