// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * pcf8574: 8 pins behind an I2C bus (Texas Instruments SCPS068, section 8; NXP PCF8574), and the
 * PCF8575 with 16. A pin has one register bit: 0 drives it low, 1 lets a weak current pull it high,
 * so that it may be an input. The line INT tells that an input has changed since the last read.
 *
 *	make program DRIVER=pcf8574
 *	printf 'set 0 0\nget 1\n' | output/user/pcf8574 --model --shell
 *
 * Devicetree node: compatible = "nxp,pcf8574", `reg`; INT as one interrupt, a falling edge, without
 * which pins have no events; `lines-initial-states`, a bit for each pin that is low at first.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/i2c-target.h>
#include <ferry/interrupt.h>
#include <ferry/irq.h>
#include <ferry/property.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define LEVELS	 (FY_GPIO_TRIGGER_HIGH | FY_GPIO_TRIGGER_LOW)
#define AGAIN_NS (100 * FY_NS_PER_MS) /* after a read that failed */

struct pcf8574 {
	struct fy_device *dev;
	struct fy_i2c_target target;
	struct fy_gpio_controller controller;
	unsigned pins;
	bool has_irq;
	struct fy_work changed;
	/* these, and the transfers that go with them */
	struct fy_mutex mutex;
	uint16_t written; /* the register */
	uint16_t outputs; /* pins that are; the others' bits are 1 */
	uint16_t levels;  /* as last compared */
	uint16_t rising, falling;
	/* when the interrupt came */
	struct fy_lock lock;
	uint64_t when;
};

/* The levels of all pins, or an error. */
static int read_pins(struct pcf8574 *c)
{
	uint8_t in[2] = { 0, 0 };
	int rc = fy_i2c_read(&c->target, in, c->pins / 8);

	return rc ? rc : in[1] << 8 | in[0];
}

static int write_pins(struct pcf8574 *c, uint16_t value)
{
	const uint8_t out[] = { (uint8_t)value, (uint8_t)(value >> 8) };
	int rc = 0;

	if (value != c->written)
		rc = fy_i2c_write(&c->target, out, c->pins / 8);
	if (!rc)
		c->written = value;
	return rc;
}

/* ---- Class gpio ---- */

static int set_input(struct fy_device *dev, unsigned pin)
{
	struct pcf8574 *c = fy_state(dev);
	int rc;

	fy_mutex_lock(&c->mutex);
	rc = write_pins(c, (uint16_t)(c->written | 1u << pin));
	if (!rc)
		c->outputs &= (uint16_t) ~(1u << pin);
	fy_mutex_unlock(&c->mutex);
	return rc;
}

static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	struct pcf8574 *c = fy_state(dev);
	const unsigned bit = 1u << pin;
	int rc;

	fy_mutex_lock(&c->mutex);
	rc = write_pins(c, (uint16_t)(level ? c->written | bit : c->written & ~bit));
	if (!rc)
		c->outputs |= (uint16_t)bit;
	fy_mutex_unlock(&c->mutex);
	return rc;
}

static int set_several(struct fy_device *dev, uint64_t pins, uint64_t levels)
{
	struct pcf8574 *c = fy_state(dev);
	int rc;

	fy_mutex_lock(&c->mutex);
	rc = write_pins(c, (uint16_t)((c->written & ~pins) | (levels & pins)));
	fy_mutex_unlock(&c->mutex);
	return rc;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	const struct pcf8574 *c = fy_state(dev);

	return c->outputs >> pin & 1;
}

/* A read takes INT back: so what changed meanwhile is looked at by the work. */
static int get(struct fy_device *dev, unsigned pin)
{
	struct pcf8574 *c = fy_state(dev);
	int levels;

	fy_mutex_lock(&c->mutex);
	levels = read_pins(c);
	if (levels >= 0 && (levels ^ c->levels) & (c->rising | c->falling))
		fy_work_start(&c->changed);
	fy_mutex_unlock(&c->mutex);
	return levels < 0 ? levels : levels >> pin & 1;
}

static void note_bit(uint16_t *bits, unsigned pin, bool on)
{
	*bits = (uint16_t)(on ? *bits | 1u << pin : *bits & ~(1u << pin));
}

static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct pcf8574 *c = fy_state(dev);
	int levels = 0;

	if (trigger & LEVELS || (trigger && !c->has_irq))
		return FY_ERR_UNSUPPORTED;
	fy_mutex_lock(&c->mutex);
	if (trigger)
		levels = read_pins(c);
	if (levels >= 0) {
		note_bit(&c->levels, pin, levels >> pin & 1);
		note_bit(&c->rising, pin, trigger & FY_GPIO_TRIGGER_RISING);
		note_bit(&c->falling, pin, trigger & FY_GPIO_TRIGGER_FALLING);
	}
	fy_mutex_unlock(&c->mutex);
	return levels < 0 ? levels : 0;
}

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.set_several = set_several,
	.is_output = is_output,
	.get = get,
	.set_trigger = set_trigger,
	.may_sleep = true,
};

/* ---- Events ---- */

static void interrupt(void *arg)
{
	struct pcf8574 *c = arg;
	fy_irqflags flags = fy_lock(&c->lock);

	c->when = fy_now_ns();
	fy_unlock(&c->lock, flags);
	fy_work_start(&c->changed);
}

static void changed(void *arg)
{
	struct pcf8574 *c = arg;
	fy_irqflags flags = fy_lock(&c->lock);
	const uint64_t when = c->when;
	unsigned events;
	int levels;

	fy_unlock(&c->lock, flags);
	fy_mutex_lock(&c->mutex);
	levels = read_pins(c);
	events = (unsigned)(levels ^ c->levels) & ((c->rising & levels) | (c->falling & ~levels));
	if (levels >= 0)
		c->levels = (uint16_t)levels;
	fy_mutex_unlock(&c->mutex);
	if (levels < 0)
		fy_work_start_at(&c->changed, fy_now_ns() + AGAIN_NS);
	for (unsigned pin = 0; levels >= 0 && pin < c->pins; pin++)
		if (events >> pin & 1)
			fy_gpio_event_at(&c->controller, pin, when);
}

/* ---- Coming and going ---- */

/* What the device has is not known: it is written once. */
static int set_up(struct pcf8574 *c)
{
	uint32_t low = 0;
	int rc;

	fy_property_u32(c->dev, "lines-initial-states", &low);
	c->written = (uint16_t)low;
	c->outputs = (uint16_t)low;
	rc = write_pins(c, (uint16_t)~low);
	if (rc)
		return rc;
	rc = read_pins(c);
	if (rc >= 0)
		c->levels = (uint16_t)rc;
	return rc < 0 ? rc : 0;
}

static int pcf8574_probe(struct fy_device *dev)
{
	struct pcf8574 *c = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &c->target);

	if (rc)
		return rc;
	c->dev = dev;
	c->pins = fy_is_compatible(dev, "nxp,pcf8575") ? 16 : 8;
	fy_lock_init(&c->lock);
	fy_mutex_init(&c->mutex);
	fy_work_init(&c->changed, dev, changed, c);
	rc = set_up(c);
	if (rc) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&c->target),
			 fy_error_name(rc));
		return rc;
	}
	rc = fy_irq_attach(dev, 0, interrupt, c);
	if (rc && rc != FY_ERR_NOT_FOUND)
		return rc;
	c->has_irq = !rc;
	rc = fy_gpio_offer(dev, &c->controller, c->pins, &ops);
	if (rc && c->has_irq)
		fy_irq_detach(dev, 0);
	if (rc)
		fy_work_stop(&c->changed);
	return rc;
}

static void pcf8574_remove(struct fy_device *dev)
{
	struct pcf8574 *c = fy_state(dev);

	fy_gpio_withdraw(&c->controller);
	if (c->has_irq)
		fy_irq_detach(dev, 0);
	fy_work_stop(&c->changed);
}

FY_DESCRIPTION("PCF8574 and PCF8575 pins");
FY_COMPATIBLE("nxp,pcf8574", "nxp,pcf8574a", "nxp,pcf8575");
FY_I2C_TARGET;
FY_NEEDS_CONTRACT(2);
FY_DRIVER(pcf8574) = {
	.name = "pcf8574",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pcf8574),
	.probe = pcf8574_probe,
	.remove = pcf8574_remove,
};
