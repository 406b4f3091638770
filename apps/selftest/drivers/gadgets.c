// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * gadgets: two PWM outputs, a watchdog and some keys for tests, without a device. The outputs have
 * steps of 100 ns and no polarity but the normal one; the watchdog resets nothing and says what it
 * is told; every 20 ms a key is pressed, or released, and a wheel turned.
 */
#include <ferry/driver.h>
#include <ferry/input.h>
#include <ferry/pwm.h>
#include <ferry/time.h>
#include <ferry/watchdog.h>

enum { OUTPUTS = 2, KEY_A = 30, WHEEL = 8, LID = 0, LONGEST_MS = 16000 };

struct gadgets {
	struct fy_device *dev;
	struct fy_pwm pwm;
	struct fy_pwm_state state[OUTPUTS];
	struct fy_watchdog watchdog;
	uint64_t until; /* 0: it does not run */
	struct fy_input input;
	struct fy_timer fingers;
	bool down;
};

/* ---- Outputs. ---- */

static int gadgets_apply(struct fy_device *dev, unsigned channel, const struct fy_pwm_state *state)
{
	struct gadgets *g = fy_state(dev);

	if (state->inverted)
		return FY_ERR_UNSUPPORTED;
	if (state->period < 1000)
		return FY_ERR_INVALID;
	g->state[channel] = *state;
	g->state[channel].period = fy_div_u64(state->period, 100) * 100;
	g->state[channel].duty = fy_div_u64(state->duty, 100) * 100;
	return 0;
}

static int gadgets_get(struct fy_device *dev, unsigned channel, struct fy_pwm_state *state)
{
	const struct gadgets *g = fy_state(dev);

	*state = g->state[channel];
	return 0;
}

static const struct fy_pwm_ops pwm_ops = { gadgets_apply, gadgets_get };

/* ---- The watchdog. ---- */

static int gadgets_start(struct fy_device *dev, uint32_t ms)
{
	struct gadgets *g = fy_state(dev);

	if (!g->until)
		fy_info(dev, "watchdog: %u ms", ms);
	g->until = fy_now_ns() + ms * FY_NS_PER_MS;
	return 0;
}

static int gadgets_stop(struct fy_device *dev)
{
	struct gadgets *g = fy_state(dev);

	fy_info(dev, "watchdog: off");
	g->until = 0;
	return 0;
}

static int gadgets_left(struct fy_device *dev, uint32_t *ms)
{
	const struct gadgets *g = fy_state(dev);
	const uint64_t now = fy_now_ns();

	*ms = g->until > now ? (uint32_t)fy_div_u64(g->until - now, 1000000) : 0;
	return 0;
}

static const struct fy_watchdog_ops watchdog_ops = {
	.longest_ms = LONGEST_MS,
	.start = gadgets_start,
	.stop = gadgets_stop,
	.left = gadgets_left,
};

/* ---- Keys. ---- */

static const struct fy_input_code codes[] = {
	{ FY_INPUT_KEY, KEY_A, 0, 0 },
	{ FY_INPUT_RELATIVE, WHEEL, 0, 0 },
	{ FY_INPUT_SWITCH, LID, 0, 0 },
};

static uint64_t move(void *arg, uint64_t due)
{
	struct gadgets *g = arg;

	g->down = !g->down;
	fy_input_report(&g->input, FY_INPUT_KEY, KEY_A, g->down, true);
	fy_input_report(&g->input, FY_INPUT_KEY, KEY_A, g->down, true); /* no news */
	fy_input_report(&g->input, FY_INPUT_SWITCH, LID, 1, false);
	fy_input_report(&g->input, FY_INPUT_RELATIVE, WHEEL, g->down ? 1 : -2, true);
	return due + 20 * FY_NS_PER_MS;
}

static int gadgets_probe(struct fy_device *dev)
{
	struct gadgets *g = fy_state(dev);
	int rc;

	g->dev = dev;
	rc = fy_pwm_offer(dev, &g->pwm, OUTPUTS, &pwm_ops);
	if (rc)
		return rc;
	rc = fy_watchdog_offer(dev, &g->watchdog, &watchdog_ops, false, true);
	if (rc)
		goto pwm;
	rc = fy_input_offer(dev, &g->input, codes, 3, false);
	if (rc)
		goto watchdog;
	fy_timer_init(&g->fingers, dev, move, g);
	fy_timer_start(&g->fingers, fy_now_ns() + 20 * FY_NS_PER_MS);
	return 0;
watchdog:
	fy_watchdog_withdraw(&g->watchdog);
pwm:
	fy_pwm_withdraw(&g->pwm);
	return rc;
}

static void gadgets_remove(struct fy_device *dev)
{
	struct gadgets *g = fy_state(dev);

	fy_timer_stop(&g->fingers);
	fy_input_withdraw(&g->input);
	fy_watchdog_withdraw(&g->watchdog);
	fy_pwm_withdraw(&g->pwm);
}

FY_DRIVER(gadgets) = {
	.name = "gadgets",
	.state_size = sizeof(struct gadgets),
	.probe = gadgets_probe,
	.remove = gadgets_remove,
};
