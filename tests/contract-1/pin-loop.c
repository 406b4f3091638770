// SPDX-License-Identifier: GPL-2.0-only
/*
 * pin-loop: a controller without a device, for tests: what an even pin is set to is the level of
 * the next pin, an input with edges. So one driver can move the pin that another watches, on any
 * board.
 *
 * Devicetree node: compatible = "ferry,pin-loop"; gpio-controller; #gpio-cells = <2>.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/irq.h>

#define PINS 8

struct pin_loop {
	struct fy_gpio_controller controller;
	struct fy_lock lock; /* of what follows */
	unsigned levels;     /* a bit for each pin */
	unsigned outputs;
	unsigned char triggers[PINS];
};

static bool is_driver(unsigned pin)
{
	return pin % 2 == 0;
}

static int set_input(struct fy_device *dev, unsigned pin)
{
	struct pin_loop *l = fy_state(dev);
	fy_irqflags flags = fy_lock(&l->lock);

	l->outputs &= ~(1u << pin);
	fy_unlock(&l->lock, flags);
	return 0;
}

static void set(struct fy_device *dev, unsigned pin, int level)
{
	struct pin_loop *l = fy_state(dev);
	unsigned end = pin + 1, bit = 1u << end;
	fy_irqflags flags = fy_lock(&l->lock);
	bool changed = !(l->levels & bit) != !level;
	unsigned edge = level ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING;
	bool wanted = changed && l->triggers[end] & edge;

	l->levels = level ? l->levels | bit : l->levels & ~bit;
	fy_unlock(&l->lock, flags);
	if (wanted)
		fy_gpio_event(&l->controller, end);
}

static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	struct pin_loop *l = fy_state(dev);
	fy_irqflags flags;

	if (!is_driver(pin))
		return FY_ERR_UNSUPPORTED;
	flags = fy_lock(&l->lock);
	l->outputs |= 1u << pin;
	fy_unlock(&l->lock, flags);
	set(dev, pin, level);
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	struct pin_loop *l = fy_state(dev);

	return (l->outputs & 1u << pin) != 0;
}

/* Both ends of a loop have the same level. */
static int get(struct fy_device *dev, unsigned pin)
{
	struct pin_loop *l = fy_state(dev);

	return (l->levels & 1u << (pin | 1)) != 0;
}

static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct pin_loop *l = fy_state(dev);
	fy_irqflags flags;

	if (is_driver(pin) || trigger & (FY_GPIO_TRIGGER_HIGH | FY_GPIO_TRIGGER_LOW))
		return FY_ERR_UNSUPPORTED;
	flags = fy_lock(&l->lock);
	l->triggers[pin] = (unsigned char)trigger;
	fy_unlock(&l->lock, flags);
	return 0;
}

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set = set,
	.set_trigger = set_trigger,
};

static int pin_loop_probe(struct fy_device *dev)
{
	struct pin_loop *l = fy_state(dev);

	fy_lock_init(&l->lock);
	return fy_gpio_offer(dev, &l->controller, PINS, &ops);
}

static void pin_loop_remove(struct fy_device *dev)
{
	struct pin_loop *l = fy_state(dev);

	fy_gpio_withdraw(&l->controller);
}

FY_DESCRIPTION("Pins that drive each other, to test");
FY_COMPATIBLE("ferry,pin-loop");
FY_DRIVER(pin_loop) = {
	.name = "pin-loop",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pin_loop),
	.probe = pin_loop_probe,
	.remove = pin_loop_remove,
};
