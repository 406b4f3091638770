// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * blink: blinks a LED, forever or a number of times: on and off, or in a pattern of up to 32 bits.
 *
 *	make program DRIVER=blink
 *	(sleep 3; echo wave) | output/user/blink --model --pin led=47 --shell
 *
 * Devicetree node (also docs/drivers.md):
 *	compatible = "ferry,blink";
 *	led-gpios = <&gpio 47 1>;	the pin; 1: it is active low
 *	on-ms = <500>;			1 to 3,600,000
 *	off-ms = <500>;
 *	count = <0>;			how many times; 0: forever
 * or, instead of on-ms and off-ms,
 *	pattern = <0xa0>;		1 is on; the most significant of pattern-bits comes first
 *	pattern-bits = <8>;		1 to 32
 *	unit-ms = <100>;		how long a bit is, 1 to 3,600,000
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/time.h>

#define PATTERN_MAX  32	     /* bits */
#define DURATION_MAX 3600000 /* ms: an hour */

/* A time for which the LED stays as it is. */
struct phase {
	bool on;
	uint32_t ms;
};

struct blink {
	struct fy_gpio led;
	struct fy_timer timer;
	struct phase phases[PATTERN_MAX];
	uint32_t phase_count, next;
	uint32_t left; /* how many times still; meaningless when forever */
	bool forever;
};

/*
 * The next phase begins when the last one was due to end, not when the handler came: there is no
 * drift. But a machine that was away for longer than a phase goes on from now, rather than catch
 * up.
 */
static uint64_t blink_timer(void *arg, uint64_t due)
{
	struct blink *b = arg;
	const struct phase *phase;
	uint64_t now, length;

	if (b->next == b->phase_count) {
		b->next = 0;
		if (!b->forever && --b->left == 0) {
			fy_gpio_set(&b->led, 0);
			return FY_TIMER_STOP;
		}
	}
	phase = &b->phases[b->next++];
	fy_gpio_set(&b->led, phase->on);
	length = phase->ms * FY_NS_PER_MS;
	now = fy_now_ns();
	return now > due + length ? now + length : due + length;
}

/* ---- What to blink. ---- */

/* A property that may be missing: then *VALUE stays, and *FOUND (may be NULL) is false. */
static int read_property(struct fy_device *dev, const char *name, uint32_t min, uint32_t max,
			 uint32_t *value, bool *found)
{
	int rc = fy_property_u32(dev, name, value);

	if (found)
		*found = rc != FY_ERR_NOT_FOUND;
	if (rc == FY_ERR_NOT_FOUND)
		return 0;
	if (rc || *value < min || *value > max) {
		fy_error(dev, "property %s: expected %u to %u", name, min, max);
		return FY_ERR_INVALID;
	}
	return 0;
}

static int read_on_off(struct fy_device *dev, struct blink *b)
{
	uint32_t on = 500, off = 500;
	int rc = read_property(dev, "on-ms", 1, DURATION_MAX, &on, NULL);

	if (!rc)
		rc = read_property(dev, "off-ms", 1, DURATION_MAX, &off, NULL);
	if (rc)
		return rc;
	b->phases[0] = (struct phase){ .on = true, .ms = on };
	b->phases[1] = (struct phase){ .on = false, .ms = off };
	b->phase_count = 2;
	fy_info(dev, "%u ms on, %u ms off", on, off);
	return 0;
}

/* Equal bits in a row are one phase. */
static void make_phases(struct blink *b, uint32_t pattern, uint32_t bits, uint32_t unit)
{
	while (bits--) {
		bool on = (pattern >> bits) & 1;

		if (b->phase_count && b->phases[b->phase_count - 1].on == on)
			b->phases[b->phase_count - 1].ms += unit;
		else
			b->phases[b->phase_count++] = (struct phase){ .on = on, .ms = unit };
	}
}

static int read_pattern(struct fy_device *dev, struct blink *b, uint32_t pattern)
{
	uint32_t bits = 8, unit = 100, other;
	int rc = read_property(dev, "pattern-bits", 1, PATTERN_MAX, &bits, NULL);

	if (fy_property_u32(dev, "on-ms", &other) != FY_ERR_NOT_FOUND ||
	    fy_property_u32(dev, "off-ms", &other) != FY_ERR_NOT_FOUND) {
		fy_error(dev, "there is a pattern: on-ms and off-ms mean nothing beside it");
		return FY_ERR_INVALID;
	}
	if (!rc)
		rc = read_property(dev, "unit-ms", 1, DURATION_MAX, &unit, NULL);
	if (rc)
		return rc;
	if (bits < PATTERN_MAX && pattern >> bits) {
		fy_error(dev, "property pattern: 0x%x has more than %u bits: raise pattern-bits",
			 pattern, bits);
		return FY_ERR_INVALID;
	}
	make_phases(b, pattern, bits, unit);
	fy_info(dev, "pattern 0x%x, %u bits of %u ms", pattern, bits, unit);
	return 0;
}

static int read_settings(struct fy_device *dev, struct blink *b)
{
	uint32_t pattern = 0;
	bool has_pattern;
	int rc;

	rc = read_property(dev, "count", 0, ~0u, &b->left, NULL);
	if (!rc)
		rc = read_property(dev, "pattern", 0, ~0u, &pattern, &has_pattern);
	if (rc)
		return rc;
	b->forever = !b->left;
	return has_pattern ? read_pattern(dev, b, pattern) : read_on_off(dev, b);
}

/* ---- The device. ---- */

static int blink_probe(struct fy_device *dev)
{
	struct blink *b = fy_state(dev);
	int rc = fy_gpio_request(dev, "led", FY_GPIO_OUT_LOW, &b->led);

	if (rc) {
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot have the pin that led-gpios names: %s",
				 fy_error_name(rc));
		return rc;
	}
	rc = read_settings(dev, b);
	if (rc) {
		fy_gpio_release(&b->led);
		return rc;
	}
	fy_timer_init(&b->timer, dev, blink_timer, b);
	fy_timer_start(&b->timer, fy_now_ns());
	return 0;
}

static void blink_remove(struct fy_device *dev)
{
	struct blink *b = fy_state(dev);

	fy_timer_stop(&b->timer);
	fy_gpio_set(&b->led, 0);
	fy_gpio_release(&b->led);
}

FY_DESCRIPTION("A blinking LED");
FY_COMPATIBLE("ferry,blink");
FY_DRIVER(blink) = {
	.name = "blink",
	.compatible = fy_compatible,
	.state_size = sizeof(struct blink),
	.probe = blink_probe,
	.remove = blink_remove,
};
