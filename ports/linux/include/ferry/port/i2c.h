/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/i2c.h>: an adapter of the kernel's I2C core. What it does is in
 * ports/linux/linux-i2c.c.
 */
#ifndef FERRY_PORT_I2C_H
#define FERRY_PORT_I2C_H

#include <linux/completion.h>
#include <linux/i2c.h>

struct fy_i2c_bus {
	struct i2c_adapter adapter;
	struct fy_device *dev;
	const struct fy_i2c_ops *ops;
	struct completion over;
	int error;
};

int fy_linux_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops);
void fy_linux_i2c_withdraw(struct fy_i2c_bus *bus);

static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops)
{
	return fy_linux_i2c_offer(dev, bus, ops);
}

static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus)
{
	fy_linux_i2c_withdraw(bus);
}

static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	bus->error = error;
	complete(&bus->over);
}

#endif
