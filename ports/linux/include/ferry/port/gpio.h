/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/gpio.h>, consumer side: a GPIO descriptor. Setting and reading a pin is one
 * call of the kernel's; the rest is in ports/linux/linux-gpio.c, and in linux-gpio-mode.c and
 * linux-gpio-watch.c, which are only part of modules whose drivers use them.
 */
#ifndef FERRY_PORT_GPIO_H
#define FERRY_PORT_GPIO_H

#include <linux/gpio/consumer.h>
#include <linux/ktime.h>

struct fy_gpio {
	struct gpio_desc *desc;
	bool is_input;
	bool may_sleep;	    /* its controller does */
	bool rests;	    /* its watch, while it is an output */
	unsigned int drive; /* FY_GPIO_OPEN_DRAIN, ..., which the controller does not do itself */
	unsigned int irq;   /* 0: not watched */
	fy_gpio_handler *handler;
	void *arg;
	void (*unwatch)(struct fy_gpio *pin); /* of one that is or was watched */
};

int fy_linux_gpio_get(struct fy_device *dev, const char *function, unsigned index,
		      enum gpiod_flags flags, struct fy_gpio *pin);
int fy_linux_gpio_request(struct fy_device *dev, const char *function, unsigned index,
			  enum gpiod_flags flags, struct fy_gpio *pin);
int fy_linux_gpio_request_mode(struct fy_device *dev, const char *function, unsigned index,
			       unsigned mode, struct fy_gpio *pin);
void fy_linux_gpio_release(struct fy_gpio *pin);
int fy_linux_gpio_set_mode(struct fy_gpio *pin, unsigned mode);
int fy_linux_gpio_debounce(struct fy_gpio *pin, uint32_t us);
int fy_linux_gpio_write(const struct fy_gpio *pin, int level);
int fy_linux_gpio_read(const struct fy_gpio *pin);
int fy_linux_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels);
int fy_linux_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg);
void fy_linux_gpio_unwatch(struct fy_gpio *pin);

static __always_inline int fy_gpio_request_at(struct fy_device *dev, const char *function,
					      unsigned index, unsigned mode, struct fy_gpio *pin)
{
	static const enum gpiod_flags flags[] = {
		[FY_GPIO_IN] = GPIOD_IN,
		[FY_GPIO_OUT_LOW] = GPIOD_OUT_LOW,
		[FY_GPIO_OUT_HIGH] = GPIOD_OUT_HIGH,
	};

	if (__builtin_constant_p(mode) && mode <= FY_GPIO_OUT_HIGH)
		return fy_linux_gpio_request(dev, function, index, flags[mode], pin);
	return fy_linux_gpio_request_mode(dev, function, index, mode, pin);
}

static __always_inline int fy_gpio_request(struct fy_device *dev, const char *function,
					   unsigned mode, struct fy_gpio *pin)
{
	return fy_gpio_request_at(dev, function, 0, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	fy_linux_gpio_release(pin);
}

static inline int fy_gpio_set_mode(struct fy_gpio *pin, unsigned mode)
{
	return fy_linux_gpio_set_mode(pin, mode);
}

static inline int fy_gpio_debounce(struct fy_gpio *pin, uint32_t us)
{
	return fy_linux_gpio_debounce(pin, us);
}

static inline void fy_gpio_set(const struct fy_gpio *pin, int level)
{
	gpiod_set_value(pin->desc, level);
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return gpiod_get_value(pin->desc) > 0;
}

static inline int fy_gpio_write(const struct fy_gpio *pin, int level)
{
	return fy_linux_gpio_write(pin, level);
}

static inline int fy_gpio_read(const struct fy_gpio *pin)
{
	return fy_linux_gpio_read(pin);
}

static inline int fy_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels)
{
	return fy_linux_gpio_set_several(pins, count, levels);
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	return fy_linux_gpio_watch(pin, trigger, handler, arg);
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	fy_linux_gpio_unwatch(pin);
}

static inline uint64_t fy_gpio_event_time(const struct fy_gpio *pin)
{
	return ktime_get_ns();
}

#endif
