// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices: each one of the board's table that a driver of the build serves, and one for each driver that serves no table
 * entry. A driver whose provider is not there yet asks to be probed again; that goes on as long as it helps.
 */
#include "core.h"

#define DEVICES 32

static struct fy_device devices[DEVICES];
static unsigned device_count;

/* The devicetree's property, if the firmware gave one with a node for the device; else the board's. */
int bare_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	const struct bare_property *property = dev->node ? dev->node->properties : NULL;
	int rc = dev->node ? bare_firmware_property(dev->node->compatible, name, value) : FY_ERR_NOT_FOUND;

	if (rc != FY_ERR_NOT_FOUND)
		return rc;
	for (; property && property->name; property++) {
		if (bare_text_equal(property->name, name)) {
			*value = property->value;
			return 0;
		}
	}
	return FY_ERR_NOT_FOUND;
}

bool bare_is_compatible(struct fy_device *dev, const char *compatible)
{
	return dev->node && bare_text_equal(dev->node->compatible, compatible);
}

static bool serves(const struct fy_driver *driver, const struct bare_device *node)
{
	for (const char *const *compatible = driver->compatible; compatible && *compatible; compatible++)
		if (bare_text_equal(*compatible, node->compatible))
			return true;
	return false;
}

static void add(const struct fy_driver *driver, const struct bare_device *node)
{
	if (device_count == DEVICES)
		bare_panic(BARE_CODE_PANIC, "more than %d devices", DEVICES);
	devices[device_count++] = (struct fy_device){
		.registers = node ? node->registers : 0,
		.driver = driver,
		.node = node,
	};
}

static void find_devices(const struct fy_driver *driver)
{
	if (!driver->compatible) {
		add(driver, NULL);
		return;
	}
	for (const struct bare_device *node = bare_devices; node->name; node++)
		if (serves(driver, node))
			add(driver, node);
}

static int probe(struct fy_device *dev)
{
	if (dev->driver->state_size && !dev->state) {
		dev->state = bare_memory(dev->driver->state_size);
		if (!dev->state)
			return FY_ERR_NO_MEMORY;
	}
	/* Zero again for a probe that comes again. */
	__builtin_memset(dev->state, 0, dev->driver->state_size);
	return dev->driver->probe(dev);
}

/* Probes those that are not running, in order. Returns whether one more is running. */
static bool probe_round(void)
{
	bool progress = false;

	for (struct fy_device *dev = devices; dev < devices + device_count; dev++) {
		int rc;

		if (dev->running || !dev->driver)
			continue;
		rc = probe(dev);
		if (rc == FY_ERR_DEFER)
			continue;
		if (rc) {
			bare_log(dev, "probe: error %d", rc);
			dev->driver = NULL;
			continue;
		}
		dev->running = true;
		progress = true;
	}
	return progress;
}

void bare_probe(void)
{
	for (const struct fy_driver *const *driver = bare_drivers; *driver; driver++)
		find_devices(*driver);
	while (probe_round())
		;
	for (struct fy_device *dev = devices; dev < devices + device_count; dev++)
		if (dev->driver && !dev->running)
			bare_log(dev, "not started: what it needs is not there (is its driver in APP_DRIVERS?)");
}
