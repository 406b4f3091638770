// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a consumer: the events of pins as interrupts. Part of the modules of
 * drivers that watch pins: scripts/make-module.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <ferry/gpio.h>

#include "linux-error.h"

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
	pin->rests = false;
	/* so that nothing is kept for later that happens while the watch rests */
	irq_set_status_flags(irq, IRQ_DISABLE_UNLAZY);
	if (pin->may_sleep)
		rc = request_any_context_irq(irq, handle_event, flags, KBUILD_MODNAME, pin);
	else
		rc = request_irq(irq, handle_event, flags | IRQF_NO_THREAD, KBUILD_MODNAME, pin);
	if (rc > 0)
		rc = 0;
	if (rc)
		irq_clear_status_flags(irq, IRQ_DISABLE_UNLAZY);
	/* the chip's refusal of a trigger is EINVAL, which would blame the caller */
	if (rc)
		return rc == -EINVAL ? FY_ERR_UNSUPPORTED : fy_error_from_errno(rc);
	pin->irq = irq;
	pin->unwatch = fy_linux_gpio_unwatch;
	return 0;
}

void fy_linux_gpio_unwatch(struct fy_gpio *pin)
{
	if (!pin->irq)
		return;
	free_irq(pin->irq, pin);
	irq_clear_status_flags(pin->irq, IRQ_DISABLE_UNLAZY);
	pin->irq = 0;
	pin->rests = false;
}
