/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where no kernel has the class i2c: transfers of all users of a bus wait in its queue, and are
 * done one after the other. All calls may be made in any context.
 */
#ifndef PORTS_COMMON_I2C_QUEUE_H
#define PORTS_COMMON_I2C_QUEUE_H

#include <ferry/i2c.h>
#include <ferry/port/i2c-transfer.h>

/*
 * Queues the transfer; it never ends from within this call. FY_ERR_INVALID: the messages are not
 * valid (<ferry/i2c-message.h>); FY_ERR_GONE: the bus was withdrawn; FY_ERR_BUSY: it is queued.
 */
int i2c_queue_add(struct fy_i2c_bus *bus, struct fy_i2c_transfer *transfer);
/* Cancels it without calling ENDED. Harmless on one that is over, or all zero. */
void i2c_queue_cancel(struct fy_i2c_transfer *transfer);
/*
 * Queues a transfer, and waits for its end; `ended` and `arg` are this function's. Returns its
 * error, or that of i2c_queue_add(). Context: thread.
 */
int i2c_queue_wait(struct fy_i2c_bus *bus, struct fy_i2c_transfer *transfer);

/* Ends, from elsewhere, the wait of i2c_queue_wait() for TRANSFER. Harmless if it is over. */
void i2c_queue_abort(struct fy_i2c_transfer *transfer);

/*
 * A multiplexer's channel as a bus has the name "mux:3". Stores the DEVICE, of up to SIZE bytes,
 * and returns the channel; -1: it is the name of a device.
 */
int i2c_queue_channel(const char *name, char *device, size_t size);
/* For the port's functions fy_port_i2c_offer() and fy_port_i2c_withdraw(), which keep its list. */
void i2c_queue_open(struct fy_i2c_bus *bus, struct fy_device *dev, const struct fy_i2c_ops *ops);
/* Every transfer ends with FY_ERR_GONE. */
void i2c_queue_close(struct fy_i2c_bus *bus);

#endif
