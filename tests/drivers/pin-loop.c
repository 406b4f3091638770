// SPDX-License-Identifier: GPL-2.0-only
/*
 * pin-loop: a controller without a device, for tests: what an even pin is set to is the level of
 * the next pin, an input with edges. So one driver can move the pin that another watches, on any
 * board. One that is slow sleeps in each op, as if a bus were between, and its lines are pulled up
 * while nobody drives them.
 *
 * Devicetree node: compatible = "ferry,pin-loop" or "ferry,pin-loop-slow"; gpio-controller;
 * #gpio-cells = <2>.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/irq.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define PINS	8
#define SLOW_US 200

struct pin_loop {
	struct fy_gpio_controller controller;
	struct fy_lock lock; /* of what follows */
	unsigned levels;     /* a bit for each pin */
	unsigned outputs;
	unsigned char triggers[PINS];
	/* of a slow one: the pins whose edges are to be told, since the first of them */
	struct fy_work work;
	unsigned edges;
	uint64_t since;
	unsigned writes; /* how often it was set */
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

/* ---- The same, slow. ---- */

/* Ops are called one at a time; the work takes the lock for what it reads. */
static void set_levels(struct pin_loop *l, unsigned pins, unsigned levels)
{
	fy_irqflags flags = fy_lock(&l->lock);

	for (unsigned pin = 0; pin < PINS; pin += 2) {
		unsigned end = pin + 1, level = levels >> pin & 1;
		unsigned edge = level ? FY_GPIO_TRIGGER_RISING : FY_GPIO_TRIGGER_FALLING;

		if (!(pins >> pin & 1) || (l->levels >> end & 1) == level)
			continue;
		l->levels ^= 1u << end;
		if (!(l->triggers[end] & edge))
			continue;
		if (!l->edges)
			l->since = fy_now_ns();
		l->edges |= 1u << end;
	}
	fy_unlock(&l->lock, flags);
	l->writes++;
	if (l->edges)
		fy_work_start(&l->work);
}

static void tell_edges(void *arg)
{
	struct pin_loop *l = arg;
	fy_irqflags flags;
	uint64_t since;
	unsigned edges;

	fy_sleep_us(SLOW_US);
	flags = fy_lock(&l->lock);
	edges = l->edges;
	since = l->since;
	l->edges = 0;
	fy_unlock(&l->lock, flags);
	for (unsigned pin = 0; pin < PINS; pin++)
		if (edges >> pin & 1)
			fy_gpio_event_at(&l->controller, pin, since);
}

static int slow_set_input(struct fy_device *dev, unsigned pin)
{
	struct pin_loop *l = fy_state(dev);

	fy_sleep_us(SLOW_US);
	l->outputs &= ~(1u << pin);
	set_levels(l, 1u << pin, ~0u);
	return 0;
}

static int slow_set_output(struct fy_device *dev, unsigned pin, int level)
{
	struct pin_loop *l = fy_state(dev);

	fy_sleep_us(SLOW_US);
	l->outputs |= 1u << pin;
	set_levels(l, 1u << pin, level ? ~0u : 0);
	return 0;
}

static int slow_get(struct fy_device *dev, unsigned pin)
{
	fy_sleep_us(SLOW_US);
	return get(dev, pin);
}

static int slow_set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	fy_sleep_us(SLOW_US);
	return set_trigger(dev, pin, trigger);
}

static int slow_set_several(struct fy_device *dev, uint64_t pins, uint64_t levels)
{
	struct pin_loop *l = fy_state(dev);

	fy_sleep_us(SLOW_US);
	set_levels(l, (unsigned)pins, (unsigned)levels);
	return 0;
}

static const struct fy_gpio_ops slow_ops = {
	.may_sleep = true,
	.set_input = slow_set_input,
	.set_output = slow_set_output,
	.is_output = is_output,
	.get = slow_get,
	.set_trigger = slow_set_trigger,
	.set_several = slow_set_several,
};

/* ---- The device. ---- */

static int pin_loop_probe(struct fy_device *dev)
{
	struct pin_loop *l = fy_state(dev);
	bool slow = fy_is_compatible(dev, "ferry,pin-loop-slow");

	fy_lock_init(&l->lock);
	fy_work_init(&l->work, dev, tell_edges, l);
	if (slow)
		l->levels = ~0u;
	return fy_gpio_offer(dev, &l->controller, PINS, slow ? &slow_ops : &ops);
}

static void pin_loop_remove(struct fy_device *dev)
{
	struct pin_loop *l = fy_state(dev);

	fy_gpio_withdraw(&l->controller);
	fy_work_stop(&l->work);
	if (l->writes)
		fy_info(dev, "set %u times", l->writes);
}

FY_DESCRIPTION("Pins that drive each other, to test");
FY_COMPATIBLE("ferry,pin-loop", "ferry,pin-loop-slow");
FY_DRIVER(pin_loop) = {
	.name = "pin-loop",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pin_loop),
	.probe = pin_loop_probe,
	.remove = pin_loop_remove,
};
