/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class pwm: outputs that are high for a part of each period. Linux has it in its class pwm, for
 * other drivers (fans, backlights, servos) and in /sys/class/pwm.
 */
#ifndef FERRY_PWM_H
#define FERRY_PWM_H

#include <ferry/driver.h>

struct fy_pwm; /* by the port; part of the driver's state */

struct fy_pwm_state {
	bool enabled;
	bool inverted;	 /* low for the part, and high for the rest */
	uint64_t period; /* ns, at least 1 */
	uint64_t duty;	 /* ns, up to the period */
};

struct fy_pwm_ops {
	/*
	 * Makes output number CHANNEL like STATE, at once or at the end of its period. What the
	 * device does not have exactly is rounded down: the period, and then the duty. Returns 0;
	 * FY_ERR_INVALID: the period is shorter than it can; FY_ERR_UNSUPPORTED: it has no such
	 * polarity. Not called twice at the same time. Context: thread; may wait.
	 */
	int (*apply)(struct fy_device *dev, unsigned channel, const struct fy_pwm_state *state);
	/* What it is like now, as the device has it. NULL: it cannot be read. Context: thread. */
	int (*get)(struct fy_device *dev, unsigned channel, struct fy_pwm_state *state);
};

/*
 * Offers CHANNELS outputs, 1 to 64. Returns 0, FY_ERR_INVALID, FY_ERR_NO_MEMORY or
 * FY_ERR_UNSUPPORTED. Context: thread, from probe.
 */
static inline int fy_pwm_offer(struct fy_device *dev, struct fy_pwm *pwm, unsigned channels,
			       const struct fy_pwm_ops *ops);
/* Withdraws them, as they are: after it returns no op runs or is called. Context: thread. */
static inline void fy_pwm_withdraw(struct fy_pwm *pwm);

#include <ferry/port/pwm.h>

#endif
