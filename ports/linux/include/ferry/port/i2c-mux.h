/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/i2c-mux.h>: a multiplexer of the kernel's I2C core. See linux-i2c-mux.c. */
#ifndef FERRY_PORT_I2C_MUX_H
#define FERRY_PORT_I2C_MUX_H

struct i2c_mux_core;

struct fy_i2c_mux {
	struct i2c_mux_core *core; /* NULL: not offered */
	struct fy_device *dev;
	const struct fy_i2c_mux_ops *ops;
	int selected; /* channel; -1: it is not known which */
};

int fy_linux_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
			   struct fy_i2c_mux *mux, unsigned channels,
			   const struct fy_i2c_mux_ops *ops);
void fy_linux_i2c_mux_withdraw(struct fy_i2c_mux *mux);

static inline int fy_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
				   struct fy_i2c_mux *mux, unsigned channels,
				   const struct fy_i2c_mux_ops *ops)
{
	return fy_linux_i2c_mux_offer(dev, target, mux, channels, ops);
}

static inline void fy_i2c_mux_withdraw(struct fy_i2c_mux *mux)
{
	fy_linux_i2c_mux_withdraw(mux);
}

#endif
