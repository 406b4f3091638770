// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Suspending and resuming all devices, for an app that stops the clocks or the power of some. */
#include <ferry/app.h>

#include "core.h"

int fy_resume(void)
{
	int first = 0;

	for (struct fy_device *dev = NULL; (dev = bare_device_next(dev, false));) {
		int rc = 0;

		if (dev->suspended && dev->driver->resume)
			rc = dev->driver->resume(dev);
		dev->suspended = false;
		if (rc)
			bare_log(dev, "resume: %s", fy_error_name(rc));
		first = first ? first : rc;
	}
	return first;
}

int fy_suspend(void)
{
	for (struct fy_device *dev = NULL; (dev = bare_device_next(dev, true));) {
		int rc = 0;

		if (!dev->suspended && dev->driver->suspend)
			rc = dev->driver->suspend(dev);
		dev->suspended = !rc;
		if (rc) {
			bare_log(dev, "suspend: %s", fy_error_name(rc));
			fy_resume();
			return rc;
		}
	}
	return 0;
}
