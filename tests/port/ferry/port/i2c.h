/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/i2c.h>: the test calls the ops itself, and sees what the driver says of a
 * transfer.
 */
struct fy_i2c_bus {
	const struct fy_i2c_ops *ops;
	unsigned ended, done; /* how many transfers; of the last one, how many messages */
	int error;
};

static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops)
{
	*bus = (struct fy_i2c_bus){ .ops = ops };
	return 0;
}

static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus)
{
	bus->ops = NULL;
}

static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	bus->ended++;
	bus->done = done;
	bus->error = error;
}
