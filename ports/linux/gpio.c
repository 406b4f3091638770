// SPDX-License-Identifier: GPL-2.0-only
/* Linux port, class gpio as a consumer: pins through gpiolib's descriptors. */
#include <linux/err.h>
#include <ferry/gpio.h>

#include "error.h"

int fy_linux_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode, struct fy_gpio *pin)
{
	static const enum gpiod_flags flags[] = {
		[FY_GPIO_IN] = GPIOD_IN,
		[FY_GPIO_OUT_LOW] = GPIOD_OUT_LOW,
		[FY_GPIO_OUT_HIGH] = GPIOD_OUT_HIGH,
	};
	struct gpio_desc *desc;

	if (!dev->dev)
		return FY_ERR_NOT_FOUND;
	desc = gpiod_get(dev->dev, function, flags[mode]);
	if (IS_ERR(desc))
		return fy_error_from_errno(PTR_ERR(desc));
	if (gpiod_cansleep(desc)) {
		gpiod_put(desc);
		return FY_ERR_UNSUPPORTED;
	}
	pin->desc = desc;
	return 0;
}

void fy_linux_gpio_release(struct fy_gpio *pin)
{
	if (pin->desc)
		gpiod_put(pin->desc);
	pin->desc = NULL;
}
