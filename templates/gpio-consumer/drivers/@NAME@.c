// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: makes a pin high and low in turn, from a timer. Replace @SYMBOL@_timer() by what your
 * driver does with its pin.
 *
 *	make check	# on pins of ferry-sim
 *
 * Devicetree node (put your own name in place of "example"):
 *	compatible = "example,@NAME@";
 *	output-gpios = <&gpio 17 0>;	the pin; 1 in place of 0: it is active low
 *	period-ms = <1000>;		2 to 3,600,000; half of it high, half low
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/time.h>

#define PERIOD_DEFAULT 1000 /* ms */
#define PERIOD_MAX     3600000

struct @SYMBOL@_state {
	struct fy_gpio output;
	struct fy_timer timer;
	uint64_t half_period; /* ns */
	int level;
};

/* The next time is counted from when this one was due, not from now: there is no drift. */
static uint64_t @SYMBOL@_timer(void *arg, uint64_t due)
{
	struct @SYMBOL@_state *state = arg;

	state->level = !state->level;
	fy_gpio_set(&state->output, state->level);
	return due + state->half_period;
}

static int read_period(struct fy_device *dev, uint32_t *period)
{
	int rc = fy_property_u32(dev, "period-ms", period);

	if (rc == FY_ERR_NOT_FOUND)
		return 0;
	if (rc || *period < 2 || *period > PERIOD_MAX) {
		fy_error(dev, "property period-ms: expected 2 to %d", PERIOD_MAX);
		return FY_ERR_INVALID;
	}
	return 0;
}

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);
	uint32_t period = PERIOD_DEFAULT;
	int rc = read_period(dev, &period);

	if (rc)
		return rc;
	rc = fy_gpio_request(dev, "output", FY_GPIO_OUT_LOW, &state->output);
	if (rc) {
		/* The pin's controller may come later: then probe is called again. */
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot have the pin that output-gpios names: %s",
				 fy_error_name(rc));
		return rc;
	}
	state->half_period = period * FY_NS_PER_MS / 2;
	fy_timer_init(&state->timer, dev, @SYMBOL@_timer, state);
	fy_timer_start(&state->timer, fy_now_ns());
	fy_info(dev, "a period of %u ms", period);
	return 0;
}

static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);

	fy_timer_stop(&state->timer);
	fy_gpio_set(&state->output, 0);
	fy_gpio_release(&state->output);
}

FY_DESCRIPTION("@NAME@");
FY_COMPATIBLE("example,@NAME@");
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
