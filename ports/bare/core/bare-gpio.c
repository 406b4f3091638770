// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class gpio: controllers that drivers offer, and how drivers and the app come to their pins. Who
 * has which is in ports/common/gpio-pins.c.
 */
#include <ferry/app.h>

#include "core.h"
#include "bare-tree.h"
#include "gpio-pins.h"
#include "list.h"

static struct fy_gpio_controller *controllers; /* the first one offered first */

/* ---- Providers ---- */

int fy_port_gpio_offer(struct fy_device *dev, struct fy_gpio_controller *controller, unsigned pins,
		       const struct fy_gpio_ops *ops)
{
	*controller = (struct fy_gpio_controller){ .dev = dev, .ops = ops, .pins = pins };
	fy_mutex_init(&controller->ops_mutex);
	list_append(&controllers, controller);
	return 0;
}

void fy_port_gpio_withdraw(struct fy_gpio_controller *controller)
{
	list_remove(&controllers, controller);
}

struct fy_gpio_controller *bare_gpio_controller(const char *name)
{
	struct fy_gpio_controller *controller = controllers;

	while (controller && name && !bare_device_is(controller->dev, name))
		controller = controller->next;
	return controller;
}

/* ---- Consumers ---- */

volatile uint32_t bare_no_register;

/* The driver's flags of a group count more than those of the devicetree. */
static unsigned with_flags(unsigned mode, unsigned flags)
{
	if (mode & FY_GPIO_DRIVES)
		flags &= ~(unsigned)FY_GPIO_DRIVES;
	if (mode & FY_GPIO_PULLS)
		flags &= ~(unsigned)FY_GPIO_PULLS;
	return mode | flags;
}

/* That of a node of the devicetree. */
static struct fy_gpio_controller *controller_of(uint32_t tree_node)
{
	struct fy_gpio_controller *controller = controllers;

	while (controller && controller->dev->tree_node != tree_node)
		controller = controller->next;
	return controller;
}

int fy_gpio_take(const char *name, unsigned number, bool active_low, enum fy_gpio_mode mode,
		 struct fy_gpio *pin)
{
	return gpio_pin_request(bare_gpio_controller(name), number, active_low, mode, pin);
}

int fy_gpio_take_led(struct fy_gpio *pin)
{
	if (bare_board.led_pin < 0)
		return FY_ERR_NOT_FOUND;
	return fy_gpio_take(NULL, (unsigned)bare_board.led_pin, bare_board.led_active_low,
			    FY_GPIO_OUT_LOW, pin);
}

int fy_port_gpio_request(struct fy_device *dev, const char *function, unsigned index, unsigned mode,
			 struct fy_gpio *pin)
{
	const struct bare_pin *wired = dev->node ? dev->node->pins : NULL;
	struct tree_pin named;
	int rc = dev->tree_node ?
			 tree_pin(bare_firmware_tree(), dev->tree_node, function, index, &named) :
			 FY_ERR_NOT_FOUND;

	if (!rc)
		return gpio_pin_request(controller_of(named.controller), named.pin,
					named.active_low, with_flags(mode, named.flags), pin);
	if (rc != FY_ERR_NOT_FOUND)
		return rc;
	for (; wired && wired->function; wired++)
		if (bare_text_equal(wired->function, function) && !index--)
			return fy_gpio_take(wired->controller, wired->pin, wired->active_low,
					    (enum fy_gpio_mode)mode, pin);
	return FY_ERR_NOT_FOUND;
}

int fy_port_gpio_get(const struct fy_gpio *pin)
{
	return (pin->controller->ops->get(pin->controller->dev, pin->pin) > 0) != pin->active_low;
}

bool bare_gpio_force(unsigned pin, int level)
{
	if (!controllers || pin >= controllers->pins)
		return false;
	controllers->ops->set_output(controllers->dev, pin, level);
	return true;
}
