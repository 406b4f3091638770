// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * gpio-key: a key or a switch on a GPIO pin, which is pressed when the pin is active. Contacts
 * bounce: a level counts when it has lasted.
 *
 *	make program DRIVER=gpio-key
 *	output/user/gpio-key --model --pin key=4 --property linux,code=30 --shell
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/input.h>
#include <ferry/time.h>

struct gpio_key {
	struct fy_gpio pin;
	struct fy_input input;
	struct fy_input_code code;
	struct fy_timer bounce;
	uint32_t bounce_ms;
};

static uint64_t report(void *arg, uint64_t due)
{
	struct gpio_key *k = arg;

	fy_input_report(&k->input, k->code.type, k->code.code, fy_gpio_get(&k->pin), true);
	return FY_TIMER_STOP;
}

/* Each edge begins the wait anew. */
static void changed(void *arg)
{
	struct gpio_key *k = arg;

	fy_timer_start(&k->bounce, fy_now_ns() + k->bounce_ms * FY_NS_PER_MS);
}

static int read_properties(struct fy_device *dev, struct gpio_key *k)
{
	uint32_t code = 0, type = FY_INPUT_KEY;
	int rc = fy_property_u32(dev, "linux,code", &code);

	if (rc) {
		fy_error(dev, "linux,code is missing: the number of the key");
		return FY_ERR_INVALID;
	}
	fy_property_u32(dev, "linux,input-type", &type);
	k->bounce_ms = 5;
	fy_property_u32(dev, "debounce-interval", &k->bounce_ms);
	k->code =
		(struct fy_input_code){ .type = (enum fy_input_type)type, .code = (uint16_t)code };
	if (code > 0xffff || k->bounce_ms > 1000 ||
	    (type != FY_INPUT_KEY && type != FY_INPUT_SWITCH) || !fy_input_valid(&k->code)) {
		fy_error(dev,
			 "linux,code %u, linux,input-type %u or debounce-interval %u cannot be",
			 code, type, k->bounce_ms);
		return FY_ERR_INVALID;
	}
	return 0;
}

static int gpio_key_probe(struct fy_device *dev)
{
	struct gpio_key *k = fy_state(dev);
	int rc = read_properties(dev, k);

	if (rc)
		return rc;
	rc = fy_gpio_request(dev, "key", FY_GPIO_IN, &k->pin);
	if (rc)
		return rc;
	fy_timer_init(&k->bounce, dev, report, k);
	rc = fy_input_offer(dev, &k->input, &k->code, 1, k->code.type == FY_INPUT_KEY);
	if (rc)
		goto pin;
	rc = fy_gpio_watch(&k->pin, FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, changed, k);
	if (rc)
		goto input;
	fy_timer_start(&k->bounce, fy_now_ns()); /* as it is now */
	return 0;
input:
	fy_input_withdraw(&k->input);
pin:
	fy_gpio_release(&k->pin);
	return rc;
}

static void gpio_key_remove(struct fy_device *dev)
{
	struct gpio_key *k = fy_state(dev);

	fy_gpio_unwatch(&k->pin);
	fy_timer_stop(&k->bounce);
	fy_input_withdraw(&k->input);
	fy_gpio_release(&k->pin);
}

FY_DESCRIPTION("A key on a GPIO pin");
FY_COMPATIBLE("ferry,gpio-key");

FY_DRIVER(gpio_key) = {
	.name = "gpio-key",
	.compatible = fy_compatible,
	.state_size = sizeof(struct gpio_key),
	.probe = gpio_key_probe,
	.remove = gpio_key_remove,
};
