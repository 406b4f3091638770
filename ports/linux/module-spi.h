/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver of devices on an SPI bus: an spi_driver that matches the
 * `compatible` strings of devicetree nodes, and their second halves as the names by which the
 * kernel's SPI core knows devices. Included by a file that the build writes; see module-plain.h.
 */
#include <linux/spi/spi.h>

#include "module-device.h"

static struct spi_device_id fy_spi_ids[FY_COMPATIBLE_MAX + 1];

static void __init fy_fill_names(void)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++) {
		const char *compatible = FY_MODULE_DRIVER.compatible[i];
		const char *comma = strchr(compatible, ',');

		strscpy(fy_spi_ids[i].name, comma ? comma + 1 : compatible,
			sizeof(fy_spi_ids[0].name));
	}
}

/* What a device without a node is compatible with: that by whose name it was made. */
static const char *fy_compatible_by_name(const struct spi_device *spi)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++)
		if (!strcmp(fy_spi_ids[i].name, spi->modalias))
			return FY_MODULE_DRIVER.compatible[i];
	return NULL;
}

static int fy_spi_probe(struct spi_device *spi)
{
	struct fy_device *dev = fy_module_device(&spi->dev);

	if (!dev)
		return -ENOMEM;
	dev->compatible = fy_compatible_by_name(spi);
	return fy_error_to_errno(FY_MODULE_DRIVER.probe(dev));
}

static void fy_spi_remove(struct spi_device *spi)
{
	fy_module_remove(&spi->dev);
}
FY_DEFINE_REMOVE(fy_spi_remove, struct spi_device *)

static struct spi_driver fy_spi_driver = {
	.driver = {
		.name = KBUILD_MODNAME,
		.of_match_table = fy_of_match,
		.pm = FY_MODULE_PM,
	},
	.probe = fy_spi_probe,
	.remove = FY_REMOVE(struct spi_driver, fy_spi_remove),
	.id_table = fy_spi_ids,
};

static int __init fy_module_init(void)
{
	fy_fill_matches();
	fy_fill_names();
	return spi_register_driver(&fy_spi_driver);
}
module_init(fy_module_init);

static void __exit fy_module_exit(void)
{
	spi_unregister_driver(&fy_spi_driver);
}
module_exit(fy_module_exit);

MODULE_LICENSE("GPL");
