// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * A thermometer on the I2C bus of a Raspberry Pi, and one behind a multiplexer, which the emulated
 * boards of tests/selftest.t have. Where they are missing, their drivers say so, and tests of them
 * are left out.
 */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "thermometer", .compatible = "ti,tmp105", .bus = "i2c", .address = 0x48 },
	{ .name = "mux", .compatible = "nxp,pca9548", .bus = "i2c", .address = 0x70 },
	{ .name = "behind", .compatible = "ti,tmp105", .bus = "mux:3", .address = 0x4d },
	{ 0 },
};
