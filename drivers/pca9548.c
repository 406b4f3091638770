// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * pca9548: a switch that connects an I2C bus with one of 8 further ones (Texas Instruments
 * TCA9548A, SCPS207, section 8.5; NXP PCA9548A), and its smaller kin, the PCA9546 (4) and PCA9543
 * (2).
 *
 *	make program DRIVER=pca9548
 *	printf 'transfer 0x70 r1\nscan\n' | output/user/pca9548 --model --shell
 *
 * Devicetree node: compatible = "nxp,pca9548", `reg`; a node for each channel, `reg` being its
 * number. The device's one register has a bit for each channel; it takes effect at the STOP.
 */
#include <ferry/driver.h>
#include <ferry/i2c-mux.h>
#include <ferry/i2c-target.h>

static const struct kind {
	const char *compatible;
	unsigned channels;
} kinds[] = {
	{ "nxp,pca9548", 8 },
	{ "ti,tca9548a", 8 },
	{ "nxp,pca9546", 4 },
	{ "nxp,pca9543", 2 },
};

struct pca9548 {
	struct fy_i2c_target target;
	struct fy_i2c_mux mux;
};

static int set_channels(struct pca9548 *c, uint8_t bits)
{
	return fy_i2c_write(&c->target, &bits, 1);
}

static int pca9548_select(struct fy_device *dev, unsigned channel)
{
	return set_channels(fy_state(dev), (uint8_t)(1u << channel));
}

static const struct fy_i2c_mux_ops ops = {
	.select = pca9548_select,
};

static int pca9548_probe(struct fy_device *dev)
{
	struct pca9548 *c = fy_state(dev);
	unsigned channels = 8;
	int rc = fy_i2c_target_get(dev, &c->target);

	if (rc)
		return rc;
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (fy_is_compatible(dev, kinds[i].compatible))
			channels = kinds[i].channels;
	rc = set_channels(c, 0);
	if (rc) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&c->target),
			 fy_error_name(rc));
		return rc;
	}
	return fy_i2c_mux_offer(dev, &c->target, &c->mux, channels, &ops);
}

static void pca9548_remove(struct fy_device *dev)
{
	struct pca9548 *c = fy_state(dev);

	fy_i2c_mux_withdraw(&c->mux);
	set_channels(c, 0);
}

FY_DESCRIPTION("PCA9548 I2C switch");
FY_COMPATIBLE("nxp,pca9548", "ti,tca9548a", "nxp,pca9546", "nxp,pca9543");
FY_I2C_TARGET;
FY_NEEDS_CONTRACT(2);
FY_DRIVER(pca9548) = {
	.name = "pca9548",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pca9548),
	.probe = pca9548_probe,
	.remove = pca9548_remove,
};
