/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class i2c-mux: a device on an I2C bus that connects one of several further buses, its channels,
 * with that one. Each channel is a bus like any other to the drivers of its targets. Its node has a
 * node for each channel, `reg` being its number, and in these nodes are those of the targets.
 */
#ifndef FERRY_I2C_MUX_H
#define FERRY_I2C_MUX_H

#include <ferry/driver.h>
#include <ferry/i2c-target.h>

#define FY_I2C_CHANNELS_MAX 16

struct fy_i2c_mux; /* by the port; part of the driver's state */

struct fy_i2c_mux_ops {
	/*
	 * Connects CHANNEL, and no other, with the bus that the device is on; it stays so until the
	 * next call. One that is connected is not asked for again, unless a call failed. Returns 0,
	 * or an error: the transfer ends with it. Not called twice at the same time.
	 * Context: thread.
	 */
	int (*select)(struct fy_device *dev, unsigned channel);
};

/*
 * Offers CHANNELS buses, 1 to FY_I2C_CHANNELS_MAX, behind TARGET. Returns 0; FY_ERR_INVALID: too
 * many; FY_ERR_NO_MEMORY; FY_ERR_UNSUPPORTED: the kernel has no multiplexers.
 * Context: thread, from probe.
 */
static inline int fy_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
				   struct fy_i2c_mux *mux, unsigned channels,
				   const struct fy_i2c_mux_ops *ops);
/*
 * Withdraws them: devices on them go first, waiting users get FY_ERR_GONE, and after it returns no
 * op runs or is called. Harmless on one that was never offered (all zero). Context: thread.
 */
static inline void fy_i2c_mux_withdraw(struct fy_i2c_mux *mux);

#include <ferry/port/i2c-mux.h>

#endif
