/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What a driver offers, where no kernel has the class: one list of the port's for all the classes
 * that are named here. The struct of a class begins with one of these.
 */
#ifndef FERRY_PORT_OFFER_H
#define FERRY_PORT_OFFER_H

#include <ferry/driver.h>

enum fy_offer_class {
	FY_OFFER_MEMORY,
	FY_OFFER_LED,
	FY_OFFER_PWM,
	FY_OFFER_WATCHDOG,
	FY_OFFER_INPUT,
	FY_OFFER_CLASSES,
};

struct fy_offer {
	struct fy_offer *next;
	struct fy_device *dev;
	enum fy_offer_class class;
	const char *name; /* NULL: that of the device */
};

/* By the port, for ports/common. */

/* Puts it on the list. Returns 0, or an error that a test wants. */
int fy_port_offer(struct fy_device *dev, struct fy_offer *offer, enum fy_offer_class class);
void fy_port_offer_end(struct fy_offer *offer); /* and takes it off */

/* Around a call of an op of DEV's driver, in thread context. */
uintptr_t fy_port_op_enter(struct fy_device *dev);
void fy_port_op_leave(struct fy_device *dev, uintptr_t before);

#endif
