// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: the pins of a GPIO controller. Its registers are those of an imaginary device: put those
 * of yours in their place, here and in tests/model.h, from its manual.
 *
 *	make check	# on the model of the device
 *
 * Devicetree node (put your own name in place of "example"):
 *	compatible = "example,@NAME@";
 *	reg = <...>;
 *
 * A controller that raises interrupts has an op set_trigger as well: Ferry's drivers/pl061.c shows
 * how.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/io.h>
#include <ferry/irq.h>

#define PINS 16

/* A bit for each pin. */
#define DIR   0x00 /* 1 output, 0 input; reset: all inputs */
#define LEVEL 0x04 /* the level at the pin, read only */
/* 1 makes an output high, write only; an input keeps it for when it becomes one */
#define SET   0x08
#define CLEAR 0x0c /* 1 makes it low, write only */

struct @SYMBOL@_state {
	struct fy_gpio_controller controller;
	struct fy_lock lock; /* of DIR, which all pins share */
};

static void @SYMBOL@_set(struct fy_device *dev, unsigned pin, int level)
{
	fy_write32(dev, level ? SET : CLEAR, 1u << pin);
}

/* So that a port can set a pin with one store, and no call. */
static void @SYMBOL@_fast_set(struct fy_device *dev, unsigned pin, struct fy_gpio_fast_set *fast)
{
	fast->high_offset = SET;
	fast->low_offset = CLEAR;
	fast->high_value = fast->low_value = 1u << pin;
}

static int @SYMBOL@_get(struct fy_device *dev, unsigned pin)
{
	return (fy_read32(dev, LEVEL) >> pin) & 1;
}

static void set_direction(struct fy_device *dev, unsigned pin, bool output)
{
	struct @SYMBOL@_state *state = fy_state(dev);
	fy_irqflags flags = fy_lock(&state->lock);
	uint32_t dir = fy_read32(dev, DIR);

	fy_write32(dev, DIR, output ? dir | 1u << pin : dir & ~(1u << pin));
	fy_unlock(&state->lock, flags);
}

static int @SYMBOL@_set_input(struct fy_device *dev, unsigned pin)
{
	set_direction(dev, pin, false);
	return 0;
}

/* The level first: the pin has it from its first moment as an output. */
static int @SYMBOL@_set_output(struct fy_device *dev, unsigned pin, int level)
{
	@SYMBOL@_set(dev, pin, level);
	set_direction(dev, pin, true);
	return 0;
}

static int @SYMBOL@_is_output(struct fy_device *dev, unsigned pin)
{
	return (fy_read32(dev, DIR) >> pin) & 1;
}

static const struct fy_gpio_ops @SYMBOL@_ops = {
	.set_input = @SYMBOL@_set_input,
	.set_output = @SYMBOL@_set_output,
	.is_output = @SYMBOL@_is_output,
	.get = @SYMBOL@_get,
	.set = @SYMBOL@_set,
	.fast_set = @SYMBOL@_fast_set,
};

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);
	int rc;

	fy_lock_init(&state->lock);
	rc = fy_gpio_offer(dev, &state->controller, PINS, &@SYMBOL@_ops);
	if (rc) {
		fy_error(dev, "cannot offer %d pins: %s", PINS, fy_error_name(rc));
		return rc;
	}
	fy_info(dev, "%d pins", PINS);
	return 0;
}

static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);

	fy_gpio_withdraw(&state->controller);
}

FY_DESCRIPTION("@NAME@");
FY_COMPATIBLE("example,@NAME@");
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
