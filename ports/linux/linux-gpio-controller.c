// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a provider: a gpio_chip, and an irq_chip whose interrupts are the pins'
 * triggers. The names of the pins (gpio-line-names), their users and the counting of those are
 * gpiolib's.
 *
 * The ops run with whatever lock the kernel holds, raw ones too. That suits the contract: but for
 * set_bias, which gpiolib calls when a pin is taken, they never wait.
 */
#include <linux/device.h>
#include <linux/irq.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/rcupdate.h>
#include <ferry/gpio-controller.h>

#include "kernel-compat.h"
#include "linux-error.h"

/* ---- Direction, level, pulls. ---- */

/* A pin that serves another peripheral has no direction. */
static int get_direction(struct gpio_chip *chip, unsigned pin)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);
	int output = controller->ops->is_output(controller->dev, pin);

	if (output < 0)
		return fy_error_to_errno(output);
	return output ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned pin)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return fy_error_to_errno(controller->ops->set_input(controller->dev, pin));
}

static int direction_output(struct gpio_chip *chip, unsigned pin, int level)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return fy_error_to_errno(controller->ops->set_output(controller->dev, pin, level));
}

static int get(struct gpio_chip *chip, unsigned pin)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return fy_error_to_errno(controller->ops->get(controller->dev, pin));
}

static int set(struct gpio_chip *chip, unsigned pin, int level)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	controller->ops->set(controller->dev, pin, level);
	return 0;
}

/* 6.17 made it return an error. */
static void __maybe_unused set_void(struct gpio_chip *chip, unsigned pin, int level)
{
	set(chip, pin, level);
}

/* What cannot be set is -ENOTSUPP: gpiolib then does without, or does it itself (open drain). */
static int set_config(struct gpio_chip *chip, unsigned pin, unsigned long config)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);
	enum fy_gpio_bias bias;
	int rc;

	switch (pinconf_to_config_param(config)) {
	case PIN_CONFIG_BIAS_DISABLE:
		bias = FY_GPIO_BIAS_NONE;
		break;
	case PIN_CONFIG_BIAS_PULL_UP:
		bias = FY_GPIO_BIAS_PULL_UP;
		break;
	case PIN_CONFIG_BIAS_PULL_DOWN:
		bias = FY_GPIO_BIAS_PULL_DOWN;
		break;
	default:
		return -ENOTSUPP;
	}
	if (!controller->ops->set_bias)
		return -ENOTSUPP;
	rc = controller->ops->set_bias(controller->dev, pin, bias);
	return rc == FY_ERR_UNSUPPORTED ? -ENOTSUPP : fy_error_to_errno(rc);
}

/* ---- Interrupts. ---- */

#ifdef CONFIG_GPIOLIB_IRQCHIP

static unsigned trigger_of(unsigned type)
{
	return (type & IRQ_TYPE_EDGE_RISING ? FY_GPIO_TRIGGER_RISING : 0) |
	       (type & IRQ_TYPE_EDGE_FALLING ? FY_GPIO_TRIGGER_FALLING : 0) |
	       (type & IRQ_TYPE_LEVEL_HIGH ? FY_GPIO_TRIGGER_HIGH : 0) |
	       (type & IRQ_TYPE_LEVEL_LOW ? FY_GPIO_TRIGGER_LOW : 0);
}

static int set_trigger(struct irq_data *data, unsigned trigger)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(irq_data_get_irq_chip_data(data));

	return controller->ops->set_trigger(controller->dev, irqd_to_hwirq(data), trigger);
}

/* The driver clears an edge before it reports it. */
static void irq_ack(struct irq_data *data)
{
}

static void irq_mask(struct irq_data *data)
{
	set_trigger(data, FY_GPIO_TRIGGER_NONE);
	fy_gpiochip_disable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
}

static void irq_unmask(struct irq_data *data)
{
	fy_gpiochip_enable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
	set_trigger(data, trigger_of(irqd_get_trigger_type(data)));
}

/* Only a try shows whether the controller supports it. A masked interrupt stays masked. */
static int irq_set_type(struct irq_data *data, unsigned type)
{
	int rc = set_trigger(data, trigger_of(type));

	if (rc)
		return rc == FY_ERR_UNSUPPORTED ? -EINVAL : fy_error_to_errno(rc);
	if (irqd_irq_masked(data))
		set_trigger(data, FY_GPIO_TRIGGER_NONE);
	if (type & IRQ_TYPE_LEVEL_MASK)
		irq_set_handler_locked(data, handle_level_irq);
	else if (type & IRQ_TYPE_EDGE_BOTH)
		irq_set_handler_locked(data, handle_edge_irq);
	else
		irq_set_handler_locked(data, handle_bad_irq);
	return 0;
}

static const struct irq_chip pin_irqs = {
	.name = KBUILD_MODNAME,
	.irq_ack = irq_ack,
	.irq_mask = irq_mask,
	.irq_unmask = irq_unmask,
	.irq_set_type = irq_set_type,
	.flags = IRQCHIP_IMMUTABLE | IRQCHIP_MASK_ON_SUSPEND,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

/* The controller's own interrupts are the driver's to attach; so the chip has no parents. */
static void add_irqs(struct fy_gpio_controller *controller)
{
	struct gpio_chip *chip = &controller->chip;

	fy_set_irq_chip(&chip->irq, &pin_irqs, &controller->irqs);
	chip->irq.handler = handle_bad_irq;
	chip->irq.default_type = IRQ_TYPE_NONE;
}

void fy_linux_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!READ_ONCE(controller->withdrawn) && controller->chip.irq.domain)
		generic_handle_domain_irq(controller->chip.irq.domain, pin);
	local_irq_restore(flags);
}

#else

static void add_irqs(struct fy_gpio_controller *controller)
{
}

void fy_linux_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
}

#endif

/* ---- The controller. ---- */

int fy_linux_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
			const struct fy_gpio_ops *ops)
{
	struct gpio_chip *chip = &controller->chip;
	int rc;

	*controller = (struct fy_gpio_controller){ .dev = dev, .ops = ops };
	chip->label = dev->dev ? dev_name(dev->dev) : dev->name;
	chip->parent = dev->dev;
	chip->owner = THIS_MODULE;
	chip->base = -1;
	chip->ngpio = pins;
	chip->get_direction = get_direction;
	chip->direction_input = direction_input;
	chip->direction_output = direction_output;
	chip->get = get;
	chip->set = FY_BY_TYPE(struct gpio_chip, set, set, set_void);
	chip->set_config = set_config;
	if (ops->set_trigger)
		add_irqs(controller);
	rc = gpiochip_add_data(chip, controller);
	if (rc)
		controller->withdrawn = true;
	return fy_error_from_errno(rc);
}

/*
 * A module with pins in use stays loaded, but its device may be taken away (unbind): who has a pin
 * then gets errors.
 */
void fy_linux_gpio_withdraw(struct fy_gpio_controller *controller)
{
	if (controller->withdrawn || !controller->ops)
		return;
	WRITE_ONCE(controller->withdrawn, true);
	synchronize_rcu(); /* events run with interrupts off, so they are over now */
	gpiochip_remove(&controller->chip);
}
