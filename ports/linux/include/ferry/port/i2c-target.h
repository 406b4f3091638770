/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/i2c-target.h>: a client of the kernel's I2C core. What waits is the core's,
 * and its emulation of SMBus on plain controllers, or the other way round. Requests are done by a
 * work item of their target's (ports/linux/i2c-request.c).
 */
#ifndef FERRY_PORT_I2C_TARGET_H
#define FERRY_PORT_I2C_TARGET_H

#include <linux/i2c.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

/* For scripts/make-module, which chooses the module's glue by it. */
#define FY_PORT_I2C_TARGET _Static_assert(1, "the driver of a target")

struct fy_i2c_target {
	struct i2c_client *client;
	/* Requests, in their order, and what does them. */
	bool has_requests; /* the rest is initialised */
	raw_spinlock_t lock;
	struct fy_i2c_request *first;
	struct work_struct work;
};

struct fy_i2c_request {
	struct fy_i2c_request *next;
	struct fy_i2c_target *target;
	struct fy_i2c_message *messages;
	unsigned count;
	fy_i2c_handler *handler;
	void *arg;
	bool queued, cancelled;
};

int fy_linux_i2c_error(int rc);
int fy_linux_i2c_get_at(struct fy_device *dev, uint8_t address, struct fy_i2c_target *target);
int fy_linux_i2c_transact(struct fy_i2c_target *target, const struct fy_i2c_message *messages,
			  unsigned count);
int fy_linux_i2c_write_read(struct fy_i2c_target *target, const void *out, size_t out_length,
			    void *in, size_t in_length);
int fy_linux_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
			     size_t length);
void fy_linux_i2c_request_init(struct fy_i2c_request *request);
int fy_linux_i2c_submit(struct fy_i2c_request *request);
void fy_linux_i2c_cancel(struct fy_i2c_request *request);

static inline int fy_i2c_target_get(struct fy_device *dev, struct fy_i2c_target *target)
{
	target->client = to_i2c_client(dev->dev);
	return 0;
}

static inline int fy_i2c_target_get_at(struct fy_device *dev, uint8_t address,
				       struct fy_i2c_target *target)
{
	return fy_linux_i2c_get_at(dev, address, target);
}

static inline uint8_t fy_i2c_address(const struct fy_i2c_target *target)
{
	return target->client->addr;
}

static inline void fy_i2c_set_timeout(struct fy_i2c_target *target, uint32_t ms)
{
}

static inline void fy_i2c_set_pec(struct fy_i2c_target *target, bool on)
{
	if (on)
		target->client->flags |= I2C_CLIENT_PEC;
	else
		target->client->flags &= ~I2C_CLIENT_PEC;
}

static inline int fy_i2c_write(struct fy_i2c_target *target, const void *data, size_t length)
{
	return fy_linux_i2c_write_read(target, data, length, NULL, 0);
}

static inline int fy_i2c_read(struct fy_i2c_target *target, void *data, size_t length)
{
	return length ? fy_linux_i2c_write_read(target, NULL, 0, data, length) : FY_ERR_INVALID;
}

static inline int fy_i2c_write_read(struct fy_i2c_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length)
{
	return out && in_length ? fy_linux_i2c_write_read(target, out, out_length, in, in_length) :
				  FY_ERR_INVALID;
}

static inline int fy_i2c_transact(struct fy_i2c_target *target, struct fy_i2c_message *messages,
				  unsigned count)
{
	return fy_linux_i2c_transact(target, messages, count);
}

static inline int fy_i2c_read8(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_linux_i2c_error(i2c_smbus_read_byte_data(target->client, reg));
}

static inline int fy_i2c_read16be(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_linux_i2c_error(i2c_smbus_read_word_swapped(target->client, reg));
}

static inline int fy_i2c_read16le(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_linux_i2c_error(i2c_smbus_read_word_data(target->client, reg));
}

static inline int fy_i2c_write8(struct fy_i2c_target *target, uint8_t reg, uint8_t value)
{
	return fy_linux_i2c_error(i2c_smbus_write_byte_data(target->client, reg, value));
}

static inline int fy_i2c_write16be(struct fy_i2c_target *target, uint8_t reg, uint16_t value)
{
	return fy_linux_i2c_error(i2c_smbus_write_word_swapped(target->client, reg, value));
}

static inline int fy_i2c_write16le(struct fy_i2c_target *target, uint8_t reg, uint16_t value)
{
	return fy_linux_i2c_error(i2c_smbus_write_word_data(target->client, reg, value));
}

static inline int fy_i2c_read_block(struct fy_i2c_target *target, uint8_t reg, void *data,
				    size_t length)
{
	return fy_i2c_write_read(target, &reg, 1, data, length);
}

static inline int fy_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
				     size_t length)
{
	return fy_linux_i2c_write_block(target, reg, data, length);
}

static inline void fy_i2c_request_init(struct fy_i2c_request *request, struct fy_i2c_target *target,
				       struct fy_i2c_message *messages, unsigned count,
				       fy_i2c_handler *handler, void *arg)
{
	*request = (struct fy_i2c_request){
		.target = target,
		.messages = messages,
		.count = count,
		.handler = handler,
		.arg = arg,
	};
	fy_linux_i2c_request_init(request);
}

static inline int fy_i2c_submit(struct fy_i2c_request *request)
{
	return fy_linux_i2c_submit(request);
}

static inline void fy_i2c_cancel(struct fy_i2c_request *request)
{
	fy_linux_i2c_cancel(request);
}

#endif
