/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/watchdog.h> for every port: Linux' is in ports/linux/linux-watchdog.c. */
#ifndef FERRY_PORT_WATCHDOG_H
#define FERRY_PORT_WATCHDOG_H

#include <ferry/port/offer.h>

struct fy_watchdog {
	struct fy_offer offer;
	struct fy_device *dev;
	const struct fy_watchdog_ops *ops;
	bool runs, was_reset;
	void *port;
};

int fy_port_watchdog_offer(struct fy_device *dev, struct fy_watchdog *watchdog,
			   const struct fy_watchdog_ops *ops, bool runs, bool was_reset);
void fy_port_watchdog_withdraw(struct fy_watchdog *watchdog);

/*
 * The ops, for who uses it where no kernel has the class. FY_ERR_INVALID: MS is 0, or longer than
 * it can; FY_ERR_UNSUPPORTED: there is no such op.
 */
int fy_port_watchdog_start(struct fy_watchdog *watchdog, uint32_t ms);
int fy_port_watchdog_stop(struct fy_watchdog *watchdog);
int fy_port_watchdog_left(struct fy_watchdog *watchdog, uint32_t *ms);

static inline int fy_watchdog_offer(struct fy_device *dev, struct fy_watchdog *watchdog,
				    const struct fy_watchdog_ops *ops, bool runs, bool was_reset)
{
	return fy_port_watchdog_offer(dev, watchdog, ops, runs, was_reset);
}

static inline void fy_watchdog_withdraw(struct fy_watchdog *watchdog)
{
	fy_port_watchdog_withdraw(watchdog);
}

#endif
