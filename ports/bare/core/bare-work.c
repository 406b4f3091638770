// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Works and threads on the bare metal: the port's part of ports/common/work-core.c. */
#include "core.h"
#include "work-core.h"

struct work_list *port_work_list(struct fy_device *dev)
{
	static struct work_list list;

	(void)dev;
	return &list;
}

int port_thread_refused(struct fy_device *dev)
{
	(void)dev;
	return 0;
}

void port_work_violation(struct fy_device *dev, const char *text)
{
	bare_panic(BARE_CODE_PANIC, "%s: %s", dev ? dev->driver->name : "a driver", text);
}
