/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the port takes from the devicetree beyond its text: which interrupts and pins its nodes
 * have. NODE is a node of the tree, as in bare-devicetree.h.
 */
#ifndef PORTS_BARE_CORE_TREE_H
#define PORTS_BARE_CORE_TREE_H

#include "bare-devicetree.h"

/*
 * The numbers of a device's interrupts (at most MAX), as the board's controller counts them.
 * Returns how many there are before the first one that goes to a controller which is not known
 * here.
 */
unsigned tree_interrupts(const struct devicetree_walk *at, int *irqs, unsigned max);

struct tree_pin {
	uint32_t controller; /* its node */
	unsigned pin;
	bool active_low;
	unsigned flags; /* FY_GPIO_OPEN_DRAIN, FY_GPIO_PULL_UP, ... */
};
/*
 * Pin INDEX of the property FUNCTION-gpios. Returns 0; FY_ERR_NOT_FOUND: there is no such property,
 * or it has fewer pins; FY_ERR_INVALID: it is no phandle of a controller, a pin and flags for each.
 */
int tree_pin(const struct devicetree *tree, uint32_t node, const char *function, unsigned index,
	     struct tree_pin *pin);

#endif
