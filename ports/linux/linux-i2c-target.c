// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: a device on an I2C bus, as a client of the kernel's I2C core. On a controller that
 * has SMBus only, a write and a read of up to 32 bytes become its block commands.
 */
#include <linux/err.h>
#include <ferry/i2c-target.h>

#include "linux-error.h"

/* Documentation/i2c/fault-codes.rst: controllers differ in what they say when nobody answers. */
int fy_linux_i2c_error(int rc)
{
	if (rc == -ENXIO || rc == -EREMOTEIO)
		return FY_ERR_NOT_FOUND;
	return fy_error_from_errno(rc);
}

int fy_linux_i2c_get_at(struct fy_device *dev, uint8_t address, struct fy_i2c_target *target)
{
	struct i2c_client *client = to_i2c_client(dev->dev);

	if (address > FY_I2C_ADDRESS_MAX)
		return FY_ERR_INVALID;
	target->client = client;
	if (address == client->addr)
		return 0;
	target->client = devm_i2c_new_dummy_device(dev->dev, client->adapter, address);
	return PTR_ERR_OR_ZERO(target->client) ? fy_error_from_errno(PTR_ERR(target->client)) : 0;
}

/* A controller that has done fewer messages, without an error, has found nobody. */
static int do_messages(struct fy_i2c_target *target, struct i2c_msg *msgs, unsigned count)
{
	int done = i2c_transfer(target->client->adapter, msgs, count);

	if (done < 0)
		return fy_linux_i2c_error(done);
	return done == count ? 0 : done ? FY_ERR_IO : FY_ERR_NOT_FOUND;
}

int fy_linux_i2c_transact(struct fy_i2c_target *target, const struct fy_i2c_message *messages,
			  unsigned count)
{
	struct i2c_msg msgs[FY_I2C_MESSAGES_MAX];

	if (!fy_i2c_valid(messages, count))
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < count; i++)
		msgs[i] = (struct i2c_msg){
			.addr = target->client->addr,
			.flags = messages[i].read ? I2C_M_RD : 0,
			.len = messages[i].length,
			.buf = messages[i].data,
		};
	return do_messages(target, msgs, count);
}

/* What SMBus has for it: a byte that is a command, and a block of data. */
static int smbus_write_read(struct i2c_client *client, const u8 *out, size_t out_length, u8 *in,
			    size_t in_length)
{
	int rc;

	if (out_length == 1 && in_length && in_length <= I2C_SMBUS_BLOCK_MAX) {
		rc = i2c_smbus_read_i2c_block_data(client, *out, in_length, in);
		return rc < 0 ? fy_linux_i2c_error(rc) : rc == in_length ? 0 : FY_ERR_IO;
	}
	if (!in_length && out_length > 1 && out_length <= I2C_SMBUS_BLOCK_MAX + 1)
		return fy_linux_i2c_error(
			i2c_smbus_write_i2c_block_data(client, *out, out_length - 1, out + 1));
	if (!in_length && out_length == 1)
		return fy_linux_i2c_error(i2c_smbus_write_byte(client, *out));
	if (!out_length && in_length == 1) {
		rc = i2c_smbus_read_byte(client);
		if (rc >= 0)
			*in = rc;
		return rc < 0 ? fy_linux_i2c_error(rc) : 0;
	}
	return FY_ERR_UNSUPPORTED;
}

int fy_linux_i2c_write_read(struct fy_i2c_target *target, const void *out, size_t out_length,
			    void *in, size_t in_length)
{
	struct i2c_client *client = target->client;
	struct i2c_msg msgs[] = {
		{ .addr = client->addr, .len = out_length, .buf = (u8 *)out },
		{ .addr = client->addr, .flags = I2C_M_RD, .len = in_length, .buf = in },
	};
	const bool reads = in_length, writes = out || !reads;

	if (out_length > FY_I2C_LENGTH_MAX || in_length > FY_I2C_LENGTH_MAX)
		return FY_ERR_INVALID;
	if (!i2c_check_functionality(client->adapter, I2C_FUNC_I2C))
		return smbus_write_read(client, out, out_length, in, in_length);
	return do_messages(target, writes ? msgs : msgs + 1, writes + reads);
}

int fy_linux_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
			     size_t length)
{
	u8 out[1 + FY_I2C_BLOCK_MAX] = { reg };

	if (length > FY_I2C_BLOCK_MAX)
		return FY_ERR_INVALID;
	memcpy(out + 1, data, length);
	return fy_linux_i2c_write_read(target, out, 1 + length, NULL, 0);
}
