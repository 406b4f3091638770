// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: a device on an I2C bus: a dimmer, whose level is set when the driver starts. Its
 * registers are an example: put those of your device in their place, and name its datasheet here.
 * It offers nothing yet; the headers of classes (<ferry/stream.h> and so on) tell what a driver
 * can offer.
 *
 *	make check
 *
 * Devicetree node: compatible = "vendor,@NAME@"; reg, its address on the bus; level, 0 to 255, at
 * which it starts (128).
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>

/* Registers of 8 bits */
#define LEVEL	 0x00
#define ID	 0x0f
#define ID_VALUE 0xa5

struct @SYMBOL@_state {
	struct fy_i2c_target target;
};

static int check_id(struct fy_device *dev, struct @SYMBOL@_state *s)
{
	int id = fy_i2c_read8(&s->target, ID);

	if (id < 0) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&s->target),
			 fy_error_name(id));
		return id;
	}
	if (id != ID_VALUE) {
		fy_error(dev, "another device is at address 0x%02x: its id is 0x%02x",
			 fy_i2c_address(&s->target), (unsigned)id);
		return FY_ERR_UNSUPPORTED;
	}
	return 0;
}

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);
	uint32_t level = 128;
	int rc = fy_i2c_target_get(dev, &s->target);

	if (!rc)
		rc = check_id(dev, s);
	if (rc)
		return rc;
	rc = fy_property_u32(dev, "level", &level);
	if (level > 255 || rc == FY_ERR_INVALID) {
		fy_error(dev, "property level: expected 0 to 255");
		return FY_ERR_INVALID;
	}
	rc = fy_i2c_write8(&s->target, LEVEL, (uint8_t)level);
	if (rc)
		return rc;
	fy_info(dev, "level %u", level);
	return 0;
}

/* There is nothing to give back; the device is off when nobody drives it. */
static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *s = fy_state(dev);

	fy_i2c_write8(&s->target, LEVEL, 0);
}

FY_DESCRIPTION("@NAME@");
FY_COMPATIBLE("vendor,@NAME@");
FY_I2C_TARGET;
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.compatible = fy_compatible,
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
