// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of an SPI bus. */
#include "../../../include/ferry-sim/spi.h"
#include "sim.h"

/* Longer than any transfer. */
#define LIMIT (1000 * FERRY_SIM_SECOND)

static void ended(void *arg, struct fy_spi_transfer *transfer)
{
	(void)transfer;
	*(bool *)arg = true;
}

static bool is_over(void *arg)
{
	return *(bool *)arg;
}

int ferry_sim_spi_transfer(struct ferry_sim_device *dev, const struct fy_spi_config *config,
			   const struct fy_spi_segment *segments, unsigned count, unsigned *done)
{
	struct fy_spi_bus *bus = user_spi_find(dev->sim->world, dev->dev->name);
	bool over = false;
	struct fy_spi_transfer transfer = { .config = *config,
					    .segments = segments,
					    .count = count,
					    .ended = ended,
					    .arg = &over };
	int error = bus ? spi_queue_add(bus, &transfer) : FY_ERR_NOT_FOUND;

	if (!error && !ferry_sim_run_to(dev->sim, LIMIT, is_over, &over)) {
		spi_queue_cancel(&transfer);
		error = FY_ERR_TIMEOUT;
	}
	if (done)
		*done = transfer.done;
	return error ? error : transfer.error;
}
