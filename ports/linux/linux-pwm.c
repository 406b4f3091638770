// SPDX-License-Identifier: GPL-2.0-only
/* Linux port, class pwm: a chip of the kernel's class pwm. */
#include <linux/device.h>
#include <linux/pwm.h>
#include <linux/slab.h>
#include <ferry/pwm.h>

#include "kernel-compat.h"
#include "linux-error.h"
#include "own-device.h"

struct fy_linux_pwm {
	struct pwm_chip *chip;
	struct platform_device *own;
};

static struct fy_pwm *pwm_of(struct pwm_chip *chip)
{
	return *(struct fy_pwm **)fy_pwmchip_priv(chip);
}

static int apply(struct pwm_chip *chip, struct pwm_device *device, const struct pwm_state *wanted)
{
	struct fy_pwm *pwm = pwm_of(chip);
	const struct fy_pwm_state state = {
		.enabled = wanted->enabled,
		.inverted = wanted->polarity == PWM_POLARITY_INVERSED,
		.period = wanted->period,
		.duty = wanted->duty_cycle,
	};

	/* What is off has no period yet when it is exported. */
	if (!state.enabled && !state.period)
		return 0;
	return fy_error_to_errno(pwm->ops->apply(pwm->dev, device->hwpwm, &state));
}

static int get_state(struct pwm_chip *chip, struct pwm_device *device, struct pwm_state *found)
{
	struct fy_pwm *pwm = pwm_of(chip);
	struct fy_pwm_state state = {};
	int rc = pwm->ops->get(pwm->dev, device->hwpwm, &state);

	if (rc)
		return fy_error_to_errno(rc);
	found->enabled = state.enabled;
	found->polarity = state.inverted ? PWM_POLARITY_INVERSED : PWM_POLARITY_NORMAL;
	found->period = state.period;
	found->duty_cycle = state.duty;
	return 0;
}

/* As the member was before 6.1. */
static void __maybe_unused get_state_void(struct pwm_chip *chip, struct pwm_device *device,
					  struct pwm_state *found)
{
	get_state(chip, device, found);
}

static const struct pwm_ops plain = {
	FY_PWM_OWNER.apply = apply,
};

static const struct pwm_ops with_get = {
	FY_PWM_OWNER.apply = apply,
	.get_state = FY_BY_TYPE(struct pwm_ops, get_state, get_state, get_state_void),
};

int fy_port_pwm_offer(struct fy_device *dev, struct fy_pwm *pwm, unsigned channels,
		      const struct fy_pwm_ops *ops)
{
	struct fy_linux_pwm *port;
	struct device *parent;
	int rc;

	if (!channels || channels > FY_PWM_CHANNELS_MAX)
		return FY_ERR_INVALID;
	if (!IS_ENABLED(CONFIG_PWM))
		return FY_ERR_UNSUPPORTED;
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return FY_ERR_NO_MEMORY;
	pwm->dev = dev;
	pwm->ops = ops;
	pwm->channels = channels;
	pwm->port = port;
	parent = fy_own_device_get(dev, &port->own);
	if (IS_ERR(parent)) {
		rc = PTR_ERR(parent);
		goto free;
	}
	port->chip = fy_pwmchip_alloc(parent, channels, sizeof(pwm));
	if (IS_ERR(port->chip)) {
		rc = PTR_ERR(port->chip);
		goto put;
	}
	*(struct fy_pwm **)fy_pwmchip_priv(port->chip) = pwm;
	port->chip->ops = ops->get ? &with_get : &plain;
	rc = pwmchip_add(port->chip);
	if (!rc)
		return 0;
	fy_pwmchip_put(port->chip);
put:
	fy_own_device_put(port->own);
free:
	kfree(port);
	return fy_error_from_errno(rc);
}

void fy_port_pwm_withdraw(struct fy_pwm *pwm)
{
	struct fy_linux_pwm *port = pwm->port;

	pwmchip_remove(port->chip);
	fy_pwmchip_put(port->chip);
	fy_own_device_put(port->own);
	kfree(port);
}
