// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * bcm2835-gpio: the pins of a Raspberry Pi: 54 of BCM2835 (Pi Zero, 1), BCM2836 and BCM2837 (Pi 2,
 * 3), 58 of BCM2711 (Pi 4). Registers: BCM2835 ARM Peripherals, chapter 6; BCM2711 ARM Peripherals,
 * chapter 5. They differ in the pulls only.
 *
 *	make program DRIVER=bcm2835-gpio
 *	printf 'drive 4 1\nget 4\nset 17 1\nwave\n' | output/user/bcm2835-gpio --model --shell
 *
 * Devicetree node: compatible = "brcm,bcm2835-gpio" or "brcm,bcm2711-gpio"; `reg`; `interrupts`,
 * one for each bank or more. Which pins raise which line, the manuals, the devicetrees and the
 * boards do not agree upon. So the handler of each line checks all pins, which is correct either
 * way.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/time.h>

#define PINS_BCM2835 54
#define PINS_BCM2711 58
#define BANKS	     2
#define LINES	     3 /* interrupts of which the first must be there */

/* A bit for each pin, 32 pins a register. */
#define BANK_OF(pin) ((pin) / 32)
#define BIT_OF(pin)  (1u << ((pin) % 32))
/* GPSETn, write only: 1 sets the pin; an input's level is kept for later */
#define SET(bank) (0x1c + 4 * (bank))
#define CLR(bank) (0x28 + 4 * (bank)) /* GPCLRn, write only: 1 clears it */
/* GPLEVn, read only: the level at the pin, whatever its function */
#define LEV(bank) (0x34 + 4 * (bank))
/* GPEDSn: what happened; 1 clears, unless the level is still there */
#define EDS(bank) (0x40 + 4 * (bank))
/* GPRENn: notice rising edges, sampled by the core's clock */
#define REN(bank) (0x4c + 4 * (bank))
#define FEN(bank) (0x58 + 4 * (bank)) /* GPFENn: falling edges */
#define HEN(bank) (0x64 + 4 * (bank)) /* GPHENn: high level */
#define LEN(bank) (0x70 + 4 * (bank)) /* GPLENn: low level */

/*
 * GPFSELn: a pin's function, 10 pins a register, 3 bits each; the other values are functions of
 * other peripherals.
 */
#define FSEL(pin)	((pin) / 10 * 4)
#define FSEL_SHIFT(pin) ((pin) % 10 * 3)
#define FSEL_MASK	7u
#define FSEL_INPUT	0u
#define FSEL_OUTPUT	1u

/*
 * Pulls, BCM2835: what GPPUD says goes to the pins that GPPUDCLKn has a bit for, in steps that are
 * 150 cycles of the core's clock apart. That clock is never below the crystal's 19.2 MHz, at which
 * they take 7.8 us.
 */
#define PUD	      0x94
#define PUDCLK(bank)  (0x98 + 4 * (bank))
#define PUD_OFF	      0u
#define PUD_DOWN      1u
#define PUD_UP	      2u
#define PUD_SETTLE_US 10

/*
 * Pulls, BCM2711: GPIO_PUP_PDN_CNTRL_REGn, 16 pins a register, 2 bits each. Up and down are the
 * other way round.
 */
#define PUP_PDN(pin)	   (0xe4 + (pin) / 16 * 4)
#define PUP_PDN_SHIFT(pin) ((pin) % 16 * 2)
#define PUP_PDN_MASK	   3u
#define PUP_PDN_OFF	   0u
#define PUP_PDN_UP	   1u
#define PUP_PDN_DOWN	   2u

struct bcm2835_gpio {
	struct fy_device *dev;
	struct fy_gpio_controller controller;
	bool is_bcm2711;
	unsigned lines;	     /* attached */
	struct fy_lock lock; /* of registers that several pins share, and of what follows */
	/* the pins whose edges, or level, somebody waits for */
	uint32_t edges[BANKS], levels[BANKS];
};

/* Changes the bits of MASK in a register to those of VALUE. With the lock held. */
static void update(struct fy_device *dev, uint32_t offset, uint32_t mask, uint32_t value)
{
	fy_write32(dev, offset, (fy_read32(dev, offset) & ~mask) | value);
}

/* ---- Function and level. ---- */

static uint32_t function_of(struct fy_device *dev, unsigned pin)
{
	return (fy_read32(dev, FSEL(pin)) >> FSEL_SHIFT(pin)) & FSEL_MASK;
}

/*
 * A pin changes between two functions by way of input: it never carries a third one's signal for a
 * moment.
 */
static void set_function(struct fy_device *dev, unsigned pin, uint32_t function)
{
	struct bcm2835_gpio *g = fy_state(dev);
	uint32_t mask = FSEL_MASK << FSEL_SHIFT(pin);
	fy_irqflags flags = fy_lock(&g->lock);
	uint32_t now = function_of(dev, pin);

	if (now != function && now != FSEL_INPUT)
		update(dev, FSEL(pin), mask, FSEL_INPUT << FSEL_SHIFT(pin));
	if (now != function && function != FSEL_INPUT)
		update(dev, FSEL(pin), mask, function << FSEL_SHIFT(pin));
	fy_unlock(&g->lock, flags);
}

static void set(struct fy_device *dev, unsigned pin, int level)
{
	fy_write32(dev, level ? SET(BANK_OF(pin)) : CLR(BANK_OF(pin)), BIT_OF(pin));
}

/* One store for each bank that has pins to set, and one that has pins to clear. */
static int set_several(struct fy_device *dev, uint64_t pins, uint64_t levels)
{
	for (unsigned bank = 0; bank < BANKS; bank++, pins >>= 32, levels >>= 32) {
		uint32_t high = (uint32_t)(pins & levels), low = (uint32_t)(pins & ~levels);

		if (high)
			fy_write32(dev, SET(bank), high);
		if (low)
			fy_write32(dev, CLR(bank), low);
	}
	return 0;
}

static void fast_set(struct fy_device *dev, unsigned pin, struct fy_gpio_fast_set *fast)
{
	fast->high_offset = SET(BANK_OF(pin));
	fast->low_offset = CLR(BANK_OF(pin));
	fast->high_value = fast->low_value = BIT_OF(pin);
}

static int get(struct fy_device *dev, unsigned pin)
{
	return (fy_read32(dev, LEV(BANK_OF(pin))) & BIT_OF(pin)) != 0;
}

static int set_input(struct fy_device *dev, unsigned pin)
{
	set_function(dev, pin, FSEL_INPUT);
	return 0;
}

/* The level first: the pin keeps it for when it becomes an output. */
static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	set(dev, pin, level);
	set_function(dev, pin, FSEL_OUTPUT);
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	switch (function_of(dev, pin)) {
	case FSEL_INPUT:
		return 0;
	case FSEL_OUTPUT:
		return 1;
	default:
		return FY_ERR_UNSUPPORTED;
	}
}

/* ---- Pulls. ---- */

static void set_bias_bcm2835(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias)
{
	static const uint8_t pull[] = {
		[FY_GPIO_BIAS_NONE] = PUD_OFF,
		[FY_GPIO_BIAS_PULL_UP] = PUD_UP,
		[FY_GPIO_BIAS_PULL_DOWN] = PUD_DOWN,
	};

	fy_write32(dev, PUD, pull[bias]);
	fy_delay_us(PUD_SETTLE_US);
	fy_write32(dev, PUDCLK(BANK_OF(pin)), BIT_OF(pin));
	fy_delay_us(PUD_SETTLE_US);
	fy_write32(dev, PUD, PUD_OFF);
	fy_write32(dev, PUDCLK(BANK_OF(pin)), 0);
}

static void set_bias_bcm2711(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias)
{
	static const uint8_t pull[] = {
		[FY_GPIO_BIAS_NONE] = PUP_PDN_OFF,
		[FY_GPIO_BIAS_PULL_UP] = PUP_PDN_UP,
		[FY_GPIO_BIAS_PULL_DOWN] = PUP_PDN_DOWN,
	};

	update(dev, PUP_PDN(pin), PUP_PDN_MASK << PUP_PDN_SHIFT(pin),
	       (uint32_t)pull[bias] << PUP_PDN_SHIFT(pin));
}

/* One pin at a time, since all share the registers. */
static int set_bias(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias)
{
	struct bcm2835_gpio *g = fy_state(dev);
	fy_irqflags flags;

	if (bias != FY_GPIO_BIAS_NONE && bias != FY_GPIO_BIAS_PULL_UP &&
	    bias != FY_GPIO_BIAS_PULL_DOWN)
		return FY_ERR_INVALID;
	flags = fy_lock(&g->lock);
	if (g->is_bcm2711)
		set_bias_bcm2711(dev, pin, bias);
	else
		set_bias_bcm2835(dev, pin, bias);
	fy_unlock(&g->lock, flags);
	return 0;
}

/* ---- Interrupts. ---- */

/* Disables the triggers, then clears pending events, so that no earlier event is reported. */
static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct bcm2835_gpio *g = fy_state(dev);
	unsigned bank = BANK_OF(pin);
	uint32_t bit = BIT_OF(pin);
	const struct {
		uint32_t offset;
		unsigned trigger;
	} enables[] = {
		{ REN(bank), FY_GPIO_TRIGGER_RISING },
		{ FEN(bank), FY_GPIO_TRIGGER_FALLING },
		{ HEN(bank), FY_GPIO_TRIGGER_HIGH },
		{ LEN(bank), FY_GPIO_TRIGGER_LOW },
	};
	fy_irqflags flags = fy_lock(&g->lock);

	for (unsigned i = 0; i < sizeof(enables) / sizeof(enables[0]); i++)
		update(dev, enables[i].offset, bit, 0);
	fy_write32(dev, EDS(bank), bit);
	g->edges[bank] &= ~bit;
	g->levels[bank] &= ~bit;
	if (trigger & (FY_GPIO_TRIGGER_HIGH | FY_GPIO_TRIGGER_LOW))
		g->levels[bank] |= bit;
	else if (trigger)
		g->edges[bank] |= bit;
	for (unsigned i = 0; i < sizeof(enables) / sizeof(enables[0]); i++)
		if (trigger & enables[i].trigger)
			update(dev, enables[i].offset, bit, bit);
	fy_unlock(&g->lock, flags);
	return 0;
}

static void report_events(struct bcm2835_gpio *g, unsigned bank, uint32_t pins)
{
	while (pins) {
		unsigned pin = (unsigned)__builtin_ctz(pins);

		pins &= pins - 1;
		fy_gpio_event(&g->controller, bank * 32 + pin);
	}
}

/*
 * Events are cleared before they are reported, so that an edge that comes in between is not lost. A
 * level that is still there cannot be cleared at that time. It is cleared after the user has made
 * it go away; otherwise it would be reported once more. Two interrupt lines may be handled for one
 * event at the same time: the lock makes sure that only one of them reports each pin.
 */
static void handle_bank(struct bcm2835_gpio *g, unsigned bank)
{
	fy_irqflags flags = fy_lock(&g->lock);
	uint32_t status = fy_read32(g->dev, EDS(bank));
	uint32_t levels = status & g->levels[bank];
	uint32_t edges = status & g->edges[bank];

	if (status)
		fy_write32(g->dev, EDS(bank), status);
	fy_unlock(&g->lock, flags);

	report_events(g, bank, edges | levels);
	if (!levels)
		return;
	flags = fy_lock(&g->lock);
	levels &= g->levels[bank]; /* the user may have chosen another trigger */
	fy_write32(g->dev, EDS(bank), levels);
	fy_unlock(&g->lock, flags);
}

static void handle_interrupt(void *arg)
{
	for (unsigned bank = 0; bank < BANKS; bank++)
		handle_bank(arg, bank);
}

static void no_triggers(struct bcm2835_gpio *g)
{
	static const uint32_t enables[] = {
		REN(0), REN(1), FEN(0), FEN(1), HEN(0), HEN(1), LEN(0), LEN(1),
	};

	for (unsigned i = 0; i < sizeof(enables) / sizeof(enables[0]); i++)
		fy_write32(g->dev, enables[i], 0);
	for (unsigned bank = 0; bank < BANKS; bank++)
		fy_write32(g->dev, EDS(bank), ~0u);
}

static void detach_lines(struct bcm2835_gpio *g)
{
	while (g->lines)
		fy_irq_detach(g->dev, --g->lines);
}

/* A device without interrupts has pins all the same, but nobody can wait for one. */
static int attach_lines(struct bcm2835_gpio *g)
{
	int rc = 0;

	while (g->lines < LINES && !rc) {
		rc = fy_irq_attach(g->dev, g->lines, handle_interrupt, g);
		if (!rc)
			g->lines++;
	}
	return rc == FY_ERR_NOT_FOUND ? 0 : rc;
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
	.set_bias = set_bias,
	.set_trigger = set_trigger,
};

static int bcm2835_gpio_probe(struct fy_device *dev)
{
	struct bcm2835_gpio *g = fy_state(dev);
	unsigned pins;
	int rc;

	g->dev = dev;
	g->is_bcm2711 = fy_is_compatible(dev, "brcm,bcm2711-gpio");
	pins = g->is_bcm2711 ? PINS_BCM2711 : PINS_BCM2835;
	fy_lock_init(&g->lock);
	no_triggers(g);
	rc = attach_lines(g);
	if (rc) {
		fy_error(dev, "cannot have interrupt %u: %s", g->lines, fy_error_name(rc));
		goto detach;
	}
	rc = fy_gpio_offer(dev, &g->controller, pins, &ops);
	if (rc) {
		fy_error(dev, "cannot offer %u pins: %s", pins, fy_error_name(rc));
		goto detach;
	}
	fy_info(dev, "%u pins", pins);
	return 0;

detach:
	detach_lines(g);
	return rc;
}

static void bcm2835_gpio_remove(struct fy_device *dev)
{
	struct bcm2835_gpio *g = fy_state(dev);

	fy_gpio_withdraw(&g->controller);
	no_triggers(g);
	detach_lines(g);
}

FY_DESCRIPTION("GPIO pins of a Raspberry Pi");
FY_COMPATIBLE("brcm,bcm2835-gpio", "brcm,bcm2711-gpio");
FY_DRIVER(bcm2835_gpio) = {
	.name = "bcm2835-gpio",
	.compatible = fy_compatible,
	.state_size = sizeof(struct bcm2835_gpio),
	.probe = bcm2835_gpio_probe,
	.remove = bcm2835_gpio_remove,
};
