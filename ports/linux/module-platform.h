/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver that serves devicetree nodes: a platform driver that matches its `compatible` strings.
 * Included by a file that the build writes; see module-plain.h.
 */
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#include "error.h"

#define FY_COMPATIBLE_MAX 8

static struct of_device_id fy_of_match[FY_COMPATIBLE_MAX + 1];

static int fy_module_probe(struct platform_device *pdev)
{
	struct fy_device *dev = devm_kzalloc(&pdev->dev, sizeof(*dev), GFP_KERNEL);
	int rc;

	if (!dev)
		return -ENOMEM;
	dev->dev = &pdev->dev;
	if (FY_MODULE_DRIVER.state_size) {
		dev->state = devm_kzalloc(&pdev->dev, FY_MODULE_DRIVER.state_size, GFP_KERNEL);
		if (!dev->state)
			return -ENOMEM;
	}
	platform_set_drvdata(pdev, dev);
	rc = FY_MODULE_DRIVER.probe(dev);
	return fy_error_to_errno(rc);
}

static void fy_module_remove(struct platform_device *pdev)
{
	if (FY_MODULE_DRIVER.remove)
		FY_MODULE_DRIVER.remove(platform_get_drvdata(pdev));
}

static struct platform_driver fy_platform_driver = {
	.driver = {
		.name = KBUILD_MODNAME,
		.of_match_table = fy_of_match,
	},
	.probe = fy_module_probe,
	.remove = fy_module_remove,
};

static int __init fy_module_init(void)
{
	for (int i = 0; i < FY_COMPATIBLE_MAX && FY_MODULE_DRIVER.compatible[i]; i++)
		strscpy(fy_of_match[i].compatible, FY_MODULE_DRIVER.compatible[i], sizeof(fy_of_match[i].compatible));
	return platform_driver_register(&fy_platform_driver);
}
module_init(fy_module_init);

static void __exit fy_module_exit(void)
{
	platform_driver_unregister(&fy_platform_driver);
}
module_exit(fy_module_exit);

MODULE_LICENSE("GPL");
