// SPDX-License-Identifier: GPL-2.0-only
/* A model of one's own of a device on an I2C bus, as ours are: see own-target.h. */
#include "own-target.h"

#include <stddef.h>

static struct own_target *own_of(struct i2c_target *target)
{
	return (struct own_target *)((unsigned char *)target - offsetof(struct own_target, target));
}

static bool start(struct i2c_target *target, bool read, uint64_t now)
{
	struct own_target *t = own_of(target);

	(void)now;
	return t->own->start(t->arg, read);
}

static bool write_byte(struct i2c_target *target, uint8_t byte)
{
	struct own_target *t = own_of(target);

	return t->own->write(t->arg, byte);
}

static uint8_t read_byte(struct i2c_target *target)
{
	struct own_target *t = own_of(target);

	return t->own->read(t->arg);
}

static void stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	struct own_target *t = own_of(target);

	(void)now;
	if (t->own->stop)
		t->own->stop(t->arg, repeated);
}

void own_target_init(struct own_target *t, const struct ferry_sim_target *own, void *arg)
{
	t->target.start = start;
	t->target.write = write_byte;
	t->target.read = read_byte;
	t->target.stop = stop;
	t->own = own;
	t->arg = arg;
}
