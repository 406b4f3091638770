/* SPDX-License-Identifier: GPL-2.0-only */
/* For ports/common: what fy_gpio_set() needs. Nothing here: it calls the op. */
#ifndef FERRY_PORT_GPIO_STORE_H
#define FERRY_PORT_GPIO_STORE_H

#include <ferry/gpio.h>

static inline int fy_port_gpio_prepare(struct fy_gpio *pin, unsigned mode)
{
	(void)pin;
	(void)mode;
	return 0;
}

#endif
