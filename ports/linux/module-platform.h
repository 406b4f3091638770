/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: a module for a driver that serves devicetree nodes: a platform driver that matches
 * its `compatible` strings and, for PrimeCells of Arm's, a driver of the kernel's bus for those.
 * Included by a file that the build writes; see module-plain.h.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/platform_device.h>

#include "module-device.h"

/* WINDOW is the device's first one, or NULL. */
static int fy_module_probe(struct device *parent, struct resource *window)
{
	struct fy_device *dev = fy_module_device(parent);

	if (!dev)
		return -ENOMEM;
#ifdef FERRY_IO_H
	dev->registers = devm_ioremap_resource(parent, window);
	if (IS_ERR(dev->registers))
		return PTR_ERR(dev->registers);
#endif
	return fy_error_to_errno(FY_MODULE_DRIVER.probe(dev));
}

/* ---- The platform bus. ---- */

static int fy_platform_probe(struct platform_device *pdev)
{
	return fy_module_probe(&pdev->dev, platform_get_resource(pdev, IORESOURCE_MEM, 0));
}

static void fy_platform_remove(struct platform_device *pdev)
{
	fy_module_remove(&pdev->dev);
}
FY_DEFINE_REMOVE(fy_platform_remove, struct platform_device *)

static struct platform_driver fy_platform_driver = {
	.driver = {
		.name = KBUILD_MODNAME,
		.of_match_table = fy_of_match,
		.pm = FY_MODULE_PM,
	},
	.probe = fy_platform_probe,
	.remove = FY_REMOVE(struct platform_driver, fy_platform_remove),
};

/* ---- The bus of Arm's PrimeCells, which takes the nodes that say arm,primecell as well. ---- */

#if defined(FY_MODULE_PRIMECELLS) && defined(CONFIG_ARM_AMBA)
#include <linux/amba/bus.h>

static const struct amba_id fy_primecells[] = { FY_MODULE_PRIMECELLS, {} };

static int fy_primecell_probe(struct amba_device *adev, const struct amba_id *id)
{
	return fy_module_probe(&adev->dev, &adev->res);
}

static void fy_primecell_remove(struct amba_device *adev)
{
	fy_module_remove(&adev->dev);
}
FY_DEFINE_REMOVE(fy_primecell_remove, struct amba_device *)

static struct amba_driver fy_primecell_driver = {
	.drv = {
		.name = KBUILD_MODNAME,
		.owner = THIS_MODULE,
		.pm = FY_MODULE_PM,
	},
	.id_table = fy_primecells,
	.probe = fy_primecell_probe,
	.remove = FY_REMOVE(struct amba_driver, fy_primecell_remove),
};

static inline int fy_primecell_register(void)
{
	return amba_driver_register(&fy_primecell_driver);
}

static inline void fy_primecell_unregister(void)
{
	amba_driver_unregister(&fy_primecell_driver);
}
#else
static inline int fy_primecell_register(void)
{
	return 0;
}

static inline void fy_primecell_unregister(void)
{
}
#endif

/* ---- The module. ---- */

static int __init fy_module_init(void)
{
	int rc;

	fy_fill_matches();
	rc = platform_driver_register(&fy_platform_driver);
	if (rc)
		return rc;
	rc = fy_primecell_register();
	if (rc)
		platform_driver_unregister(&fy_platform_driver);
	return rc;
}
module_init(fy_module_init);

static void __exit fy_module_exit(void)
{
	fy_primecell_unregister();
	platform_driver_unregister(&fy_platform_driver);
}
module_exit(fy_module_exit);

MODULE_LICENSE("GPL");
