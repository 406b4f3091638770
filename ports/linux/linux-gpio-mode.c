// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a consumer: pins that are more than an input or an output (pulls, open
 * drain, of a controller that sleeps), that change, or are set together. Part of the modules of
 * drivers that ask for such: scripts/make-module.
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <ferry/gpio.h>

#include "kernel-compat.h"
#include "linux-error.h"

/* ---- Levels. ---- */

/*
 * gpiolib has an open drain of its own, which must be asked for with the pin, and no open source
 * but by the devicetree. So both are done here, on physical levels.
 */
static int write_driven(const struct fy_gpio *pin, int level)
{
	bool high = (level != 0) != gpiod_is_active_low(pin->desc);

	if (high == (pin->drive == FY_GPIO_OPEN_DRAIN))
		return gpiod_direction_input(pin->desc);
	return gpiod_direction_output_raw(pin->desc, high);
}

int fy_linux_gpio_write(const struct fy_gpio *pin, int level)
{
	int rc;

	if (pin->drive)
		rc = write_driven(pin, level);
	else if (pin->may_sleep)
		rc = FY_INT_RESULT(gpiod_set_value_cansleep(pin->desc, level));
	else
		rc = FY_INT_RESULT(gpiod_set_value(pin->desc, level));
	return fy_error_from_errno(rc);
}

int fy_linux_gpio_read(const struct fy_gpio *pin)
{
	return fy_error_from_errno(pin->may_sleep ? gpiod_get_value_cansleep(pin->desc) :
						    gpiod_get_value(pin->desc));
}

/* gpiolib finds out which are on one chip. */
int fy_linux_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels)
{
	struct gpio_desc *descs[32];
	DECLARE_BITMAP(values, 32) = {};
	bool may_sleep = false;
	unsigned together = 0;
	int rc = 0;

	if (count > ARRAY_SIZE(descs))
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < count && !rc; i++) {
		int level = levels >> i & 1;

		if (pins[i].drive) {
			rc = fy_linux_gpio_write(&pins[i], level);
			continue;
		}
		may_sleep |= pins[i].may_sleep;
		__assign_bit(together, values, level);
		descs[together++] = pins[i].desc;
	}
	if (rc || !together)
		return rc;
	return fy_error_from_errno(
		may_sleep ? gpiod_set_array_value_cansleep(together, descs, NULL, values) :
			    gpiod_set_array_value(together, descs, NULL, values));
}

/* ---- What a pin is. ---- */

/* -ENOTSUPP is gpiolib's word for what a controller cannot do. */
static int unsupported(int rc)
{
	return rc == -ENOTSUPP ? FY_ERR_UNSUPPORTED : fy_error_from_errno(rc);
}

static int set_config(struct fy_gpio *pin, enum pin_config_param param)
{
	return unsupported(gpiod_set_config(pin->desc, pinconf_to_config_packed(param, 1)));
}

static int set_pull(struct fy_gpio *pin, unsigned mode)
{
	if (mode & FY_GPIO_PULL_UP)
		return set_config(pin, PIN_CONFIG_BIAS_PULL_UP);
	if (mode & FY_GPIO_PULL_DOWN)
		return set_config(pin, PIN_CONFIG_BIAS_PULL_DOWN);
	return mode & FY_GPIO_NO_PULL ? set_config(pin, PIN_CONFIG_BIAS_DISABLE) : 0;
}

static int set_drive(struct fy_gpio *pin, unsigned mode)
{
	int rc;

	if (!(mode & FY_GPIO_DRIVES))
		return 0;
	rc = set_config(pin, mode & FY_GPIO_OPEN_DRAIN	? PIN_CONFIG_DRIVE_OPEN_DRAIN :
			     mode & FY_GPIO_OPEN_SOURCE ? PIN_CONFIG_DRIVE_OPEN_SOURCE :
							  PIN_CONFIG_DRIVE_PUSH_PULL);
	if (rc && rc != FY_ERR_UNSUPPORTED)
		return rc;
	pin->drive = rc ? mode & (FY_GPIO_OPEN_DRAIN | FY_GPIO_OPEN_SOURCE) : 0;
	return 0;
}

/* gpiolib makes no output of a pin whose interrupt is enabled. */
static int set_direction(struct fy_gpio *pin, unsigned mode)
{
	int active = !!(mode & FY_GPIO_OUT_HIGH), rc;

	if (mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH)) {
		if (pin->irq && !pin->rests)
			disable_irq(pin->irq);
		pin->rests = pin->irq;
		rc = pin->drive ? write_driven(pin, active) :
				  gpiod_direction_output(pin->desc, active);
		pin->is_input = pin->is_input && rc;
		return unsupported(rc);
	}
	rc = gpiod_direction_input(pin->desc);
	if (rc)
		return unsupported(rc);
	pin->is_input = true;
	if (pin->rests)
		enable_irq(pin->irq);
	pin->rests = false;
	return 0;
}

static bool more_than_one(unsigned flags)
{
	return flags & (flags - 1);
}

int fy_linux_gpio_set_mode(struct fy_gpio *pin, unsigned mode)
{
	int rc;

	if (more_than_one(mode & FY_GPIO_DRIVES) || more_than_one(mode & FY_GPIO_PULLS) ||
	    more_than_one(mode & (FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH)))
		return FY_ERR_INVALID;
	rc = set_pull(pin, mode);
	if (!rc)
		rc = set_drive(pin, mode);
	if (!rc)
		rc = set_direction(pin, mode);
	return rc;
}

int fy_linux_gpio_debounce(struct fy_gpio *pin, uint32_t us)
{
	return unsupported(gpiod_set_debounce(pin->desc, us));
}

int fy_linux_gpio_request_mode(struct fy_device *dev, const char *function, unsigned index,
			       unsigned mode, struct fy_gpio *pin)
{
	int rc = fy_linux_gpio_get(dev, function, index, GPIOD_ASIS, pin);

	if (rc)
		return rc;
	if (pin->may_sleep && !(mode & FY_GPIO_MAY_SLEEP))
		rc = FY_ERR_UNSUPPORTED;
	else
		rc = fy_linux_gpio_set_mode(pin, mode);
	if (rc)
		fy_linux_gpio_release(pin);
	return rc;
}
