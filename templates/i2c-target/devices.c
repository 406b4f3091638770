// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Where the device is on a board without a devicetree that says so: on which bus, at which address. */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "@NAME@", .compatible = "vendor,@NAME@", .bus = "i2c", .address = 0x48 },
	{ 0 },
};
