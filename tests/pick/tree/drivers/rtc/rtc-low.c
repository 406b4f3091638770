// SPDX-License-Identifier: GPL-2.0-only
#include <linux/i2c.h>
#define DRV_NAME "rtc-" "low"

static const struct of_device_id __maybe_unused low_of_match[] = {
	{ .compatible = "demo,low" },
#ifdef CONFIG_DEMO
	{ .compatible = "demo,lower", .data = (void *)1 },
#endif
	{ /* sentinel */ }
};
static const struct i2c_device_id low_id[] = { { "low", 0 }, { .name = "lower" }, { } };
static const struct acpi_device_id low_acpi[] = { { "DEMO0001", 0 }, { "", 0 } };
static struct platform_driver low_driver = {
	.probe = low_probe,
	.driver = {
		.name = DRV_NAME,
		.of_match_table = low_of_match,
	},
};
MODULE_ALIAS("spi:low-spi");
