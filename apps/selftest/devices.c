// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * A thermometer on the I2C bus of a Raspberry Pi, which the emulated boards of tests/selftest.t
 * have. Where it is missing, its driver says so, and tests of it are left out.
 */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "thermometer", .compatible = "ti,tmp105", .bus = "i2c", .address = 0x48 },
	{ 0 },
};
