// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * powered: takes a clock, a supply, a reset line and the states of its pins, uses them in order,
 * and logs what it has, for tests of them on every port.
 */
#include <ferry/clock.h>
#include <ferry/driver.h>
#include <ferry/pin-state.h>
#include <ferry/regulator.h>
#include <ferry/reset.h>

FY_NEEDS_CONTRACT(2);

struct powered {
	struct fy_clock clock;
	struct fy_regulator supply;
	struct fy_reset reset;
	struct fy_pin_state sleep;
};

static int powered_probe(struct fy_device *dev)
{
	struct powered *p = fy_state(dev);
	int clock = fy_clock_get(dev, "core", &p->clock);
	int supply = fy_regulator_get(dev, "vdd", &p->supply);
	int reset = fy_reset_get(dev, NULL, &p->reset);
	int sleep = fy_pin_state_get(dev, "sleep", &p->sleep);
	int rc;

	fy_info(dev, "clock: %s, supply: %s, reset: %s, sleep: %s", fy_error_name(clock),
		fy_error_name(supply), fy_error_name(reset), fy_error_name(sleep));
	if (clock == FY_ERR_DEFER || supply == FY_ERR_DEFER)
		return FY_ERR_DEFER;
	rc = fy_regulator_enable(&p->supply);
	if (rc)
		return rc;
	rc = fy_clock_enable(&p->clock);
	if (rc)
		goto no_clock;
	rc = fy_reset_deassert(&p->reset);
	if (rc)
		goto held;
	fy_info(dev, "%u Hz, %u uV", fy_clock_rate(&p->clock), fy_regulator_voltage(&p->supply));
	fy_info(dev, "another rate: %s, another voltage: %s",
		fy_error_name(fy_clock_set_rate(&p->clock, 1000)),
		fy_error_name(fy_regulator_set_voltage(&p->supply, 1000000, 1200000)));
	return 0;

held:
	fy_clock_disable(&p->clock);
no_clock:
	fy_regulator_disable(&p->supply);
	return rc;
}

static void powered_remove(struct fy_device *dev)
{
	struct powered *p = fy_state(dev);

	fy_reset_assert(&p->reset);
	fy_clock_disable(&p->clock);
	fy_regulator_disable(&p->supply);
	fy_pin_state_set(&p->sleep);
	fy_info(dev, "off");
}

FY_DESCRIPTION("A device with a clock, a supply, a reset line and pins");
FY_COMPATIBLE("ferry,powered");
FY_DRIVER(powered) = {
	.name = "powered",
	.compatible = fy_compatible,
	.state_size = sizeof(struct powered),
	.probe = powered_probe,
	.remove = powered_remove,
};
