/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/i2c.h>: the board's buses, which the app uses with fy_i2c_transfer(). See
 * core/bare-i2c.c.
 */
#ifndef FERRY_PORT_I2C_H
#define FERRY_PORT_I2C_H

struct fy_i2c_bus {
	struct fy_i2c_bus *next;
	struct fy_device *dev;
	const struct fy_i2c_ops *ops;
	unsigned ended; /* transfers */
	int error;	/* of the last one */
};

void bare_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops);
void bare_i2c_withdraw(struct fy_i2c_bus *bus);
void bare_i2c_done(struct fy_i2c_bus *bus, int error);

static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops)
{
	bare_i2c_offer(dev, bus, ops);
	return 0;
}

static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus)
{
	bare_i2c_withdraw(bus);
}

static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	(void)done;
	bare_i2c_done(bus, error);
}

#endif
