/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio for ports without a kernel's gpiolib: keeps track of the pins in use. A pin is on its
 * controller's list while it is in use; events of the pin go to the user that this list names.
 */
#ifndef PORTS_COMMON_GPIO_PINS_H
#define PORTS_COMMON_GPIO_PINS_H

#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>

/*
 * By the port: fy_port_enter(dev) and fy_port_leave(dev, before), around a call of an op of DEV's
 * driver, and around a change that its handlers must not see half done. The first returns what the
 * second gets back; pairs may be nested.
 */
#include <ferry/port/enter.h>

/* Who has pin NUMBER; NULL: nobody. */
struct fy_gpio *gpio_pin_user(const struct fy_gpio_controller *controller, unsigned number);
/*
 * Puts PIN, whose controller and number are set, on the controller's list. FY_ERR_BUSY: somebody
 * has that pin.
 */
int gpio_pin_claim(struct fy_gpio *pin);
/*
 * Takes pin NUMBER for a driver: the errors are those of fy_gpio_request(). CONTROLLER may be NULL:
 * FY_ERR_DEFER.
 */
int gpio_pin_request(struct fy_gpio_controller *controller, unsigned number, bool active_low,
		     unsigned mode, struct fy_gpio *pin);
/* FY_ERR_UNSUPPORTED: the controller has no pulls. Context: thread. */
int gpio_set_bias(struct fy_gpio *pin, enum fy_gpio_bias bias);

/* Around a call of an op, which may wait where the controller sleeps. */
uintptr_t gpio_enter_op(struct fy_gpio_controller *controller);
void gpio_leave_op(struct fy_gpio_controller *controller, uintptr_t before);

#endif
