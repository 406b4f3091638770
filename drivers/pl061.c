// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * pl061: Arm's PrimeCell GPIO, 8 pins, as QEMU's `virt` machines have it. Registers: ARM DDI 0190,
 * chapter 3.
 *
 *	make program DRIVER=pl061
 *	printf 'drive 3 1\nget 3\nset 5 1\nwave\n' | output/user/pl061 --model --shell
 *
 * Devicetree node: compatible = "arm,pl061"; `reg`; `interrupts`, one.
 * The registers are 8 bits wide, each in a 32-bit word of its own.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>

#define PINS 8

/* All but DATA: a bit for each pin. */
/* GPIODATA: levels; an access reaches the pins of which the address has a 1 in bits 9:2 */
#define DATA(mask) ((mask) << 2)
#define DIR	   0x400u /* GPIODIR: 1 output */
#define IS	   0x404u /* GPIOIS: 1 level, 0 edge */
#define IBE	   0x408u /* GPIOIBE: 1 both edges, 0 what IEV says */
#define IEV	   0x40cu /* GPIOIEV: 1 rising edge or high, 0 falling edge or low */
#define IE	   0x410u /* GPIOIE: 1 the pin may interrupt */
#define MIS	   0x418u /* GPIOMIS: the pins that do, read only */
#define IC	   0x41cu /* GPIOIC: 1 clears an edge, write only */
#define AFSEL	   0x420u /* GPIOAFSEL: 1 the pin serves another peripheral */
#define PERIPH_ID0 0xfe0u /* GPIOPeriphID0: part number, bits 7:0 */
#define PERIPH_ID1 0xfe4u /* GPIOPeriphID1: part number, bits 11:8, in bits 3:0 */
#define PART	   0x061u

struct pl061 {
	struct fy_device *dev;
	struct fy_gpio_controller controller;
	bool has_interrupt;
	struct fy_lock lock; /* of all registers but DATA */
};

/* Changes one bit of a register. With the lock held. */
static void update(struct fy_device *dev, uint32_t offset, uint32_t bit, bool on)
{
	uint32_t value = fy_read32(dev, offset);

	fy_write32(dev, offset, on ? value | bit : value & ~bit);
}

/* ---- Direction and level. ---- */

static void set(struct fy_device *dev, unsigned pin, int level)
{
	fy_write32(dev, DATA(1u << pin), level ? 1u << pin : 0);
}

static int set_several(struct fy_device *dev, uint64_t pins, uint64_t levels)
{
	fy_write32(dev, DATA((uint32_t)pins), (uint32_t)levels);
	return 0;
}

static void fast_set(struct fy_device *dev, unsigned pin, struct fy_gpio_fast_set *fast)
{
	fast->high_offset = fast->low_offset = DATA(1u << pin);
	fast->high_value = 1u << pin;
	fast->low_value = 0;
}

static int get(struct fy_device *dev, unsigned pin)
{
	return fy_read32(dev, DATA(1u << pin)) != 0;
}

static int set_input(struct fy_device *dev, unsigned pin)
{
	struct pl061 *p = fy_state(dev);
	fy_irqflags flags = fy_lock(&p->lock);

	update(dev, DIR, 1u << pin, false);
	update(dev, AFSEL, 1u << pin, false);
	fy_unlock(&p->lock, flags);
	return 0;
}

/*
 * The level goes in before the direction and again after. The manual does not say that an input
 * takes it; one that does not (QEMU's) has its old level for the time of one store.
 */
static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	struct pl061 *p = fy_state(dev);
	fy_irqflags flags = fy_lock(&p->lock);

	set(dev, pin, level);
	update(dev, DIR, 1u << pin, true);
	set(dev, pin, level);
	update(dev, AFSEL, 1u << pin, false);
	fy_unlock(&p->lock, flags);
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	if (fy_read32(dev, AFSEL) & (1u << pin))
		return FY_ERR_UNSUPPORTED;
	return (fy_read32(dev, DIR) & (1u << pin)) != 0;
}

/* ---- Interrupts. ---- */

/* What the three registers want for each trigger that there is; the rest the device cannot do. */
static const struct pl061_trigger {
	uint8_t trigger;
	bool level, both, high;
} triggers[] = {
	{ FY_GPIO_TRIGGER_RISING, .high = true },
	{ FY_GPIO_TRIGGER_FALLING, .high = false },
	{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, .both = true },
	{ FY_GPIO_TRIGGER_HIGH, .level = true, .high = true },
	{ FY_GPIO_TRIGGER_LOW, .level = true },
};

static const struct pl061_trigger *find_trigger(unsigned trigger)
{
	for (unsigned i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++)
		if (triggers[i].trigger == trigger)
			return &triggers[i];
	return NULL;
}

/* The pin is masked while it is set up, and what that may have raised is cleared. */
static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct pl061 *p = fy_state(dev);
	const struct pl061_trigger *t = find_trigger(trigger);
	uint32_t bit = 1u << pin;
	fy_irqflags flags;

	if (!t && trigger != FY_GPIO_TRIGGER_NONE)
		return FY_ERR_UNSUPPORTED;
	flags = fy_lock(&p->lock);
	update(dev, IE, bit, false);
	if (t) {
		update(dev, IS, bit, t->level);
		update(dev, IBE, bit, t->both);
		update(dev, IEV, bit, t->high);
	}
	fy_write32(dev, IC, bit);
	update(dev, IE, bit, t != NULL);
	fy_unlock(&p->lock, flags);
	return 0;
}

static void report_events(struct pl061 *p, uint32_t pins)
{
	while (pins) {
		unsigned pin = (unsigned)__builtin_ctz(pins);

		pins &= pins - 1;
		fy_gpio_event(&p->controller, pin);
	}
}

/*
 * Events are cleared before they are reported, so that an edge that comes in between is not lost.
 * By the manual a level need not be cleared. QEMU latches it, so it is cleared after the user has
 * made it go away.
 */
static void handle_interrupt(void *arg)
{
	struct pl061 *p = arg;
	fy_irqflags flags = fy_lock(&p->lock);
	uint32_t status = fy_read32(p->dev, MIS);
	uint32_t levels = status & fy_read32(p->dev, IS);

	fy_write32(p->dev, IC, status);
	fy_unlock(&p->lock, flags);

	report_events(p, status);
	if (!levels)
		return;
	flags = fy_lock(&p->lock);
	/* the user may have chosen another trigger */
	fy_write32(p->dev, IC, levels & fy_read32(p->dev, IS));
	fy_unlock(&p->lock, flags);
}

static void no_triggers(struct pl061 *p)
{
	fy_write32(p->dev, IE, 0);
	fy_write32(p->dev, IC, 0xff);
}

/* A device without an interrupt has pins all the same, but nobody can wait for one. */
static int attach_interrupt(struct pl061 *p)
{
	int rc = fy_irq_attach(p->dev, 0, handle_interrupt, p);

	p->has_interrupt = !rc;
	return rc == FY_ERR_NOT_FOUND ? 0 : rc;
}

static void detach_interrupt(struct pl061 *p)
{
	if (p->has_interrupt)
		fy_irq_detach(p->dev, 0);
}

/* ---- The device. ---- */

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set = set,
	.fast_set = fast_set,
	.set_several = set_several,
	.set_trigger = set_trigger,
};

static int pl061_probe(struct fy_device *dev)
{
	struct pl061 *p = fy_state(dev);
	uint32_t part = (fy_read32(dev, PERIPH_ID0) & 0xff) | (fy_read32(dev, PERIPH_ID1) & 0xf)
								      << 8;
	int rc;

	if (part != PART) {
		fy_error(dev, "there is a PrimeCell %03x at its address, not 061", part);
		return FY_ERR_NOT_FOUND;
	}
	p->dev = dev;
	fy_lock_init(&p->lock);
	no_triggers(p);
	rc = attach_interrupt(p);
	if (rc) {
		fy_error(dev, "cannot have its interrupt: %s", fy_error_name(rc));
		return rc;
	}
	rc = fy_gpio_offer(dev, &p->controller, PINS, &ops);
	if (rc) {
		fy_error(dev, "cannot offer %d pins: %s", PINS, fy_error_name(rc));
		detach_interrupt(p);
		return rc;
	}
	fy_info(dev, "%d pins", PINS);
	return 0;
}

static void pl061_remove(struct fy_device *dev)
{
	struct pl061 *p = fy_state(dev);

	fy_gpio_withdraw(&p->controller);
	no_triggers(p);
	detach_interrupt(p);
}

FY_DESCRIPTION("Arm PrimeCell GPIO PL061");
FY_COMPATIBLE("arm,pl061");
FY_DRIVER(pl061) = {
	.name = "pl061",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pl061),
	.probe = pl061_probe,
	.remove = pl061_remove,
};
