/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Bare port: what a device is, and the compiler's own headers for the rest. */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fy_driver;
struct bare_device;

#define BARE_IRQS 4 /* of a device */

/* Of an interrupt, which others may have handlers for, too. */
struct bare_handler {
	struct bare_handler *next;
	void (*handler)(void *arg); /* NULL: none */
	void *arg;
};

struct fy_device {
	uintptr_t registers; /* the first window; 0: none */
	/* numbers of the interrupt controller, in order; ended by 0 */
	int irqs[BARE_IRQS];
	struct bare_handler handlers[BARE_IRQS];
	void *state;
	const struct fy_driver *driver;
	unsigned index;			/* among the driver's */
	bool numbered;			/* there are several */
	const char *label, *name;	/* the first is NULL when there is none */
	const struct bare_device *node; /* in the board's table; NULL: it is not there */
	uint32_t tree_node;		/* in the firmware's devicetree; 0: it is not there */
	uint32_t tree_parent;		/* of a device on a bus without addresses of memory */
	uint32_t address;		/* on that bus */

	bool running; /* probe succeeded */
	bool suspended;
	unsigned probed; /* as which one, from 1 */
};

#endif
