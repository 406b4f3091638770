/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: all that differs between the kernels it is built for, Linux 5.10 to the newest. The
 * port is written for the newest one; what an older one lacks is here, under the newest one's name,
 * and what changed its type is chosen here by that type.
 *
 * Ask the headers, not the version, where they can tell: a macro by #ifdef, a header by
 * __has_include, the type of a struct's member by FY_BY_TYPE. Only what no header tells goes by
 * number, as a macro, so that a distribution which has taken the newer function into its older
 * kernel does no harm. Each difference names the release that made it. No other file knows
 * LINUX_VERSION_CODE (tests/tree.t).
 *
 * Macros are preferred: they need no header of the kernel's here, and cost nothing unused. What
 * does need one stands at the end, under the header of the contract that brings it.
 */
#ifndef PORTS_LINUX_KERNEL_COMPAT_H
#define PORTS_LINUX_KERNEL_COMPAT_H

#include <linux/compiler.h>
#include <linux/version.h>

/*
 * Of functions A and B, the one whose type the member MEMBER of TYPE has; an error of the
 * compiler's where it has neither. A constant: good for a static initializer.
 */
#define FY_BY_TYPE(type, member, a, b) \
	_Generic(((type *)NULL)->member, typeof(&(a)) : (a), typeof(&(b)) : (b))

/*
 * A driver's remove() returned an int, which meant nothing, and returns nothing since 5.12 (amba),
 * 5.18 (spi), 6.1 (i2c), 6.11 (platform). After
 *	FY_DEFINE_REMOVE(remove, struct platform_device *)
 * a driver has
 *	.remove = FY_REMOVE(struct platform_driver, remove),
 */
#define FY_DEFINE_REMOVE(function, argument)                   \
	static int __maybe_unused function##_int(argument arg) \
	{                                                      \
		function(arg);                                 \
		return 0;                                      \
	}
#define FY_REMOVE(type, function) FY_BY_TYPE(type, remove, function, function##_int)

/*
 * An i2c_driver's probe() was given an entry of its table, too, until 6.3. As above:
 *	FY_DEFINE_I2C_PROBE(probe)
 *	.probe = FY_I2C_PROBE(probe),
 */
#define FY_DEFINE_I2C_PROBE(function)                                           \
	static int __maybe_unused function##_id(struct i2c_client *client,      \
						const struct i2c_device_id *id) \
	{                                                                       \
		return function(client);                                        \
	}
#define FY_I2C_PROBE(function) FY_BY_TYPE(struct i2c_driver, probe, function, function##_id)

/* What a call returns that returned nothing before some release: then 0. */
#define FY_INT_RESULT(call) \
	__builtin_choose_expr(__builtin_types_compatible_p(typeof(call), void), ((call), 0), (call))

/* Took a class of devices to look for, too, until 6.10. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#undef i2c_mux_add_adapter
#define i2c_mux_add_adapter(core, number, channel) i2c_mux_add_adapter(core, number, channel, 0)
#endif

/* Takes the callback as well since 6.13; hrtimer_init() is gone since 6.15. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#undef hrtimer_setup
#define hrtimer_setup(timer, callback, clock, mode)    \
	do {                                           \
		struct hrtimer *fy_hrtimer = (timer);  \
                                                       \
		hrtimer_init(fy_hrtimer, clock, mode); \
		fy_hrtimer->function = (callback);     \
	} while (0)
#endif

/* The number of a target's chip select, the first since there may be several (6.8). */
#define FY_SPI_CHIP_SELECT(spi) (*(const u8 *)&(spi)->chip_select)

/* 5.11: exported; before, only what it looks at is in the headers. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#undef irq_check_status_bit
#define irq_check_status_bit(irq, mask) \
	(irq_data_to_desc(irq_get_irq_data(irq))->status_use_accessors & (mask))
#endif

/* 5.15 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 15, 0)
#undef generic_handle_domain_irq
#define generic_handle_domain_irq(domain, hwirq) generic_handle_irq(irq_find_mapping(domain, hwirq))
#endif

/* Channels of struct iio_info have labels since 5.11. FY_IIO_READ_LABEL(f) sets the member. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#define FY_IIO_READ_LABEL(function)
#else
#define FY_IIO_READ_LABEL(function) .read_label = (function),
#endif

/* Which numbers a pwm_chip gets is the class's affair since 5.13. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 13, 0)
#define FY_PWM_ANY_BASE(chip) ((chip)->base = -1)
#else
#define FY_PWM_ANY_BASE(chip) ((void)(chip))
#endif

/* A pwm_chip is allocated by its class since 6.9; before, its ops have the owner. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 9, 0)
#define FY_PWM_OWNER .owner = THIS_MODULE,
#define fy_pwmchip_alloc(parent, count, size)                                              \
	({                                                                                 \
		struct pwm_chip *fy_chip = kzalloc(sizeof(*fy_chip) + (size), GFP_KERNEL); \
                                                                                           \
		if (fy_chip) {                                                             \
			fy_chip->dev = (parent);                                           \
			fy_chip->npwm = (count);                                           \
			FY_PWM_ANY_BASE(fy_chip);                                          \
		}                                                                          \
		fy_chip ? fy_chip : ERR_PTR(-ENOMEM);                                      \
	})
#define fy_pwmchip_priv(chip) ((void *)((chip) + 1))
#define fy_pwmchip_put(chip)  kfree(chip)
#else
#define FY_PWM_OWNER
#define fy_pwmchip_alloc(parent, count, size) pwmchip_alloc(parent, count, size)
#define fy_pwmchip_priv(chip)		      pwmchip_get_drvdata(chip)
#define fy_pwmchip_put(chip)		      pwmchip_put(chip)
#endif

/* A net_device's address is constant, and set by this function, since 5.15. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 15, 0)
#define fy_eth_hw_addr_set(netdev, address) ether_addr_copy((netdev)->dev_addr, address)
#else
#define fy_eth_hw_addr_set(netdev, address) eth_hw_addr_set(netdev, address)
#endif

/* A name of 5.11. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
#undef devm_rtc_register_device
#define devm_rtc_register_device(rtc) rtc_register_device(rtc)
#endif

/* For drivers without FY_DESCRIPTION: after 6.12 modpost warns of a module that has none. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
#define FY_DEFAULT_DESCRIPTION(text)
#else
#define FY_DEFAULT_DESCRIPTION(text) MODULE_DESCRIPTION(text);
#endif

#endif

/* ---- <ferry/gpio-controller.h> ---- */

#if defined(FERRY_GPIO_CONTROLLER_H) && !defined(PORTS_LINUX_KERNEL_COMPAT_GPIO)
#define PORTS_LINUX_KERNEL_COMPAT_GPIO
#include <linux/gpio/driver.h>

/*
 * Since 5.19 a gpio_chip's irq_chip is constant, and tells gpiolib itself when a pin's interrupt is
 * masked. Before, gpiolib writes into the irq_chip of each gpio_chip, so each has a copy, to get to
 * know that.
 */
#ifdef GPIOCHIP_IRQ_RESOURCE_HELPERS
struct fy_irq_chip_copy {
};
#define fy_set_irq_chip(girq, irqs, copy) gpio_irq_chip_set_chip(girq, irqs)
#define fy_gpiochip_disable_irq		  gpiochip_disable_irq
#define fy_gpiochip_enable_irq		  gpiochip_enable_irq
#else
struct fy_irq_chip_copy {
	struct irq_chip chip;
};
#define GPIOCHIP_IRQ_RESOURCE_HELPERS .irq_request_resources = NULL
#define IRQCHIP_IMMUTABLE	      0
#define fy_set_irq_chip(girq, irqs, copy)     \
	do {                                  \
		(copy)->chip = *(irqs);       \
		(girq)->chip = &(copy)->chip; \
	} while (0)
#define fy_gpiochip_disable_irq(chip, hwirq) ((void)(chip))
#define fy_gpiochip_enable_irq(chip, hwirq)  ((void)(chip))
#endif

#endif
