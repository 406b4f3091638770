/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Class i2c as virtio-i2c: each front end has an adapter of its own on the one bus. */
#ifndef SERVICES_I2C_SERVICE_H
#define SERVICES_I2C_SERVICE_H

#include <ferry/i2c.h>

#include "service.h"

/* By the port: transfers on a bus that has other users. They take turns. */
struct i2c_service_ops {
	size_t transfer_size; /* bytes of the port's state of a transfer, initially zero */
	/*
	 * Queues TRANSFER. When it is over, calls ENDED(ARG, DONE), not from within this call: DONE
	 * messages are complete. Messages and data stay valid until then. Returns 0, or an error.
	 */
	int (*start)(void *transfer, struct fy_i2c_bus *bus, const struct fy_i2c_message *messages,
		     unsigned count, void (*ended)(void *arg, unsigned done), void *arg);
	/* Cancels TRANSFER without calling ENDED. Harmless on one that is over, or all zero. */
	void (*cancel)(void *transfer);
};

struct i2c_service {
	struct service service;
	struct fy_i2c_bus *bus;
	const struct i2c_service_ops *ops;
};

/* Makes *SERVICE one for BUS, which DEV offers. */
void i2c_service_init(struct i2c_service *service, struct fy_device *dev, struct fy_i2c_bus *bus,
		      const struct i2c_service_ops *ops);

#endif
