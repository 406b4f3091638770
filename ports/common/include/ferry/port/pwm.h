/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/pwm.h> for every port: Linux' is in ports/linux/linux-pwm.c, others use common/pwm.c. */
#ifndef FERRY_PORT_PWM_H
#define FERRY_PORT_PWM_H

#include <ferry/port/offer.h>

#define FY_PWM_CHANNELS_MAX 64

struct fy_pwm {
	struct fy_offer offer;
	struct fy_device *dev;
	const struct fy_pwm_ops *ops;
	unsigned channels;
	void *port;
};

int fy_port_pwm_offer(struct fy_device *dev, struct fy_pwm *pwm, unsigned channels,
		      const struct fy_pwm_ops *ops);
void fy_port_pwm_withdraw(struct fy_pwm *pwm);

/*
 * The ops, for who uses an output where no kernel has the class. FY_ERR_NOT_FOUND: there is no such
 * channel; FY_ERR_INVALID: the state is not valid; FY_ERR_UNSUPPORTED: it cannot be read.
 */
int fy_port_pwm_apply(struct fy_pwm *pwm, unsigned channel, const struct fy_pwm_state *state);
int fy_port_pwm_get(struct fy_pwm *pwm, unsigned channel, struct fy_pwm_state *state);

static inline int fy_pwm_offer(struct fy_device *dev, struct fy_pwm *pwm, unsigned channels,
			       const struct fy_pwm_ops *ops)
{
	return fy_port_pwm_offer(dev, pwm, channels, ops);
}

static inline void fy_pwm_withdraw(struct fy_pwm *pwm)
{
	fy_port_pwm_withdraw(pwm);
}

#endif
