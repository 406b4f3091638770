// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class pwm where no kernel has it. */
#include <ferry/pwm.h>

int fy_port_pwm_offer(struct fy_device *dev, struct fy_pwm *pwm, unsigned channels,
		      const struct fy_pwm_ops *ops)
{
	if (!channels || channels > FY_PWM_CHANNELS_MAX)
		return FY_ERR_INVALID;
	pwm->dev = dev;
	pwm->ops = ops;
	pwm->channels = channels;
	return fy_port_offer(dev, &pwm->offer, FY_OFFER_PWM);
}

void fy_port_pwm_withdraw(struct fy_pwm *pwm)
{
	fy_port_offer_end(&pwm->offer);
}

int fy_port_pwm_apply(struct fy_pwm *pwm, unsigned channel, const struct fy_pwm_state *state)
{
	uintptr_t before;
	int rc;

	if (channel >= pwm->channels)
		return FY_ERR_NOT_FOUND;
	if (!state->period || state->duty > state->period)
		return FY_ERR_INVALID;
	before = fy_port_op_enter(pwm->dev);
	rc = pwm->ops->apply(pwm->dev, channel, state);
	fy_port_op_leave(pwm->dev, before);
	return rc;
}

int fy_port_pwm_get(struct fy_pwm *pwm, unsigned channel, struct fy_pwm_state *state)
{
	uintptr_t before;
	int rc;

	if (channel >= pwm->channels)
		return FY_ERR_NOT_FOUND;
	if (!pwm->ops->get)
		return FY_ERR_UNSUPPORTED;
	before = fy_port_op_enter(pwm->dev);
	rc = pwm->ops->get(pwm->dev, channel, state);
	fy_port_op_leave(pwm->dev, before);
	return rc;
}
