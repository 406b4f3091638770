/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/i2c.h> where no kernel has the class: buses on a list of the port's, each with a queue of
 * transfers. See ports/common/i2c-queue.h.
 */
#ifndef FERRY_PORT_I2C_H
#define FERRY_PORT_I2C_H

#include <ferry/time.h>

struct fy_i2c_transfer;

struct fy_i2c_bus {
	struct fy_i2c_bus *next;
	struct fy_device *dev;
	const struct fy_i2c_ops *ops;
	struct fy_i2c_transfer *queue; /* the first one may be under way */
	bool gone;		       /* withdrawn */
	/* calls back who waits for the first, starts the next, and ends one that takes too long */
	struct fy_timer turn;
	uint64_t deadline; /* of the one that is under way; 0: none */
	/* Of a multiplexer's channel, in place of the ops; `channel` is -1 where it is none. */
	int channel;
	int (*start)(struct fy_i2c_bus *bus, const struct fy_i2c_message *messages, unsigned count);
	void (*cancel)(struct fy_i2c_bus *bus);
	uint32_t tree_node; /* bare metal: its node in the devicetree; 0: that of its device */
};

/* Puts a bus on the port's list, whose queue is open. */
void fy_port_i2c_add(struct fy_i2c_bus *bus);
int fy_port_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops);
void fy_port_i2c_withdraw(struct fy_i2c_bus *bus);
void fy_port_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error);

static inline int fy_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus,
			       const struct fy_i2c_ops *ops)
{
	return fy_port_i2c_offer(dev, bus, ops);
}

static inline void fy_i2c_withdraw(struct fy_i2c_bus *bus)
{
	fy_port_i2c_withdraw(bus);
}

static inline void fy_i2c_done(struct fy_i2c_bus *bus, unsigned done, int error)
{
	fy_port_i2c_done(bus, done, error);
}

#endif
