// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What a driver asks about its device, asked about that of the board's pins. */
#include <ferry/gpio-controller.h>

#include "tap.h"

void test_contract(void)
{
	struct fy_gpio pin;
	struct fy_device *dev;
	uint32_t value = 42;

	if (fy_gpio_take("gpio", 0, false, FY_GPIO_IN, &pin)) {
		tap_skip("properties", "pin 0 is in use");
		return;
	}
	dev = pin.controller->dev;
	tap_is_int("a property that is not there", fy_property_u32(dev, "nonsense", &value),
		   FY_ERR_NOT_FOUND);
	tap_is("leaves the value as it was", value, 42);
	tap_is("the device is compatible with one of those that there are",
	       fy_is_compatible(dev, "arm,pl061") + fy_is_compatible(dev, "brcm,bcm2835-gpio") +
		       fy_is_compatible(dev, "brcm,bcm2711-gpio"),
	       1);
	tap_is("not with the beginning of a name",
	       fy_is_compatible(dev, "arm,pl06") + fy_is_compatible(dev, "brcm,bcm2"), 0);
	tap_is("nor with more than one",
	       fy_is_compatible(dev, "arm,pl0611") + fy_is_compatible(dev, "brcm,bcm2835-gpioX"),
	       0);
	tap_is("its state is there", fy_state(dev) != NULL, 1);
	tap_is("aligned for anything", (uintptr_t)fy_state(dev) % sizeof(uint64_t), 0);
	tap_is("the controller has its device's pins", pin.controller->pins,
	       fy_is_compatible(dev, "arm,pl061")	  ? 8 :
	       fy_is_compatible(dev, "brcm,bcm2711-gpio") ? 58 :
							    54);
	fy_gpio_release(&pin);
}
