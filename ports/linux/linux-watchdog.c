// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class watchdog: a device of the kernel's watchdog core, which sets it back by itself
 * when somebody wants a longer time than the device can wait, and when it runs before anybody has
 * opened it.
 */
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/watchdog.h>
#include <ferry/watchdog.h>

#include "linux-error.h"
#include "own-device.h"

#define SECONDS_DEFAULT 30

struct fy_linux_watchdog {
	struct watchdog_device device;
	struct watchdog_info info;
	struct fy_watchdog *watchdog;
	struct platform_device *own;
};

static struct fy_watchdog *watchdog_of(struct watchdog_device *device)
{
	return container_of(device, struct fy_linux_watchdog, device)->watchdog;
}

/* The core may want more than the device can: then it pings as often as that needs. */
static int start(struct watchdog_device *device)
{
	struct fy_watchdog *watchdog = watchdog_of(device);
	const u64 wanted = (u64)device->timeout * MSEC_PER_SEC;

	return fy_error_to_errno(watchdog->ops->start(
		watchdog->dev, (u32)min_t(u64, wanted, watchdog->ops->longest_ms)));
}

static int stop(struct watchdog_device *device)
{
	struct fy_watchdog *watchdog = watchdog_of(device);
	int rc = watchdog->ops->stop(watchdog->dev);

	if (rc == FY_ERR_UNSUPPORTED)
		set_bit(WDOG_HW_RUNNING, &device->status);
	return rc == FY_ERR_UNSUPPORTED ? 0 : fy_error_to_errno(rc);
}

static unsigned int left(struct watchdog_device *device)
{
	struct fy_watchdog *watchdog = watchdog_of(device);
	uint32_t ms = 0;

	return watchdog->ops->left(watchdog->dev, &ms) ? 0 : ms / MSEC_PER_SEC;
}

static const struct watchdog_ops plain = {
	.owner = THIS_MODULE,
	.start = start,
	.stop = stop,
};

static const struct watchdog_ops with_left = {
	.owner = THIS_MODULE,
	.start = start,
	.stop = stop,
	.get_timeleft = left,
};

static void fill(struct fy_linux_watchdog *port, struct device *parent)
{
	struct watchdog_device *device = &port->device;

	port->info.options = WDIOF_SETTIMEOUT | WDIOF_KEEPALIVEPING | WDIOF_MAGICCLOSE;
	if (port->watchdog->was_reset)
		port->info.options |= WDIOF_CARDRESET;
	strscpy(port->info.identity, KBUILD_MODNAME, sizeof(port->info.identity));
	device->info = &port->info;
	device->ops = port->watchdog->ops->left ? &with_left : &plain;
	device->parent = parent;
	device->min_timeout = 1;
	device->max_hw_heartbeat_ms = port->watchdog->ops->longest_ms;
	device->timeout = SECONDS_DEFAULT;
	device->bootstatus = port->watchdog->was_reset ? WDIOF_CARDRESET : 0;
	watchdog_set_nowayout(device, WATCHDOG_NOWAYOUT);
	watchdog_stop_on_reboot(device);
	if (port->watchdog->runs)
		set_bit(WDOG_HW_RUNNING, &device->status);
}

int fy_port_watchdog_offer(struct fy_device *dev, struct fy_watchdog *watchdog,
			   const struct fy_watchdog_ops *ops, bool runs, bool was_reset)
{
	struct fy_linux_watchdog *port;
	struct device *parent;
	int rc;

	if (!ops->longest_ms)
		return FY_ERR_INVALID;
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return FY_ERR_NO_MEMORY;
	watchdog->dev = dev;
	watchdog->ops = ops;
	watchdog->runs = runs;
	watchdog->was_reset = was_reset;
	watchdog->port = port;
	port->watchdog = watchdog;
	parent = fy_own_device_get(dev, &port->own);
	if (IS_ERR(parent)) {
		rc = PTR_ERR(parent);
		goto free;
	}
	fill(port, parent);
	rc = watchdog_register_device(&port->device);
	if (!rc)
		return 0;
	fy_own_device_put(port->own);
free:
	kfree(port);
	return fy_error_from_errno(rc);
}

void fy_port_watchdog_withdraw(struct fy_watchdog *watchdog)
{
	struct fy_linux_watchdog *port = watchdog->port;

	watchdog_unregister_device(&port->device);
	fy_own_device_put(port->own);
	kfree(port);
}
