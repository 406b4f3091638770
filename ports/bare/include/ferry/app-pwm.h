/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the PWM outputs that drivers offer (<ferry/pwm.h>). NAME is that of the device
 * in the board's table, or fy_name(); NULL: the first device. Context of all: thread.
 */
#ifndef FERRY_APP_PWM_H
#define FERRY_APP_PWM_H

#include <ferry/app.h>
#include <ferry/pwm.h>

/* How many it has: ->channels; NULL: there is none of that name. */
struct fy_pwm *fy_pwm_find(const char *name);

/*
 * Output CHANNEL gets PERIOD and DUTY, in ns; a duty of 0 switches it off. Returns 0;
 * FY_ERR_NOT_FOUND: there is no such output; FY_ERR_INVALID; or what the driver says.
 */
static inline int fy_pwm_set(const char *name, unsigned channel, uint64_t period, uint64_t duty)
{
	const struct fy_pwm_state state = { duty > 0, false, period, duty };
	struct fy_pwm *pwm = fy_pwm_find(name);

	return pwm ? fy_port_pwm_apply(pwm, channel, &state) : FY_ERR_NOT_FOUND;
}

#endif
