// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class gpio as a provider: a gpio_chip, and an irq_chip whose interrupts are the pins'
 * triggers. The names of the pins (gpio-line-names), their users and the counting of those are
 * gpiolib's.
 *
 * The ops run with whatever lock the kernel holds, raw ones too. That suits the contract: but for
 * set_bias and set_drive, which gpiolib calls when a pin is taken, they never wait. Those of a
 * controller that sleeps are called from threads, one at a time; what the kernel wants of its pins'
 * interrupts while it holds a lock is noted, and done when it gives the lock back.
 */
#include <linux/device.h>
#include <linux/irq.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/rcupdate.h>
#include <ferry/gpio-controller.h>

#include "kernel-compat.h"
#include "linux-error.h"

/* ---- Direction, level, pulls. ---- */

static void lock_ops(struct fy_gpio_controller *controller)
{
	if (controller->ops->may_sleep)
		mutex_lock(&controller->ops_mutex);
}

static void unlock_ops(struct fy_gpio_controller *controller)
{
	if (controller->ops->may_sleep)
		mutex_unlock(&controller->ops_mutex);
}

/* Calls an op, and returns its error as the kernel has it. */
#define OP(controller, op, ...)                                                \
	({                                                                     \
		int rc_;                                                       \
                                                                               \
		lock_ops(controller);                                          \
		rc_ = (controller)->ops->op((controller)->dev, ##__VA_ARGS__); \
		unlock_ops(controller);                                        \
		fy_error_to_errno(rc_);                                        \
	})

/* A pin that serves another peripheral has no direction. */
static int get_direction(struct gpio_chip *chip, unsigned pin)
{
	int output = OP((struct fy_gpio_controller *)gpiochip_get_data(chip), is_output, pin);

	if (output < 0)
		return output;
	return output ? GPIO_LINE_DIRECTION_OUT : GPIO_LINE_DIRECTION_IN;
}

static int direction_input(struct gpio_chip *chip, unsigned pin)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return OP(controller, set_input, pin);
}

static int direction_output(struct gpio_chip *chip, unsigned pin, int level)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return OP(controller, set_output, pin, level);
}

static int get(struct gpio_chip *chip, unsigned pin)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return OP(controller, get, pin);
}

static int set(struct gpio_chip *chip, unsigned pin, int level)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	if (controller->ops->may_sleep)
		return OP(controller, set_output, pin, level);
	controller->ops->set(controller->dev, pin, level);
	return 0;
}

/* 6.17 made them return an error. */
static void __maybe_unused set_void(struct gpio_chip *chip, unsigned pin, int level)
{
	set(chip, pin, level);
}

static u64 pins_of(const unsigned long *bits, unsigned count)
{
	u64 pins = bits[0];

	if (BITS_PER_LONG == 32 && count > 32)
		pins |= (u64)bits[1] << 32;
	return pins;
}

static int set_multiple(struct gpio_chip *chip, unsigned long *mask, unsigned long *bits)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);

	return OP(controller, set_several, pins_of(mask, chip->ngpio), pins_of(bits, chip->ngpio));
}

static void __maybe_unused set_multiple_void(struct gpio_chip *chip, unsigned long *mask,
					     unsigned long *bits)
{
	set_multiple(chip, mask, bits);
}

static int set_bias(struct fy_gpio_controller *controller, unsigned pin, enum fy_gpio_bias bias)
{
	return controller->ops->set_bias ? OP(controller, set_bias, pin, bias) : -EOPNOTSUPP;
}

static int set_drive(struct fy_gpio_controller *controller, unsigned pin, enum fy_gpio_drive drive)
{
	return controller->ops->set_drive ? OP(controller, set_drive, pin, drive) : -EOPNOTSUPP;
}

static int set_debounce(struct fy_gpio_controller *controller, unsigned pin, u32 us)
{
	return controller->ops->set_debounce ? OP(controller, set_debounce, pin, us) : -EOPNOTSUPP;
}

/* What cannot be set is -ENOTSUPP: gpiolib then does without, or does it itself (open drain). */
static int set_config(struct gpio_chip *chip, unsigned pin, unsigned long config)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(chip);
	int rc = -EOPNOTSUPP;

	switch (pinconf_to_config_param(config)) {
	case PIN_CONFIG_BIAS_DISABLE:
		rc = set_bias(controller, pin, FY_GPIO_BIAS_NONE);
		break;
	case PIN_CONFIG_BIAS_PULL_UP:
		rc = set_bias(controller, pin, FY_GPIO_BIAS_PULL_UP);
		break;
	case PIN_CONFIG_BIAS_PULL_DOWN:
		rc = set_bias(controller, pin, FY_GPIO_BIAS_PULL_DOWN);
		break;
	case PIN_CONFIG_DRIVE_PUSH_PULL:
		rc = set_drive(controller, pin, FY_GPIO_DRIVE_PUSH_PULL);
		break;
	case PIN_CONFIG_DRIVE_OPEN_DRAIN:
		rc = set_drive(controller, pin, FY_GPIO_DRIVE_OPEN_DRAIN);
		break;
	case PIN_CONFIG_DRIVE_OPEN_SOURCE:
		rc = set_drive(controller, pin, FY_GPIO_DRIVE_OPEN_SOURCE);
		break;
	case PIN_CONFIG_INPUT_DEBOUNCE:
		rc = set_debounce(controller, pin, pinconf_to_config_argument(config));
		break;
	default:
		break;
	}
	return rc == -EOPNOTSUPP ? -ENOTSUPP : rc;
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

/* ---- Those of a controller that sleeps: noted under the kernel's lock, done behind it. ---- */

static struct fy_gpio_controller *note_change(struct irq_data *data)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(irq_data_get_irq_chip_data(data));

	controller->changed |= 1ULL << irqd_to_hwirq(data);
	return controller;
}

static void sleeping_mask(struct irq_data *data)
{
	note_change(data)->unmasked &= ~(1ULL << irqd_to_hwirq(data));
	fy_gpiochip_disable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
}

static void sleeping_unmask(struct irq_data *data)
{
	fy_gpiochip_enable_irq(irq_data_get_irq_chip_data(data), irqd_to_hwirq(data));
	note_change(data)->unmasked |= 1ULL << irqd_to_hwirq(data);
}

static int sleeping_set_type(struct irq_data *data, unsigned type)
{
	note_change(data)->trigger[irqd_to_hwirq(data)] = trigger_of(type);
	return 0;
}

static void sleeping_lock(struct irq_data *data)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(irq_data_get_irq_chip_data(data));

	mutex_lock(&controller->irq_mutex);
}

/* Nobody is left to return an error to. */
static void sleeping_unlock(struct irq_data *data)
{
	struct fy_gpio_controller *controller = gpiochip_get_data(irq_data_get_irq_chip_data(data));

	for (; controller->changed; controller->changed &= controller->changed - 1) {
		unsigned pin = __ffs64(controller->changed);
		unsigned trigger = controller->unmasked >> pin & 1 ? controller->trigger[pin] :
								     FY_GPIO_TRIGGER_NONE;
		int rc = OP(controller, set_trigger, pin, trigger);

		if (rc)
			pr_err("pin %u cannot have trigger %u: error %d\n", pin, trigger, rc);
	}
	mutex_unlock(&controller->irq_mutex);
}

static const struct irq_chip sleeping_irqs = {
	.name = KBUILD_MODNAME,
	.irq_mask = sleeping_mask,
	.irq_unmask = sleeping_unmask,
	.irq_set_type = sleeping_set_type,
	.irq_bus_lock = sleeping_lock,
	.irq_bus_sync_unlock = sleeping_unlock,
	.flags = IRQCHIP_IMMUTABLE | IRQCHIP_MASK_ON_SUSPEND,
	GPIOCHIP_IRQ_RESOURCE_HELPERS,
};

/* ---- Both. ---- */

/* The controller's own interrupts are the driver's to attach; so the chip has no parents. */
static void add_irqs(struct fy_gpio_controller *controller)
{
	struct gpio_chip *chip = &controller->chip;

	chip->irq.threaded = controller->ops->may_sleep;
	fy_set_irq_chip(&chip->irq, controller->ops->may_sleep ? &sleeping_irqs : &pin_irqs,
			&controller->irqs);
	chip->irq.handler = handle_bad_irq;
	chip->irq.default_type = IRQ_TYPE_NONE;
}

static void pass_on_from_thread(struct fy_gpio_controller *controller, unsigned pin)
{
	mutex_lock(&controller->event_mutex);
	if (!controller->withdrawn && controller->chip.irq.domain)
		handle_nested_irq(irq_find_mapping(controller->chip.irq.domain, pin));
	mutex_unlock(&controller->event_mutex);
}

void fy_linux_gpio_event(struct fy_gpio_controller *controller, unsigned pin)
{
	unsigned long flags;

	if (controller->ops->may_sleep) {
		pass_on_from_thread(controller, pin);
		return;
	}
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
	if (ops->set_several && pins <= 64)
		chip->set_multiple =
			FY_BY_TYPE(struct gpio_chip, set_multiple, set_multiple, set_multiple_void);
	chip->set_config = set_config;
	chip->can_sleep = ops->may_sleep;
	mutex_init(&controller->ops_mutex);
	mutex_init(&controller->irq_mutex);
	mutex_init(&controller->event_mutex);
	if (ops->set_trigger && !(ops->may_sleep && pins > ARRAY_SIZE(controller->trigger)))
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
	mutex_lock(&controller->event_mutex);
	WRITE_ONCE(controller->withdrawn, true);
	mutex_unlock(&controller->event_mutex);
	synchronize_rcu(); /* events run with interrupts off, so they are over now */
	gpiochip_remove(&controller->chip);
}
