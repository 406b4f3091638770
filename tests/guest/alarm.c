// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver for clocks that no board's table has: it sees the time go on and has the clock interrupt
 * once. For tests/bare-tree.t: registers and interrupt are those of the devicetree.
 */
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>

/*
 * Of the BCM2835's system timer (BCM2835 ARM Peripherals, section 12), and of the PL031 (ARM DDI
 * 0224).
 */
static const struct clock {
	const char *compatible;
	uint32_t now, match, ahead;
	unsigned interrupt;
	uint32_t mask, clear, bit; /* mask 0: it has no such register */
} clocks[] = {
	{ "brcm,bcm2835-system-timer", 0x04, 0x18, 1000, 3, 0, 0x00, 1 << 3 },
	{ "arm,pl031", 0x00, 0x04, 1, 0, 0x10, 0x1c, 1 },
};

struct alarm {
	const struct clock *clock;
	struct fy_device *dev;
};

static void alarm_interrupt(void *arg)
{
	struct alarm *alarm = arg;

	fy_write32(alarm->dev, alarm->clock->clear, alarm->clock->bit);
	if (alarm->clock->mask)
		fy_write32(alarm->dev, alarm->clock->mask, 0);
	fy_info(alarm->dev, "interrupt");
}

static int alarm_probe(struct fy_device *dev)
{
	struct alarm *alarm = fy_state(dev);
	int rc;

	alarm->clock = fy_is_compatible(dev, clocks[0].compatible) ? &clocks[0] : &clocks[1];
	alarm->dev = dev;
	rc = fy_irq_attach(dev, alarm->clock->interrupt, alarm_interrupt, alarm);
	if (rc)
		return rc;
	fy_info(dev, "%s", alarm->clock->compatible);
	fy_write32(dev, alarm->clock->match,
		   fy_read32(dev, alarm->clock->now) + alarm->clock->ahead);
	if (alarm->clock->mask)
		fy_write32(dev, alarm->clock->mask, alarm->clock->bit);
	return 0;
}

FY_COMPATIBLE("brcm,bcm2835-system-timer", "arm,pl031");

FY_DRIVER(alarm) = {
	.name = "alarm",
	.compatible = fy_compatible,
	.state_size = sizeof(struct alarm),
	.probe = alarm_probe,
};
