// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a consumer: pins through gpiolib's descriptors, their events as
 * interrupts.
 */
#include <linux/err.h>
#include <linux/interrupt.h>
#include <ferry/gpio.h>

#include "linux-error.h"

int fy_linux_gpio_request(struct fy_device *dev, const char *function, enum fy_gpio_mode mode,
			  struct fy_gpio *pin)
{
	static const enum gpiod_flags flags[] = {
		[FY_GPIO_IN] = GPIOD_IN,
		[FY_GPIO_OUT_LOW] = GPIOD_OUT_LOW,
		[FY_GPIO_OUT_HIGH] = GPIOD_OUT_HIGH,
	};
	struct gpio_desc *desc;

	if (!dev->dev)
		return FY_ERR_NOT_FOUND;
	desc = gpiod_get(dev->dev, function, flags[mode]);
	if (IS_ERR(desc))
		return fy_error_from_errno(PTR_ERR(desc));
	if (gpiod_cansleep(desc)) {
		gpiod_put(desc);
		return FY_ERR_UNSUPPORTED;
	}
	*pin = (struct fy_gpio){ .desc = desc, .is_input = mode == FY_GPIO_IN };
	return 0;
}

void fy_linux_gpio_release(struct fy_gpio *pin)
{
	fy_linux_gpio_unwatch(pin);
	if (pin->desc)
		gpiod_put(pin->desc);
	pin->desc = NULL;
}

static irqreturn_t handle_event(int irq, void *arg)
{
	struct fy_gpio *pin = arg;

	pin->handler(pin->arg);
	return IRQ_HANDLED;
}

/* The kernel's flags for a physical trigger; 0: it has none for it. */
static unsigned long flags_of(unsigned trigger)
{
	static const unsigned long flags[] = {
		[FY_GPIO_TRIGGER_RISING] = IRQF_TRIGGER_RISING,
		[FY_GPIO_TRIGGER_FALLING] = IRQF_TRIGGER_FALLING,
		[FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING] =
			IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING,
		[FY_GPIO_TRIGGER_HIGH] = IRQF_TRIGGER_HIGH,
		[FY_GPIO_TRIGGER_LOW] = IRQF_TRIGGER_LOW,
	};

	return trigger < ARRAY_SIZE(flags) ? flags[trigger] : 0;
}

int fy_linux_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg)
{
	unsigned long flags;
	int irq, rc;

	if (!pin->is_input || !trigger || trigger & ~FY_GPIO_TRIGGER_ALL)
		return FY_ERR_INVALID;
	if (pin->irq)
		return FY_ERR_BUSY;
	flags = flags_of(gpiod_is_active_low(pin->desc) ? fy_gpio_trigger_invert(trigger) :
							  trigger);
	irq = gpiod_to_irq(pin->desc);
	if (!flags || irq <= 0)
		return FY_ERR_UNSUPPORTED;
	pin->handler = handler;
	pin->arg = arg;
	rc = request_irq(irq, handle_event, flags | IRQF_NO_THREAD, KBUILD_MODNAME, pin);
	/* the chip's refusal of a trigger is EINVAL, which would blame the caller */
	if (rc)
		return rc == -EINVAL ? FY_ERR_UNSUPPORTED : fy_error_from_errno(rc);
	pin->irq = irq;
	return 0;
}

void fy_linux_gpio_unwatch(struct fy_gpio *pin)
{
	if (pin->irq)
		free_irq(pin->irq, pin);
	pin->irq = 0;
}
