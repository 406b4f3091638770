/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/pin-state.h> where no kernel has pin controllers: a resource of the device. */
#ifndef FERRY_PORT_PIN_STATE_H
#define FERRY_PORT_PIN_STATE_H

#include <ferry/port/resource.h>

struct fy_pin_state {
	struct fy_resource resource;
};

static inline int fy_pin_state_get(struct fy_device *dev, const char *name,
				   struct fy_pin_state *state)
{
	return fy_port_resource_get(dev, FY_RESOURCE_PIN_STATE, name, &state->resource);
}

static inline int fy_pin_state_set(struct fy_pin_state *state)
{
	return state->resource.dev ? fy_port_resource_set(&state->resource, true) : 0;
}

#endif
