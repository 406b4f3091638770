/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A transfer in the queue of a bus: see ports/common/i2c-queue.h. */
#ifndef FERRY_PORT_I2C_TRANSFER_H
#define FERRY_PORT_I2C_TRANSFER_H

#include <ferry/i2c-message.h>

struct fy_i2c_bus;

/* Who has the transfer done owns it, with its messages and their data, and fills this. */
struct fy_i2c_transfer {
	const struct fy_i2c_message *messages;
	unsigned count;
	uint32_t timeout_ms; /* from its beginning on the bus; 0: the controller's own */
	/* The transfer is over; the struct may be used for another one, from here too. */
	void (*ended)(void *arg, struct fy_i2c_transfer *transfer);
	void *arg;
	/* Afterwards: how many messages are complete, */
	unsigned done;
	/* and why no more: 0, or as fy_i2c_done() has it, FY_ERR_UNSUPPORTED, FY_ERR_GONE */
	int error;
	/* The queue's. */
	struct fy_i2c_transfer *next;
	struct fy_i2c_bus *bus;
	enum { FY_I2C_IDLE, FY_I2C_QUEUED, FY_I2C_STARTED, FY_I2C_OVER } state;
};

#endif
