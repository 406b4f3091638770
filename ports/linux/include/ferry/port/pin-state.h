/* SPDX-License-Identifier: GPL-2.0-only */
/* Linux port of <ferry/pin-state.h>: the pin controllers' states. */
#ifndef FERRY_PORT_PIN_STATE_H
#define FERRY_PORT_PIN_STATE_H

#include <linux/err.h>
#include <linux/pinctrl/consumer.h>

#include "linux-error.h"

struct fy_pin_state {
	struct pinctrl *pins;
	struct pinctrl_state *state; /* NULL: there is none */
};

static inline int fy_pin_state_get(struct fy_device *dev, const char *name,
				   struct fy_pin_state *state)
{
	struct pinctrl *pins = dev->dev ? devm_pinctrl_get(dev->dev) : ERR_PTR(-ENODEV);
	struct pinctrl_state *found;

	*state = (struct fy_pin_state){ .pins = pins };
	if (pins == ERR_PTR(-ENODEV))
		return FY_ERR_NOT_FOUND;
	if (IS_ERR_OR_NULL(pins))
		return pins ? fy_error_from_errno(PTR_ERR(pins)) : FY_ERR_NOT_FOUND;
	found = pinctrl_lookup_state(pins, name);
	if (IS_ERR_OR_NULL(found))
		return FY_ERR_NOT_FOUND;
	state->state = found;
	return 0;
}

static inline int fy_pin_state_set(struct fy_pin_state *state)
{
	if (!state->state)
		return 0;
	return fy_error_from_errno(pinctrl_select_state(state->pins, state->state));
}

#endif
