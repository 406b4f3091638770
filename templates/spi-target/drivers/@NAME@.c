// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: a device on an SPI bus: a dimmer, whose level is set when the driver starts. Its
 * registers are an example: put those of your device in their place, and name its datasheet here.
 * It offers nothing yet; the headers of classes (<ferry/stream.h> and so on) tell what a driver
 * can offer.
 *
 *	make check
 *
 * Devicetree node: compatible = "vendor,@NAME@"; reg, its chip select;
 * spi-max-frequency; level, 0 to 255, at which it starts (128).
 */
#include <ferry/driver.h>
#include <ferry/spi-target.h>

#define MODE	 FY_SPI_MODE_0
#define SPEED_HZ 1000000 /* the fastest clock that it knows */

/* A transfer begins with the number of a register of 8 bits; READ_BIT makes it a read. */
#define READ_BIT 0x80u
#define LEVEL	 0x00
#define ID	 0x0f
#define ID_VALUE 0xa5

struct @SYMBOL@_state {
	struct fy_spi_target target;
};

static int write_register(struct @SYMBOL@_state *s, uint8_t reg, uint8_t value)
{
	const uint8_t bytes[] = { reg, value };

	return fy_spi_write(&s->target, bytes, sizeof(bytes));
}

static int check_id(struct fy_device *dev, struct @SYMBOL@_state *s)
{
	const uint8_t command = READ_BIT | ID;
	uint8_t id;
	int rc = fy_spi_write_read(&s->target, &command, 1, &id, 1);

	if (rc) {
		fy_error(dev, "cannot read its id: %s", fy_error_name(rc));
		return rc;
	}
	/* An SPI device cannot say that it is not there. */
	if (id != ID_VALUE) {
		fy_error(dev, "no such device is there: its id is 0x%02x", id);
		return FY_ERR_NOT_FOUND;
	}
	return 0;
}

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);
	uint32_t level = 128;
	int rc = fy_spi_target_get(dev, &s->target, MODE, 8, SPEED_HZ);

	if (!rc)
		rc = check_id(dev, s);
	if (rc)
		return rc;
	rc = fy_property_u32(dev, "level", &level);
	if (level > 255 || rc == FY_ERR_INVALID) {
		fy_error(dev, "property level: expected 0 to 255");
		return FY_ERR_INVALID;
	}
	rc = write_register(s, LEVEL, (uint8_t)level);
	if (rc)
		return rc;
	fy_info(dev, "level %u", level);
	return 0;
}

/* There is nothing to give back; the device is off when nobody drives it. */
static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);

	write_register(s, LEVEL, 0);
}

FY_DESCRIPTION("@NAME@");
FY_COMPATIBLE("vendor,@NAME@");
FY_SPI_TARGET;
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
