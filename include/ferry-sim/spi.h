/* SPDX-License-Identifier: GPL-2.0-only */
/* ferry-sim, class spi: the test as the user of a bus that a device offers (<ferry/spi.h>). */
#ifndef FERRY_SIM_SPI_H
#define FERRY_SIM_SPI_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

struct fy_spi_config;
struct fy_spi_segment;
/*
 * Does a transfer of COUNT segments with the target that CONFIG describes, while time passes.
 * Returns 0; the driver's error; FY_ERR_NOT_FOUND: the device offers no bus, or that has no such
 * chip select; FY_ERR_INVALID; FY_ERR_UNSUPPORTED: it is beyond the controller's limits;
 * FY_ERR_TIMEOUT. *DONE (may be NULL): how many segments are complete.
 */
int ferry_sim_spi_transfer(struct ferry_sim_device *dev, const struct fy_spi_config *config,
			   const struct fy_spi_segment *segments, unsigned count, unsigned *done);

#ifdef __cplusplus
}
#endif

#endif
