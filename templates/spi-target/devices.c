// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Where the device is on a board without a devicetree that says so: on which bus, with which chip select. */
#include "bare.h"

const struct bare_device bare_app_devices[] = {
	{ .name = "@NAME@", .compatible = "vendor,@NAME@", .bus = "spi", .address = 0 },
	{ 0 },
};
