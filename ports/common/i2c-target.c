// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Devices on an I2C bus, where no kernel has the class: see <ferry/port/i2c-target.h>. */
#include <ferry/i2c-target.h>
#include <ferry/i2c.h>

#include <ferry/port/enter.h>

#include "i2c-queue.h"

int fy_port_i2c_target_get_at(struct fy_device *dev, uint8_t address, struct fy_i2c_target *target)
{
	struct fy_i2c_bus *bus;
	uint32_t own;
	int rc = fy_port_i2c_place(dev, &bus, &own);

	if (rc)
		return rc;
	if (address > FY_I2C_ADDRESS_MAX)
		return FY_ERR_INVALID;
	*target = (struct fy_i2c_target){
		.dev = dev, .bus = bus, .address = address, .timeout_ms = FY_I2C_TIMEOUT_MS
	};
	return 0;
}

int fy_port_i2c_target_get(struct fy_device *dev, struct fy_i2c_target *target)
{
	struct fy_i2c_bus *bus;
	uint32_t address;
	int rc = fy_port_i2c_place(dev, &bus, &address);

	if (rc)
		return rc;
	if (address > FY_I2C_ADDRESS_MAX)
		return FY_ERR_INVALID;
	return fy_port_i2c_target_get_at(dev, (uint8_t)address, target);
}

/* ---- Transfers that wait ---- */

static void set_addresses(const struct fy_i2c_target *target, struct fy_i2c_message *messages,
			  unsigned count)
{
	for (unsigned i = 0; count <= FY_I2C_MESSAGES_MAX && i < count; i++)
		messages[i].address = target->address;
}

int fy_port_i2c_transact(struct fy_i2c_target *target, struct fy_i2c_message *messages,
			 unsigned count)
{
	struct fy_i2c_transfer transfer = { .messages = messages,
					    .count = count,
					    .timeout_ms = target->timeout_ms };

	set_addresses(target, messages, count);
	return i2c_queue_wait(target->bus, &transfer);
}

int fy_port_i2c_write(struct fy_i2c_target *target, const void *data, size_t length)
{
	struct fy_i2c_message message = { .length = (uint16_t)length, .data = (uint8_t *)data };

	return length > FY_I2C_LENGTH_MAX ? FY_ERR_INVALID :
					    fy_port_i2c_transact(target, &message, 1);
}

int fy_port_i2c_read(struct fy_i2c_target *target, void *data, size_t length)
{
	struct fy_i2c_message message = { .read = true, .length = (uint16_t)length, .data = data };

	return !length || length > FY_I2C_LENGTH_MAX ? FY_ERR_INVALID :
						       fy_port_i2c_transact(target, &message, 1);
}

int fy_port_i2c_write_read(struct fy_i2c_target *target, const void *out, size_t out_length,
			   void *in, size_t in_length)
{
	struct fy_i2c_message messages[] = {
		{ .length = (uint16_t)out_length, .data = (uint8_t *)out },
		{ .read = true, .length = (uint16_t)in_length, .data = in },
	};

	if (out_length > FY_I2C_LENGTH_MAX || !in_length || in_length > FY_I2C_LENGTH_MAX)
		return FY_ERR_INVALID;
	return fy_port_i2c_transact(target, messages, 2);
}

/* ---- Registers ---- */

/* SMBus 3.2, section 6.4.1.1: the polynomial x^8 + x^2 + x + 1. */
static uint8_t add_to_pec(uint8_t pec, uint8_t byte)
{
	pec ^= byte;
	for (unsigned bit = 0; bit < 8; bit++)
		pec = (uint8_t)(pec << 1 ^ (pec & 0x80 ? 0x07 : 0));
	return pec;
}

static uint8_t pec_of(const struct fy_i2c_target *target, uint8_t reg)
{
	return add_to_pec(add_to_pec(0, (uint8_t)(target->address << 1)), reg);
}

int fy_port_i2c_read_register(struct fy_i2c_target *target, uint8_t reg, unsigned bytes,
			      bool high_first)
{
	uint8_t in[3], pec = pec_of(target, reg);
	int rc = fy_port_i2c_write_read(target, &reg, 1, in, bytes + target->pec);

	if (rc)
		return rc;
	pec = add_to_pec(pec, (uint8_t)(target->address << 1 | 1));
	for (unsigned i = 0; i < bytes; i++)
		pec = add_to_pec(pec, in[i]);
	if (target->pec && pec != in[bytes])
		return FY_ERR_IO;
	if (bytes == 1)
		return in[0];
	return high_first ? in[0] << 8 | in[1] : in[1] << 8 | in[0];
}

int fy_port_i2c_write_register(struct fy_i2c_target *target, uint8_t reg, unsigned bytes,
			       bool high_first, uint16_t value)
{
	const uint8_t high = (uint8_t)(value >> 8), low = (uint8_t)value;
	uint8_t out[4] = { reg, bytes == 2 && high_first ? high : low, high_first ? low : high };
	uint8_t pec = pec_of(target, reg);

	for (unsigned i = 1; i <= bytes; i++)
		pec = add_to_pec(pec, out[i]);
	out[1 + bytes] = pec;
	return fy_port_i2c_write(target, out, 1 + bytes + target->pec);
}

int fy_port_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
			    size_t length)
{
	uint8_t out[1 + FY_I2C_BLOCK_MAX] = { reg };

	if (length > FY_I2C_BLOCK_MAX)
		return FY_ERR_INVALID;
	__builtin_memcpy(out + 1, data, length);
	return fy_port_i2c_write(target, out, 1 + length);
}

/* ---- Requests ---- */

static void ended(void *arg, struct fy_i2c_transfer *transfer)
{
	struct fy_i2c_request *request = arg;
	struct fy_device *dev = request->target->dev;
	uintptr_t before = fy_port_enter_handler(dev);

	request->handler(request->arg, transfer->error);
	fy_port_leave_handler(dev, before);
}

int fy_port_i2c_submit(struct fy_i2c_request *request)
{
	struct fy_i2c_transfer *transfer = &request->transfer;
	const struct fy_i2c_target *target = request->target;

	if (request->cancelled)
		return FY_ERR_GONE;
	if (transfer->state != FY_I2C_IDLE)
		return FY_ERR_BUSY;
	set_addresses(target, request->messages, transfer->count);
	transfer->messages = request->messages;
	transfer->timeout_ms = target->timeout_ms;
	transfer->ended = ended;
	transfer->arg = request;
	return i2c_queue_add(target->bus, transfer);
}

/* Handlers run on the core of the drivers' threads, so none is running now. */
void fy_port_i2c_cancel(struct fy_i2c_request *request)
{
	request->cancelled = true;
	i2c_queue_cancel(&request->transfer);
	request->cancelled = false;
}
