/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ferry-sim: devices on I2C buses (<ferry/i2c-target.h>). A bus is that of a controller's driver
 * with its model ("bcm2835-i2c"), or one without a controller, which ferry_sim_add_i2c() makes; on
 * such a one faults can be set at any byte. ferry_sim_transfer() has the test use a bus itself.
 *
 *	struct ferry_sim_device *bus = ferry_sim_add_i2c(sim, "i2c");
 *	struct ferry_sim_device *dev = ferry_sim_add(sim, &fy_driver_lm75, "lm75", "tmp105");
 *
 *	ferry_sim_set_bus(dev, "i2c", 0x48);
 *	assert_int_equal(ferry_sim_probe(sim), 0);
 */
#ifndef FERRY_SIM_I2C_H
#define FERRY_SIM_I2C_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Adds a bus without a controller, of 100 kHz. NULL: NAME is in use. */
struct ferry_sim_device *ferry_sim_add_i2c(struct ferry_sim *sim, const char *name);

/*
 * A model of the test's own of a device on a bus. Write it from the device's manual. The functions
 * get the ARG of ferry_sim_add_target().
 */
struct ferry_sim_target {
	/* `compatible` string in devicetrees; NULL: the driver's first one */
	const char *compatible;
	unsigned irqs; /* at most 4; ferry_sim_set_irq() raises them */
	/* A START with its address, for reading or writing. Returns whether it acknowledges. */
	bool (*start)(void *arg, bool read);
	/* A byte for it: whether it acknowledges; a byte from it. */
	bool (*write)(void *arg, uint8_t byte);
	uint8_t (*read)(void *arg);
	/* A STOP, after it was started; or a repeated START. NULL: it does not matter. */
	void (*stop)(void *arg, bool repeated);
};
/*
 * As ferry_sim_add(), with the model that TARGET describes, which is used until ferry_sim_free(),
 * at ADDRESS of the bus BUS. NULL: NAME is in use, there is no such address, or too many irqs.
 */
struct ferry_sim_device *ferry_sim_add_target(struct ferry_sim *sim, const struct fy_driver *driver,
					      const char *name, const char *bus, uint8_t address,
					      const struct ferry_sim_target *target, void *arg);

/* What goes wrong at a byte of a transfer on a bus without a controller. */
enum ferry_sim_i2c_fault {
	FERRY_SIM_I2C_WORKS,
	/* it is not acknowledged; of bytes that are read only the address can be refused */
	FERRY_SIM_I2C_REFUSES,
	FERRY_SIM_I2C_HOLDS, /* the clock is held until the port aborts the transfer */
	FERRY_SIM_I2C_FLIPS, /* a byte that is read has all bits inverted */
};
/*
 * From now on: the first SKIP bytes on the bus, addresses among them, are as they should be; to
 * each of the COUNT bytes after them FAULT happens; then all is well. A later call takes the place
 * of an earlier one. FY_ERR_NOT_FOUND: it is no such bus.
 */
int ferry_sim_i2c_fail(struct ferry_sim_device *bus, enum ferry_sim_i2c_fault fault,
		       unsigned long skip, unsigned long count);
/* The bytes on the bus since that, or ever. */
unsigned long ferry_sim_i2c_bytes(const struct ferry_sim_device *bus);

#ifdef __cplusplus
}
#endif

#endif
