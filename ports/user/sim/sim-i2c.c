// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of an I2C bus. */
#include "sim.h"

/* Longer than any transfer. */
#define LIMIT (100 * FERRY_SIM_SECOND)

static void ended(void *arg, struct fy_i2c_transfer *transfer)
{
	(void)transfer;
	*(bool *)arg = true;
}

static bool is_over(void *arg)
{
	return *(bool *)arg;
}

static struct fy_i2c_bus *bus_of(const struct ferry_sim_device *dev)
{
	struct fy_i2c_bus *bus = user_i2c_first(dev->sim->world);

	while (bus && bus->dev != dev->dev)
		bus = bus->next;
	return bus;
}

int ferry_sim_transfer(struct ferry_sim_device *dev, const struct ferry_sim_message *messages,
		       unsigned count, unsigned *done)
{
	struct fy_i2c_message copy[FY_I2C_MESSAGES_MAX];
	struct fy_i2c_bus *bus = bus_of(dev);
	bool over = false;
	struct fy_i2c_transfer transfer = {
		.messages = copy, .count = count, .ended = ended, .arg = &over
	};
	int error;

	for (unsigned i = 0; i < count && i < FY_I2C_MESSAGES_MAX; i++)
		copy[i] = (struct fy_i2c_message){ messages[i].address, messages[i].read,
						   messages[i].length, messages[i].data };
	error = bus ? i2c_queue_add(bus, &transfer) : FY_ERR_NOT_FOUND;
	if (!error && !ferry_sim_run_to(dev->sim, LIMIT, is_over, &over)) {
		i2c_queue_cancel(&transfer);
		error = FY_ERR_TIMEOUT;
	}
	if (done)
		*done = transfer.done;
	return error ? error : transfer.error;
}
