// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a consumer: pins through gpiolib's descriptors. What not every
 * driver uses is in linux-gpio-mode.c and linux-gpio-watch.c.
 */
#include <linux/err.h>
#include <ferry/gpio.h>

#include "linux-error.h"

int fy_linux_gpio_get(struct fy_device *dev, const char *function, unsigned index,
		      enum gpiod_flags flags, struct fy_gpio *pin)
{
	struct gpio_desc *desc;

	if (!dev->dev)
		return FY_ERR_NOT_FOUND;
	desc = gpiod_get_index(dev->dev, function, index, flags);
	if (IS_ERR(desc))
		return fy_error_from_errno(PTR_ERR(desc));
	*pin = (struct fy_gpio){
		.desc = desc,
		.is_input = flags == GPIOD_IN,
		.may_sleep = gpiod_cansleep(desc),
	};
	return 0;
}

int fy_linux_gpio_request(struct fy_device *dev, const char *function, unsigned index,
			  enum gpiod_flags flags, struct fy_gpio *pin)
{
	int rc = fy_linux_gpio_get(dev, function, index, flags, pin);

	if (!rc && pin->may_sleep) {
		fy_linux_gpio_release(pin);
		rc = FY_ERR_UNSUPPORTED;
	}
	return rc;
}

void fy_linux_gpio_release(struct fy_gpio *pin)
{
	if (pin->unwatch)
		pin->unwatch(pin);
	if (pin->desc)
		gpiod_put(pin->desc);
	pin->desc = NULL;
}
