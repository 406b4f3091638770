/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/gpio.h> where no kernel has the class, but for setting a pin, which each port does in its
 * own way: included by the port's header behind its struct fy_gpio, which has these members.
 */
#ifndef FERRY_PORT_GPIO_PIN_H
#define FERRY_PORT_GPIO_PIN_H

int fy_port_gpio_request(struct fy_device *dev, const char *function, unsigned index, unsigned mode,
			 struct fy_gpio *pin);
void fy_port_gpio_release(struct fy_gpio *pin);
int fy_port_gpio_set_mode(struct fy_gpio *pin, unsigned mode);
int fy_port_gpio_debounce(struct fy_gpio *pin, uint32_t us);
int fy_port_gpio_get(const struct fy_gpio *pin);
int fy_port_gpio_write(const struct fy_gpio *pin, int level);
int fy_port_gpio_read(const struct fy_gpio *pin);
int fy_port_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels);
int fy_port_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler, void *arg);
void fy_port_gpio_unwatch(struct fy_gpio *pin);
uint64_t fy_port_gpio_event_time(const struct fy_gpio *pin);

static inline int fy_gpio_request(struct fy_device *dev, const char *function, unsigned mode,
				  struct fy_gpio *pin)
{
	return fy_port_gpio_request(dev, function, 0, mode, pin);
}

static inline int fy_gpio_request_at(struct fy_device *dev, const char *function, unsigned index,
				     unsigned mode, struct fy_gpio *pin)
{
	return fy_port_gpio_request(dev, function, index, mode, pin);
}

static inline void fy_gpio_release(struct fy_gpio *pin)
{
	fy_port_gpio_release(pin);
}

static inline int fy_gpio_set_mode(struct fy_gpio *pin, unsigned mode)
{
	return fy_port_gpio_set_mode(pin, mode);
}

static inline int fy_gpio_debounce(struct fy_gpio *pin, uint32_t us)
{
	return fy_port_gpio_debounce(pin, us);
}

static inline int fy_gpio_get(const struct fy_gpio *pin)
{
	return fy_port_gpio_get(pin);
}

static inline int fy_gpio_write(const struct fy_gpio *pin, int level)
{
	return fy_port_gpio_write(pin, level);
}

static inline int fy_gpio_read(const struct fy_gpio *pin)
{
	return fy_port_gpio_read(pin);
}

static inline int fy_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels)
{
	return fy_port_gpio_set_several(pins, count, levels);
}

static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg)
{
	return fy_port_gpio_watch(pin, trigger, handler, arg);
}

static inline void fy_gpio_unwatch(struct fy_gpio *pin)
{
	fy_port_gpio_unwatch(pin);
}

static inline uint64_t fy_gpio_event_time(const struct fy_gpio *pin)
{
	return fy_port_gpio_event_time(pin);
}

#endif
