// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Where the device is, for boards without a devicetree that says so: its bus and address. */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "@NAME@", .compatible = "vendor,@NAME@", .bus = "i2c", .address = 0x48 },
	{ 0 },
};
