/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * virtio-i2c, an I2C adapter (Virtual I/O Device specification 1.3, section 5.16): messages to and
 * from targets with addresses of 7 bits. The requests of a group (VIRTIO_I2C_FLAGS_FAIL_NEXT)
 * become one transfer, with repeated STARTs between its messages.
 *
 * A guest's driver makes the requests of a group available one after the other, and need not make
 * all of them available: Linux' driver ends a group without its last request when the queue is too
 * short for it. So the model waits for the rest for a while, and then does the requests that are
 * there; later requests are a transfer of their own.
 */
#ifndef VIRTIO_I2C_H
#define VIRTIO_I2C_H

#include "virtio-device.h"

enum {
	VIRTIO_I2C_F_ZERO_LENGTH_REQUEST = 0,
	VIRTIO_I2C_REQUEST_QUEUE = 0,
};

/* A request that exceeds these limits fails, and so does the rest of its group. */
#define VIRTIO_I2C_MESSAGES 42	 /* of a group */
#define VIRTIO_I2C_BYTES    8192 /* of all of them */
#define VIRTIO_I2C_SEGMENTS 8	 /* pieces of a request that the device writes */

struct virtio_i2c_message {
	uint8_t address; /* 0 to 127 */
	bool read;
	uint16_t length;
	unsigned char *data;
};

struct virtio_i2c_ops {
	/*
	 * Begins a transfer. Returns 0: call virtio_i2c_done() at its end, not from within this
	 * call; until then messages and data may be used. Or a negative number: it cannot be done.
	 */
	int (*start)(void *arg, const struct virtio_i2c_message *messages, unsigned count);
	/*
	 * Aborts the transfer that is under way, and the wait: neither of the calls below is made
	 * for them.
	 */
	void (*cancel)(void *arg);
	/*
	 * Asks for a call of virtio_i2c_ready() in about a millisecond: the rest of a group may
	 * come by then. NULL: the model does not wait.
	 */
	void (*wait)(void *arg);
};

struct virtio_i2c_request {
	struct virtio_chain chain;
	struct virtio_segment segment[VIRTIO_I2C_SEGMENTS];
};

struct virtio_i2c {
	struct virtio_device device;
	const struct virtio_i2c_ops *ops;
	void *arg;
	bool busy, over;      /* a transfer is under way; it has ended, but was not reported yet */
	bool open, failing;   /* the last request's group goes on; and fails */
	bool waited;	      /* for the rest of a group */
	unsigned count, used; /* requests of the transfer, and bytes of theirs */
	unsigned done;	      /* of them, when it is over */
	struct virtio_i2c_request request[VIRTIO_I2C_MESSAGES];
	struct virtio_i2c_message message[VIRTIO_I2C_MESSAGES];
	unsigned char bytes[VIRTIO_I2C_BYTES];
};

/* Makes *I2C a device. Then call virtio_device_connect(). */
void virtio_i2c_init(struct virtio_i2c *i2c, const struct virtio_i2c_ops *ops, void *arg);
/*
 * The transfer is over: its first DONE messages were done, all of them or fewer. Returns true if
 * there is more to do: see virtio_device_run().
 */
bool virtio_i2c_done(struct virtio_i2c *i2c, unsigned done);
/* The wait is over. Returns the same as virtio_i2c_done(). */
bool virtio_i2c_ready(struct virtio_i2c *i2c);

#endif
