/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The parts of a transfer on an I2C bus, for its controller and for drivers of its targets. */
#ifndef FERRY_I2C_MESSAGE_H
#define FERRY_I2C_MESSAGE_H

#include <ferry/driver.h>

#define FY_I2C_ADDRESS_MAX  0x7f
#define FY_I2C_MESSAGES_MAX 42	  /* of a transfer; as many as Linux takes */
#define FY_I2C_LENGTH_MAX   65535 /* bytes of a message */

/* A part of a transfer: a START, the address, and bytes in one direction. */
struct fy_i2c_message {
	/*
	 * of the target: 0 to FY_I2C_ADDRESS_MAX, without the bit for the direction. The port fills
	 * it in for the driver of a target.
	 */
	uint8_t address;
	bool read;	 /* from the target */
	uint16_t length; /* bytes; 0: the address alone (SMBus calls that a quick command) */
	uint8_t *data;	 /* may be NULL when there are none; a write does not change it */
};

/* Whether MESSAGES are valid as described above. Ports check messages from outside with this. */
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

#endif
