/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/i2c-target.h> where no kernel has the class: transfers go into the queue of the bus. See
 * ports/common/i2c-target.c.
 */
#ifndef FERRY_PORT_I2C_TARGET_H
#define FERRY_PORT_I2C_TARGET_H

#include <ferry/port/i2c-transfer.h>

/* The device's place says on which bus it is; the driver's word is for ports that need it. */
#define FY_PORT_I2C_TARGET _Static_assert(1, "the driver of a target")

struct fy_i2c_target {
	struct fy_device *dev;
	struct fy_i2c_bus *bus;
	uint8_t address;
	bool pec;
	uint32_t timeout_ms;
};

struct fy_i2c_request {
	struct fy_i2c_transfer transfer;
	struct fy_i2c_target *target;
	struct fy_i2c_message *messages;
	fy_i2c_handler *handler;
	void *arg;
	bool cancelled;
};

/*
 * By the port: the bus that the device is on, and its address there. Returns 0, or an error of
 * fy_i2c_target_get().
 */
int fy_port_i2c_place(struct fy_device *dev, struct fy_i2c_bus **bus, uint32_t *address);

int fy_port_i2c_target_get(struct fy_device *dev, struct fy_i2c_target *target);
int fy_port_i2c_target_get_at(struct fy_device *dev, uint8_t address, struct fy_i2c_target *target);
int fy_port_i2c_transact(struct fy_i2c_target *target, struct fy_i2c_message *messages,
			 unsigned count);
int fy_port_i2c_write(struct fy_i2c_target *target, const void *data, size_t length);
int fy_port_i2c_read(struct fy_i2c_target *target, void *data, size_t length);
int fy_port_i2c_write_read(struct fy_i2c_target *target, const void *out, size_t out_length,
			   void *in, size_t in_length);
int fy_port_i2c_read_register(struct fy_i2c_target *target, uint8_t reg, unsigned bytes,
			      bool high_first);
int fy_port_i2c_write_register(struct fy_i2c_target *target, uint8_t reg, unsigned bytes,
			       bool high_first, uint16_t value);
int fy_port_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
			    size_t length);
int fy_port_i2c_submit(struct fy_i2c_request *request);
void fy_port_i2c_cancel(struct fy_i2c_request *request);

static inline int fy_i2c_target_get(struct fy_device *dev, struct fy_i2c_target *target)
{
	return fy_port_i2c_target_get(dev, target);
}

static inline int fy_i2c_target_get_at(struct fy_device *dev, uint8_t address,
				       struct fy_i2c_target *target)
{
	return fy_port_i2c_target_get_at(dev, address, target);
}

static inline uint8_t fy_i2c_address(const struct fy_i2c_target *target)
{
	return target->address;
}

static inline void fy_i2c_set_timeout(struct fy_i2c_target *target, uint32_t ms)
{
	target->timeout_ms = ms;
}

static inline void fy_i2c_set_pec(struct fy_i2c_target *target, bool on)
{
	target->pec = on;
}

static inline int fy_i2c_write(struct fy_i2c_target *target, const void *data, size_t length)
{
	return fy_port_i2c_write(target, data, length);
}

static inline int fy_i2c_read(struct fy_i2c_target *target, void *data, size_t length)
{
	return fy_port_i2c_read(target, data, length);
}

static inline int fy_i2c_write_read(struct fy_i2c_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length)
{
	return fy_port_i2c_write_read(target, out, out_length, in, in_length);
}

static inline int fy_i2c_transact(struct fy_i2c_target *target, struct fy_i2c_message *messages,
				  unsigned count)
{
	return fy_port_i2c_transact(target, messages, count);
}

static inline int fy_i2c_read8(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_port_i2c_read_register(target, reg, 1, true);
}

static inline int fy_i2c_read16be(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_port_i2c_read_register(target, reg, 2, true);
}

static inline int fy_i2c_read16le(struct fy_i2c_target *target, uint8_t reg)
{
	return fy_port_i2c_read_register(target, reg, 2, false);
}

static inline int fy_i2c_write8(struct fy_i2c_target *target, uint8_t reg, uint8_t value)
{
	return fy_port_i2c_write_register(target, reg, 1, true, value);
}

static inline int fy_i2c_write16be(struct fy_i2c_target *target, uint8_t reg, uint16_t value)
{
	return fy_port_i2c_write_register(target, reg, 2, true, value);
}

static inline int fy_i2c_write16le(struct fy_i2c_target *target, uint8_t reg, uint16_t value)
{
	return fy_port_i2c_write_register(target, reg, 2, false, value);
}

static inline int fy_i2c_read_block(struct fy_i2c_target *target, uint8_t reg, void *data,
				    size_t length)
{
	return fy_port_i2c_write_read(target, &reg, 1, data, length);
}

static inline int fy_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
				     size_t length)
{
	return fy_port_i2c_write_block(target, reg, data, length);
}

static inline void fy_i2c_request_init(struct fy_i2c_request *request, struct fy_i2c_target *target,
				       struct fy_i2c_message *messages, unsigned count,
				       fy_i2c_handler *handler, void *arg)
{
	*request = (struct fy_i2c_request){
		.transfer = { .count = count },
		.target = target,
		.messages = messages,
		.handler = handler,
		.arg = arg,
	};
}

static inline int fy_i2c_submit(struct fy_i2c_request *request)
{
	return fy_port_i2c_submit(request);
}

static inline void fy_i2c_cancel(struct fy_i2c_request *request)
{
	fy_port_i2c_cancel(request);
}

#endif
