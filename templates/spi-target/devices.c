// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Where the device is, for boards without a devicetree that says so: its bus and chip select. */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "@NAME@", .compatible = "vendor,@NAME@", .bus = "spi", .address = 0 },
	{ 0 },
};
