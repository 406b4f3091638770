// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class i2c: an adapter, which the kernel's drivers and /dev/i2c-N use. The I2C core
 * has one transfer done at a time.
 */
#include <linux/device.h>
#include <linux/slab.h>
#include <ferry/i2c.h>

#include "linux-error.h"

static int do_messages(struct fy_i2c_bus *bus, const struct fy_i2c_message *messages, int count)
{
	int error;

	reinit_completion(&bus->over);
	error = bus->ops->start(bus->dev, messages, count);
	if (error)
		return fy_error_to_errno(error);
	wait_for_completion(&bus->over); /* the driver sees to it that this ends */
	if (bus->error == FY_ERR_NOT_FOUND)
		return -ENXIO; /* what the core takes for "nobody is there" */
	return bus->error ? fy_error_to_errno(bus->error) : count;
}

static int transfer(struct i2c_adapter *adapter, struct i2c_msg *msgs, int count)
{
	struct fy_i2c_bus *bus = container_of(adapter, struct fy_i2c_bus, adapter);
	struct fy_i2c_message *messages;
	int rc = -EOPNOTSUPP;

	messages = kcalloc(count, sizeof(*messages), GFP_KERNEL);
	if (!messages)
		return -ENOMEM;
	for (int i = 0; i < count; i++) {
		if (msgs[i].flags & ~(I2C_M_RD | I2C_M_DMA_SAFE))
			goto out;
		messages[i] = (struct fy_i2c_message){
			.address = msgs[i].addr,
			.read = msgs[i].flags & I2C_M_RD,
			.length = msgs[i].len,
			.data = msgs[i].buf,
		};
	}
	rc = fy_i2c_valid(messages, count) ? do_messages(bus, messages, count) : -EINVAL;
out:
	kfree(messages);
	return rc;
}

static u32 functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm algorithm = {
	.master_xfer = transfer,
	.functionality = functionality,
};

int fy_linux_i2c_offer(struct fy_device *dev, struct fy_i2c_bus *bus, const struct fy_i2c_ops *ops)
{
	bus->dev = dev;
	bus->ops = ops;
	init_completion(&bus->over);
	bus->adapter.owner = THIS_MODULE;
	bus->adapter.algo = &algorithm;
	bus->adapter.dev.parent = dev->dev;
	bus->adapter.dev.of_node = dev->dev ? dev->dev->of_node : NULL;
	snprintf(bus->adapter.name, sizeof(bus->adapter.name), "%s",
		 dev->dev ? dev_name(dev->dev) : dev->name);
	return fy_error_from_errno(i2c_add_adapter(&bus->adapter));
}

void fy_linux_i2c_withdraw(struct fy_i2c_bus *bus)
{
	i2c_del_adapter(&bus->adapter); /* waits for who uses it */
}
