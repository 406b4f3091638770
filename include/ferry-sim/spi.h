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

/*
 * Adds a controller without registers that offers a bus with eight chip selects, for drivers of
 * targets. It has a driver of its own, supports all modes and words and clocks of up to 100 MHz,
 * and takes the time that the bits take. NULL: NAME is in use.
 */
struct ferry_sim_device *ferry_sim_add_spi(struct ferry_sim *sim, const char *name);
/*
 * Has a word on the bus of ferry_sim_add_spi() go wrong, after SKIP words: its segment ends with
 * ERROR, or never does when that is FY_ERR_TIMEOUT. Happens once. ERROR 0: none goes wrong.
 */
void ferry_sim_spi_fail(struct ferry_sim_device *bus, unsigned long skip, int error);
/* The number of words on the bus so far. */
unsigned long ferry_sim_spi_words(const struct ferry_sim_device *bus);

/*
 * A model of a target that the library does not have. Write it from the device's manual, not from
 * the driver. It knows bytes, the most significant bit first, in modes 0 and 3. The functions get
 * the ARG of ferry_sim_spi_attach(); TIME is that of the world.
 */
struct ferry_sim_spi_target {
	/* Its chip select has become active, or inactive. */
	void (*select)(void *arg, bool active, uint64_t time);
	/* What it sends while the next byte comes. */
	uint8_t (*next)(void *arg);
	/* A byte has come. */
	void (*byte)(void *arg, uint8_t byte, uint64_t time);
};
/*
 * Connects a target with chip select SELECT to the bus of ferry_sim_add_spi(). TARGET and ARG are
 * used until ferry_sim_free().
 */
void ferry_sim_spi_attach(struct ferry_sim_device *bus, unsigned select,
			  const struct ferry_sim_spi_target *target, void *arg);

#ifdef __cplusplus
}
#endif

#endif
