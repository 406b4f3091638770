// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class led: a device of the kernel's class leds, which blinks by itself where the
 * driver can have it do so, and by the kernel's timer otherwise.
 */
#include <linux/leds.h>
#include <linux/slab.h>
#include <ferry/led.h>

#include "linux-error.h"

struct fy_linux_led {
	struct led_classdev classdev;
	struct fy_led *led;
	char name[64];
};

static struct fy_led *led_of(struct led_classdev *classdev)
{
	return container_of(classdev, struct fy_linux_led, classdev)->led;
}

static void set(struct led_classdev *classdev, enum led_brightness brightness)
{
	struct fy_led *led = led_of(classdev);

	led->ops->set(led->dev, led->index, brightness);
}

static int set_waiting(struct led_classdev *classdev, enum led_brightness brightness)
{
	struct fy_led *led = led_of(classdev);

	return fy_error_to_errno(led->ops->set(led->dev, led->index, brightness));
}

static int blink(struct led_classdev *classdev, unsigned long *on_ms, unsigned long *off_ms)
{
	struct fy_led *led = led_of(classdev);
	uint32_t on = *on_ms, off = *off_ms;
	int rc = led->ops->blink(led->dev, led->index, &on, &off);

	if (rc)
		return fy_error_to_errno(rc);
	*on_ms = on;
	*off_ms = off;
	return 0;
}

int fy_port_led_offer(struct fy_device *dev, struct fy_led *led, unsigned index, const char *name,
		      unsigned highest, const struct fy_led_ops *ops)
{
	struct fy_linux_led *port;
	int rc;

	if (!highest)
		return FY_ERR_INVALID;
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return FY_ERR_NO_MEMORY;
	led->dev = dev;
	led->ops = ops;
	led->index = index;
	led->highest = highest;
	led->port = port;
	port->led = led;
	strscpy(port->name,
		name	  ? name :
		dev->name ? dev->name :
			    KBUILD_MODNAME,
		sizeof(port->name));
	port->classdev.name = port->name;
	port->classdev.max_brightness = highest;
	if (ops->may_wait)
		port->classdev.brightness_set_blocking = set_waiting;
	else
		port->classdev.brightness_set = set;
	/* Triggers blink in any context: what may wait is done by the kernel's own work then. */
	if (ops->blink && !ops->may_wait)
		port->classdev.blink_set = blink;
	rc = led_classdev_register(dev->dev, &port->classdev);
	if (rc)
		kfree(port);
	return fy_error_from_errno(rc);
}

/* The class sets it to 0. */
void fy_port_led_withdraw(struct fy_led *led)
{
	struct fy_linux_led *port = led->port;

	led_classdev_unregister(&port->classdev);
	kfree(port);
}
