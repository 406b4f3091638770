/* SPDX-License-Identifier: GPL-2.0-only */
static const struct of_device_id only_ids[] = {
	{ .compatible = "demo,only" },
	{ }
};
