// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * 74hc595: a chain of shift registers of eight outputs each, as pins (Nexperia 74HC595, sections 7
 * and 11): its SHCP is the clock of an SPI bus, DS the controller's output, STCP the chip select.
 *
 *	make program DRIVER=74hc595
 *	printf 'set 3 1\nget 3\n' | output/user/74hc595 --model --shell
 *
 * Devicetree node: compatible = "fairchild,74hc595"; `reg`; `registers-number`, of the chain (1, at
 * the most 8); `lines-initial-states`, the outputs at first, a bit each (0). Pin 0 is Q0 of the
 * register next to the controller.
 *
 * Nothing can be read from the device, so the driver keeps what it has written.
 */
#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/spi-target.h>

#define REGISTERS_MAX 8
#define SPEED_HZ      5000000

struct hc595 {
	struct fy_spi_target target;
	struct fy_gpio_controller controller;
	uint32_t registers;
	uint64_t levels; /* a bit for each pin */
};

/* What is sent first ends in the last register. The copy is what is known to be there. */
static int write_levels(struct hc595 *h, uint64_t levels)
{
	uint8_t bytes[REGISTERS_MAX];
	int rc;

	for (uint32_t i = 0; i < h->registers; i++)
		bytes[i] = (uint8_t)(levels >> 8 * (h->registers - 1 - i));
	rc = fy_spi_write(&h->target, bytes, h->registers);
	if (!rc)
		h->levels = levels;
	return rc;
}

/* ---- Class gpio; these are called one at a time ---- */

static int set_input(struct fy_device *dev, unsigned pin)
{
	(void)dev;
	(void)pin;
	return FY_ERR_UNSUPPORTED;
}

static int set_several(struct fy_device *dev, uint64_t pins, uint64_t levels)
{
	struct hc595 *h = fy_state(dev);
	uint64_t wanted = (h->levels & ~pins) | (levels & pins);

	return wanted == h->levels ? 0 : write_levels(h, wanted);
}

static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	return set_several(dev, 1ull << pin, level ? 1ull << pin : 0);
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	(void)dev;
	(void)pin;
	return 1;
}

static int get(struct fy_device *dev, unsigned pin)
{
	const struct hc595 *h = fy_state(dev);

	return (int)(h->levels >> pin & 1);
}

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set_several = set_several,
	.may_sleep = true,
};

/* ---- Coming and going ---- */

static int hc595_probe(struct fy_device *dev)
{
	struct hc595 *h = fy_state(dev);
	uint32_t levels = 0;
	int rc;

	h->registers = 1;
	fy_property_u32(dev, "registers-number", &h->registers);
	fy_property_u32(dev, "lines-initial-states", &levels);
	if (!h->registers || h->registers > REGISTERS_MAX) {
		fy_error(dev, "registers-number is %u; possible are 1 to %d", h->registers,
			 REGISTERS_MAX);
		return FY_ERR_INVALID;
	}
	rc = fy_spi_target_get(dev, &h->target, FY_SPI_MODE_0, 8, SPEED_HZ);
	if (rc)
		return rc;
	rc = write_levels(h, levels);
	if (rc) {
		fy_error(dev, "cannot write its outputs: error %d", rc);
		return rc;
	}
	rc = fy_gpio_offer(dev, &h->controller, 8 * h->registers, &ops);
	if (rc)
		fy_error(dev, "cannot offer %u pins: error %d", 8 * h->registers, rc);
	else
		fy_info(dev, "%u pins", 8 * h->registers);
	return rc;
}

static void hc595_remove(struct fy_device *dev)
{
	struct hc595 *h = fy_state(dev);

	fy_gpio_withdraw(&h->controller);
}

FY_DESCRIPTION("Shift registers 74HC595 as GPIO outputs");
FY_COMPATIBLE("fairchild,74hc595", "nxp,74lvc594");
FY_SPI_TARGET;
FY_DRIVER(74hc595) = {
	.name = "74hc595",
	.compatible = fy_compatible,
	.state_size = sizeof(struct hc595),
	.probe = hc595_probe,
	.remove = hc595_remove,
};
