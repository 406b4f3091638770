/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class i2c: the controller of an I2C bus (NXP UM10204), offered by a driver. Who uses the bus (the
 * kernel's drivers and i2c-tools on Linux, virtual machines, an app) asks the port; the port has
 * one transfer done after the other. Addresses have 7 bits.
 */
#ifndef FERRY_I2C_H
#define FERRY_I2C_H

#include <ferry/driver.h>

#define FY_I2C_ADDRESS_MAX  0x7f
#define FY_I2C_MESSAGES_MAX 42	  /* of a transfer; as many as Linux takes */
#define FY_I2C_LENGTH_MAX   65535 /* bytes of a message */

struct fy_i2c_bus; /* by the port; part of the driver's state */

/* A part of a transfer: a START, the address, and bytes in one direction. */
struct fy_i2c_message {
	/* of the target: 0 to FY_I2C_ADDRESS_MAX, without the bit for the direction */
	uint8_t address;
	bool read;	 /* from the target */
	uint16_t length; /* bytes; 0: the address alone (SMBus calls that a quick command) */
	uint8_t *data;	 /* may be NULL when there are none; a write does not change it */
};

struct fy_i2c_ops {
	/*
	 * Begins a transfer of COUNT MESSAGES, 1 to FY_I2C_MESSAGES_MAX, valid as said above:
	 * between two of them there is a repeated START (UM10204, section 3.1.10), after the last a
	 * STOP. Returns 0: fy_i2c_done() will be called, after a time that is limited whatever the
	 * targets do, perhaps before this returns; until then messages and data are the driver's.
	 * Or, without having done anything, FY_ERR_UNSUPPORTED: the controller cannot do these
	 * messages in one transfer. Never while a transfer is under way, nor from within
	 * fy_i2c_done(). Context: any.
	 */
	int (*start)(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count);
	/*
	 * Gives up the transfer that is under way, if one is: the bus is let go of, and after it
	 * returns fy_i2c_done() is not called for it. Context: any.
	 */
	void (*cancel)(struct fy_device *dev);
};

/* Offers the bus. Returns 0 or FY_ERR_NO_MEMORY. Context: thread, from probe. */
static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops);
/*
 * Withdraws it: who waits gets FY_ERR_GONE, and after it returns no op runs or is called. Context:
 * thread.
 */
static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus);
/*
 * The transfer is over: at least the first DONE messages were done whole. ERROR is 0, then that is
 * all of them; FY_ERR_NOT_FOUND: no acknowledge: no target has the address of the next one (or it
 * refused a byte, with a controller that cannot tell); FY_ERR_IO: a target refused a byte, or bus
 * or controller did not do it; FY_ERR_TIMEOUT: the clock was held for too long.
 * Context: any; the driver may hold a lock of its own.
 */
static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error);

/* Whether these are messages as described above. Ports check with this what comes from outside. */
static inline bool fy_i2c_valid(const struct fy_i2c_message *messages, unsigned count)
{
	if (count < 1 || count > FY_I2C_MESSAGES_MAX)
		return false;
	for (unsigned i = 0; i < count; i++)
		if (messages[i].address > FY_I2C_ADDRESS_MAX ||
		    (messages[i].length && !messages[i].data))
			return false;
	return true;
}

#include <ferry/port/i2c.h>

#endif
