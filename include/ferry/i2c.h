/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class i2c: the controller of an I2C bus (NXP UM10204), offered by a driver. Users of the bus (the
 * kernel's drivers and i2c-tools on Linux, virtual machines, an app) submit transfers to the port,
 * and the port runs them one after the other. Addresses have 7 bits. A driver of a device on such a
 * bus includes <ferry/i2c-target.h>.
 */
#ifndef FERRY_I2C_H
#define FERRY_I2C_H

#include <ferry/driver.h>
#include <ferry/i2c-message.h>

struct fy_i2c_bus; /* by the port; part of the driver's state */

struct fy_i2c_ops {
	/*
	 * Begins a transfer of COUNT MESSAGES, 1 to FY_I2C_MESSAGES_MAX, valid as said above:
	 * between two of them there is a repeated START (UM10204, section 3.1.10), after the last a
	 * STOP. Returns 0: the driver will call fy_i2c_done(), in a limited time whatever the
	 * targets do, perhaps before this returns; until then it owns messages and data. Or,
	 * without having done anything, FY_ERR_UNSUPPORTED: the controller does not support these
	 * messages in one transfer. Not called while a transfer is under way, nor from within
	 * fy_i2c_done(). Context: any.
	 */
	int (*start)(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count);
	/*
	 * Aborts the transfer that is under way, if there is one: releases the bus; after it
	 * returns the driver does not call fy_i2c_done() for it. Context: any.
	 */
	void (*cancel)(struct fy_device *dev);
};

/* Offers the bus. Returns 0 or FY_ERR_NO_MEMORY. Context: thread, from probe. */
static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops);
/*
 * Withdraws the bus: waiting users get FY_ERR_GONE, and after it returns no op runs or is called.
 * Context: thread.
 */
static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus);
/*
 * The transfer is over: at least the first DONE messages are complete. ERROR is 0: all are
 * complete; FY_ERR_NOT_FOUND: no acknowledge: no target has the address of the next message (or a
 * target refused a byte, if the controller does not distinguish the two); FY_ERR_IO: a target
 * refused a byte, or the bus or the controller failed; FY_ERR_TIMEOUT: the clock was held for too
 * long.
 * Context: any; the driver may hold a lock of its own.
 */
static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error);

#include <ferry/port/i2c.h>

#endif
