/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For ports/common: an op is called in the world of its device, wherever the call comes from. See
 * core/enter.c.
 */
#ifndef FERRY_PORT_ENTER_H
#define FERRY_PORT_ENTER_H

#include <ferry/driver.h>

struct user_world *user_enter(struct user_world *w);
void user_leave(struct user_world *w, struct user_world *before);

static inline uintptr_t fy_port_enter(struct fy_device *dev)
{
	return (uintptr_t)user_enter(dev->world);
}

static inline void fy_port_leave(struct fy_device *dev, uintptr_t before)
{
	user_leave(dev->world, (struct user_world *)before);
}

#endif
