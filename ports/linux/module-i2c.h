/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver of devices on an I2C bus: an i2c_driver that matches the
 * `compatible` strings of devicetree nodes, and their second halves as the names that a
 * "new_device" of sysfs has. Included by a file that the build writes; see module-plain.h.
 */
#include <linux/i2c.h>

#include "module-device.h"

static struct i2c_device_id fy_i2c_ids[FY_COMPATIBLE_MAX + 1];

static void __init fy_fill_names(void)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++) {
		const char *compatible = FY_MODULE_DRIVER.compatible[i];
		const char *comma = strchr(compatible, ',');

		strscpy(fy_i2c_ids[i].name, comma ? comma + 1 : compatible,
			sizeof(fy_i2c_ids[0].name));
	}
}

/* What a device without a node is compatible with: that by whose name it was made. */
static const char *fy_compatible_by_name(const struct i2c_client *client)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++)
		if (!strcmp(fy_i2c_ids[i].name, client->name))
			return FY_MODULE_DRIVER.compatible[i];
	return NULL;
}

static int fy_i2c_probe(struct i2c_client *client)
{
	struct fy_device *dev = fy_module_device(&client->dev);

	if (!dev)
		return -ENOMEM;
	dev->compatible = fy_compatible_by_name(client);
	return fy_error_to_errno(FY_MODULE_DRIVER.probe(dev));
}
FY_DEFINE_I2C_PROBE(fy_i2c_probe)

static void fy_i2c_remove(struct i2c_client *client)
{
	fy_module_remove(&client->dev);
}
FY_DEFINE_REMOVE(fy_i2c_remove, struct i2c_client *)

static struct i2c_driver fy_i2c_driver = {
	.driver = {
		.name = KBUILD_MODNAME,
		.of_match_table = fy_of_match,
		.pm = FY_MODULE_PM,
	},
	.probe = FY_I2C_PROBE(fy_i2c_probe),
	.remove = FY_REMOVE(struct i2c_driver, fy_i2c_remove),
	.id_table = fy_i2c_ids,
};

static int __init fy_module_init(void)
{
	fy_fill_matches();
	fy_fill_names();
	return i2c_add_driver(&fy_i2c_driver);
}
module_init(fy_module_init);

static void __exit fy_module_exit(void)
{
	i2c_del_driver(&fy_i2c_driver);
}
module_exit(fy_module_exit);

MODULE_LICENSE("GPL");
