/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/i2c-mux.h> where no kernel has the class: each channel is a bus with a queue; a work does
 * their transfers, one after the other. See ports/common/i2c-mux.c.
 */
#ifndef FERRY_PORT_I2C_MUX_H
#define FERRY_PORT_I2C_MUX_H

#include <ferry/i2c.h>
#include <ferry/port/i2c-transfer.h>
#include <ferry/work.h>

struct fy_i2c_channel {
	struct fy_i2c_bus bus; /* first */
	struct fy_i2c_mux *mux;
	/* what its queue has begun, and how often it has; NULL: nothing */
	const struct fy_i2c_message *messages;
	unsigned count, begun;
	struct fy_i2c_transfer transfer; /* on the bus above */
};

struct fy_i2c_mux {
	struct fy_device *dev;
	struct fy_i2c_target *target;
	const struct fy_i2c_mux_ops *ops;
	unsigned channels;
	int selected; /* -1: it is not known which */
	struct fy_work work;
	struct fy_i2c_channel channel[FY_I2C_CHANNELS_MAX];
};

int fy_port_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
			  struct fy_i2c_mux *mux, unsigned channels,
			  const struct fy_i2c_mux_ops *ops);
void fy_port_i2c_mux_withdraw(struct fy_i2c_mux *mux);

static inline int fy_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
				   struct fy_i2c_mux *mux, unsigned channels,
				   const struct fy_i2c_mux_ops *ops)
{
	return fy_port_i2c_mux_offer(dev, target, mux, channels, ops);
}

static inline void fy_i2c_mux_withdraw(struct fy_i2c_mux *mux)
{
	fy_port_i2c_mux_withdraw(mux);
}

#endif
