// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * sleeper: has parameters, and is suspended and resumed, for tests of both on every port. A timer
 * ticks while it is awake; it refuses to be suspended when it is told to.
 */
#include <ferry/driver.h>
#include <ferry/parameter.h>
#include <ferry/time.h>

FY_NEEDS_CONTRACT(2);

struct sleeper {
	struct fy_timer timer;
	uint32_t period_ms, refuses;
	uint32_t ticks;
};

FY_PARAMETERS((period_ms, 20, 1, 1000, "time between two ticks"),
	      (refuses, 0, 0, 1, "whether it refuses to be suspended"));

static uint64_t tick(void *arg, uint64_t due)
{
	struct sleeper *s = arg;

	s->ticks++;
	return due + s->period_ms * FY_NS_PER_MS;
}

static int sleeper_probe(struct fy_device *dev)
{
	struct sleeper *s = fy_state(dev);
	int rc = fy_parameter(dev, period_ms, &s->period_ms);

	if (!rc)
		rc = fy_parameter(dev, refuses, &s->refuses);
	if (rc)
		return rc;
	fy_timer_init(&s->timer, dev, tick, s);
	fy_timer_start(&s->timer, fy_now_ns());
	fy_info(dev, "a tick in %u ms", s->period_ms);
	return 0;
}

static void sleeper_remove(struct fy_device *dev)
{
	struct sleeper *s = fy_state(dev);

	fy_timer_stop(&s->timer);
}

static int sleeper_suspend(struct fy_device *dev)
{
	struct sleeper *s = fy_state(dev);

	if (s->refuses) {
		fy_info(dev, "no sleep");
		return FY_ERR_BUSY;
	}
	fy_timer_stop(&s->timer);
	fy_info(dev, "asleep");
	return 0;
}

static int sleeper_resume(struct fy_device *dev)
{
	struct sleeper *s = fy_state(dev);

	fy_timer_start(&s->timer, fy_now_ns());
	fy_info(dev, "awake");
	return 0;
}

FY_DESCRIPTION("A driver that sleeps");
FY_COMPATIBLE("ferry,sleeper");
FY_DRIVER(sleeper) = {
	.name = "sleeper",
	.compatible = fy_compatible,
	.state_size = sizeof(struct sleeper),
	.probe = sleeper_probe,
	.remove = sleeper_remove,
	.parameters = fy_parameters,
	.suspend = sleeper_suspend,
	.resume = sleeper_resume,
};
