/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/i2c.h>: the world's list of buses, each with a queue of transfers. See
 * core/user-i2c.c.
 */
#ifndef FERRY_PORT_I2C_H
#define FERRY_PORT_I2C_H

#include <ferry/time.h>

struct user_i2c_transfer;

struct fy_i2c_bus {
	struct fy_i2c_bus *next;
	struct fy_device *dev;
	const struct fy_i2c_ops *ops;
	struct user_i2c_transfer *queue; /* the first is under way, or was: */
	bool busy;			 /* the driver has it */
	bool gone;			 /* withdrawn */
	/* calls back who waits for the first, and starts the next */
	struct fy_timer turn;
};

int user_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops);
void user_i2c_withdraw(struct fy_i2c_bus *bus);
void user_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error);

static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops)
{
	return user_i2c_offer(dev, bus, ops);
}

static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus)
{
	user_i2c_withdraw(bus);
}

static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	user_i2c_done(bus, done, error);
}

#endif
