// SPDX-License-Identifier: GPL-2.0-only
/*
 * pin-checks: what <ferry/gpio.h> and <ferry/gpio-edge.h> promise of pins that may sleep, checked
 * in a driver's probe on a slow pin-loop; a log line for each that is not so, and one at the end.
 *
 * Devicetree node:
 *	compatible = "ferry,pin-checks";
 *	out-gpios = <&slow 0 0>, <&slow 2 0>;
 *	in-gpios = <&slow 1 0>, <&slow 3 0>;
 */
#include <ferry/driver.h>
#include <ferry/gpio-edge.h>
#include <ferry/gpio.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define LONG_NS (5 * FY_NS_PER_SEC)
#define BOTH	(FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING)

struct checks {
	struct fy_device *dev;
	unsigned count, failed;

	struct fy_gpio out[2], in[2];
	struct fy_gpio_edge_watch watch;
	struct fy_gpio_edge edge;
	struct fy_gpio_settled_watch settled;
	struct fy_wait wait;
	unsigned edges, levels;
};

static void check(struct checks *c, const char *what, bool is_so)
{
	c->count++;
	if (is_so)
		return;
	c->failed++;
	fy_error(c->dev, "not so: %s", what);
}

static void handle_edge(void *arg, const struct fy_gpio_edge *edge)
{
	struct checks *c = arg;

	c->edge = *edge;
	c->edges++;
	fy_wake(&c->wait);
}

static void handle_settled(void *arg, int level, uint64_t since)
{
	struct checks *c = arg;

	c->levels++;
	fy_wake(&c->wait);
}

static void check_levels(struct checks *c)
{
	check(c, "a pin is set", fy_gpio_write(&c->out[0], 1) == 0 && fy_gpio_read(&c->in[0]) == 1);
	check(c, "two are set at once", fy_gpio_set_several(c->out, 2, 2) == 0);
	check(c, "both", fy_gpio_read(&c->in[0]) == 0 && fy_gpio_read(&c->in[1]) == 1);
	check(c, "a pin becomes an input", fy_gpio_set_mode(&c->out[0], FY_GPIO_IN) == 0);
	check(c, "and is pulled up", fy_gpio_read(&c->in[0]) == 1);
	check(c, "and an output again",
	      fy_gpio_set_mode(&c->out[0], FY_GPIO_OUT_LOW) == 0 && fy_gpio_read(&c->in[0]) == 0);
	check(c, "an open drain lets the line go",
	      fy_gpio_set_mode(&c->out[1], FY_GPIO_OUT_HIGH | FY_GPIO_OPEN_DRAIN) == 0 &&
		      fy_gpio_read(&c->in[1]) == 1);
	check(c, "and pulls it low",
	      fy_gpio_write(&c->out[1], 0) == 0 && fy_gpio_read(&c->in[1]) == 0);
	check(c, "what cannot be is unsupported",
	      fy_gpio_set_mode(&c->in[0], FY_GPIO_IN | FY_GPIO_PULL_UP) == FY_ERR_UNSUPPORTED);
	check(c, "nor is there a debouncer",
	      fy_gpio_debounce(&c->in[0], 1000) == FY_ERR_UNSUPPORTED);
}

static void check_edges(struct checks *c)
{
	uint64_t start = fy_now_ns();

	check(c, "edges are watched",
	      fy_gpio_watch_edges(&c->in[0], BOTH, &c->watch, handle_edge, c) == 0);
	fy_gpio_write(&c->out[0], 1);
	check(c, "an edge is told", fy_wait_for(&c->wait, c->edges == 1, LONG_NS) == 0);
	check(c, "with its level and its time",
	      c->edge.level == 1 && !c->edge.lost && c->edge.time >= start &&
		      c->edge.time <= fy_now_ns());
	fy_gpio_write(&c->out[0], 0);
	check(c, "the next one, too",
	      fy_wait_for(&c->wait, c->edges == 2, LONG_NS) == 0 && c->edge.level == 0 &&
		      !c->edge.lost);
	fy_gpio_unwatch(&c->in[0]);
	fy_gpio_write(&c->out[0], 1);
	fy_gpio_write(&c->out[0], 0);
	fy_sleep_us(20000);
	check(c, "none after the watch", c->edges == 2);

	check(c, "settled levels are watched",
	      fy_gpio_watch_settled(&c->in[0], c->dev, 20000, &c->settled, handle_settled, c) == 0);
	fy_gpio_write(&c->out[0], 1);
	check(c, "one is told", fy_wait_for(&c->wait, c->levels == 1, LONG_NS) == 0);
	fy_gpio_write(&c->out[0], 0);
	fy_gpio_write(&c->out[0], 1);
	fy_sleep_us(60000);
	check(c, "a pulse is none", c->levels == 1);
	fy_gpio_unwatch_settled(&c->settled);
}

static void release(struct checks *c)
{
	for (unsigned i = 0; i < 2; i++) {
		fy_gpio_release(&c->out[i]);
		fy_gpio_release(&c->in[i]);
	}
}

static int pin_checks_probe(struct fy_device *dev)
{
	struct checks *c = fy_state(dev);
	struct fy_gpio pin;
	int rc = 0;

	c->dev = dev;
	fy_wait_init(&c->wait);
	for (unsigned i = 0; i < 2 && !rc; i++) {
		rc = fy_gpio_request_at(dev, "out", i, FY_GPIO_OUT_LOW | FY_GPIO_MAY_SLEEP,
					&c->out[i]);
		if (!rc)
			rc = fy_gpio_request_at(dev, "in", i, FY_GPIO_IN | FY_GPIO_MAY_SLEEP,
						&c->in[i]);
	}
	if (rc) {
		release(c);
		return rc;
	}
	check(c, "a third pin there is not",
	      fy_gpio_request_at(dev, "in", 2, FY_GPIO_IN, &pin) == FY_ERR_NOT_FOUND);
	check_levels(c);
	check_edges(c);
	fy_gpio_release(&c->in[1]);
	check(c, "who cannot wait does not get the pin",
	      fy_gpio_request_at(dev, "in", 1, FY_GPIO_IN, &pin) == FY_ERR_UNSUPPORTED);
	fy_info(dev, "%u checks, %u not so", c->count, c->failed);
	return 0;
}

static void pin_checks_remove(struct fy_device *dev)
{
	release(fy_state(dev));
}

FY_DESCRIPTION("Checks of pins, to test");
FY_COMPATIBLE("ferry,pin-checks");
FY_DRIVER(pin_checks) = {
	.name = "pin-checks",
	.compatible = fy_compatible,
	.state_size = sizeof(struct checks),
	.probe = pin_checks_probe,
	.remove = pin_checks_remove,
};
