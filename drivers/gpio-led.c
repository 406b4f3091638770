// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * gpio-led: a LED on a GPIO pin, on or off.
 *
 *	make program DRIVER=gpio-led
 *	echo 'led 1' | output/user/gpio-led --model --pin led=17 --shell
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/led.h>

struct gpio_led {
	struct fy_gpio pin;
	struct fy_led led;
};

static int gpio_led_set(struct fy_device *dev, unsigned index, unsigned brightness)
{
	const struct gpio_led *l = fy_state(dev);

	fy_gpio_set(&l->pin, brightness > 0);
	return 0;
}

static const struct fy_led_ops ops = {
	.set = gpio_led_set,
};

static int gpio_led_probe(struct fy_device *dev)
{
	struct gpio_led *l = fy_state(dev);
	int rc = fy_gpio_request(dev, "led", FY_GPIO_OUT_LOW, &l->pin);

	if (rc)
		return rc;
	rc = fy_led_offer(dev, &l->led, 0, NULL, 1, &ops);
	if (rc)
		fy_gpio_release(&l->pin);
	return rc;
}

static void gpio_led_remove(struct fy_device *dev)
{
	struct gpio_led *l = fy_state(dev);

	fy_led_withdraw(&l->led);
	fy_gpio_release(&l->pin);
}

FY_DESCRIPTION("A LED on a GPIO pin");
FY_COMPATIBLE("ferry,gpio-led");

FY_DRIVER(gpio_led) = {
	.name = "gpio-led",
	.compatible = fy_compatible,
	.state_size = sizeof(struct gpio_led),
	.probe = gpio_led_probe,
	.remove = gpio_led_remove,
};
