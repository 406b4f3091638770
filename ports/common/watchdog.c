// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class watchdog where no kernel has it. One that runs already is its user's to set back. */
#include <ferry/watchdog.h>

int fy_port_watchdog_offer(struct fy_device *dev, struct fy_watchdog *watchdog,
			   const struct fy_watchdog_ops *ops, bool runs, bool was_reset)
{
	if (!ops->longest_ms)
		return FY_ERR_INVALID;
	watchdog->dev = dev;
	watchdog->ops = ops;
	watchdog->runs = runs;
	watchdog->was_reset = was_reset;
	return fy_port_offer(dev, &watchdog->offer, FY_OFFER_WATCHDOG);
}

void fy_port_watchdog_withdraw(struct fy_watchdog *watchdog)
{
	fy_port_offer_end(&watchdog->offer);
}

int fy_port_watchdog_start(struct fy_watchdog *watchdog, uint32_t ms)
{
	uintptr_t before;
	int rc;

	if (!ms || ms > watchdog->ops->longest_ms)
		return FY_ERR_INVALID;
	before = fy_port_op_enter(watchdog->dev);
	rc = watchdog->ops->start(watchdog->dev, ms);
	fy_port_op_leave(watchdog->dev, before);
	watchdog->runs |= !rc;
	return rc;
}

int fy_port_watchdog_stop(struct fy_watchdog *watchdog)
{
	uintptr_t before = fy_port_op_enter(watchdog->dev);
	int rc = watchdog->ops->stop(watchdog->dev);

	fy_port_op_leave(watchdog->dev, before);
	watchdog->runs &= rc != 0;
	return rc;
}

int fy_port_watchdog_left(struct fy_watchdog *watchdog, uint32_t *ms)
{
	uintptr_t before;
	int rc;

	if (!watchdog->ops->left)
		return FY_ERR_UNSUPPORTED;
	before = fy_port_op_enter(watchdog->dev);
	rc = watchdog->ops->left(watchdog->dev, ms);
	fy_port_op_leave(watchdog->dev, before);
	return rc;
}
