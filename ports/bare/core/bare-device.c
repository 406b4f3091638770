// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Devices. First each one of the board's table that a driver of the build serves; in the firmware's
 * devicetree, where there is one, its node is that with the same `compatible` and address, and adds
 * to it or turns it off. Then each further node of the devicetree that a driver serves. A driver
 * without `compatible` has one device, or as many as the times it is in the table of drivers. A
 * driver whose provider is not there yet asks to be probed
 * again; that goes on as long as it helps.
 */
#include <ferry/property.h>

#include "core.h"
#include "bare-tree.h"

#define DEVICES 32

static struct fy_device devices[DEVICES];
static unsigned device_count;
static unsigned probes; /* that succeeded */

/* ---- What drivers ask ---- */

bool fy_port_is_compatible(struct fy_device *dev, const char *compatible)
{
	return (dev->node && bare_text_equal(dev->node->compatible, compatible)) ||
	       (dev->tree_node && devicetree_has_text(bare_firmware_tree(), dev->tree_node,
						      "compatible", compatible));
}

/* ---- What devices there are ---- */

/* NULL: there is no room for one more. */
static struct fy_device *add(const struct fy_driver *driver)
{
	if (device_count == DEVICES)
		return NULL;
	devices[device_count].driver = driver;
	return &devices[device_count++];
}

static bool is_device(uint32_t tree_node)
{
	for (unsigned i = 0; i < device_count; i++)
		if (devices[i].tree_node == tree_node)
			return true;
	return false;
}

/*
 * Finds the node of a device of the board's table. Returns false: it says that the device is not to
 * be used.
 */
static bool find_node(struct fy_device *dev)
{
	const struct devicetree *tree = bare_firmware_tree();
	struct devicetree_walk at;
	uint64_t address;
	uint32_t number;

	if (!tree)
		return true;
	for (devicetree_walk(&at, tree); devicetree_next(&at);) {
		if (!devicetree_has_text(tree, at.node, "compatible", dev->node->compatible) ||
		    is_device(at.node))
			continue;
		if (dev->registers &&
		    !(devicetree_address(&at, &address) && address == dev->registers))
			continue;
		if (dev->node->bus &&
		    !(devicetree_number(&at, &number) && number == dev->node->address))
			continue;
		dev->tree_node = at.node;
		return devicetree_enabled(&at);
	}
	return true;
}

static void add_from_table(const struct fy_driver *driver, const struct bare_device *node)
{
	struct fy_device *dev = add(driver);

	if (!dev)
		bare_panic(BARE_CODE_PANIC, "more than %d devices", DEVICES);
	dev->node = node;
	dev->registers = node->registers;
	__builtin_memcpy(dev->irqs, node->irqs, sizeof(dev->irqs));
	if (!find_node(dev))
		dev->driver = NULL;
}

static bool serves(const struct fy_driver *driver, const struct bare_device *node)
{
	for (const char *const *compatible = driver->compatible; compatible && *compatible;
	     compatible++)
		if (bare_text_equal(*compatible, node->compatible))
			return true;
	return false;
}

/* A driver that two lists name is in the table twice. */
static bool is_repeated(const struct fy_driver *const *driver)
{
	for (const struct fy_driver *const *before = bare_drivers; before < driver; before++)
		if (*before == *driver)
			return true;
	return false;
}

static void find_in_table(const struct fy_driver *driver, const struct bare_device *table)
{
	for (const struct bare_device *node = table; node && node->name; node++)
		if (serves(driver, node))
			add_from_table(driver, node);
}

static void find_in_tables(const struct fy_driver *driver)
{
	if (!driver->compatible) {
		if (!add(driver))
			bare_panic(BARE_CODE_PANIC, "more than %d devices", DEVICES);
		return;
	}
	find_in_table(driver, bare_devices);
	find_in_table(driver, bare_app_devices);
}

static const struct fy_driver *driver_of(const struct devicetree_walk *at)
{
	for (const struct fy_driver *const *driver = bare_drivers; *driver; driver++)
		for (const char *const *compatible = (*driver)->compatible;
		     compatible && *compatible; compatible++)
			if (devicetree_has_text(at->tree, at->node, "compatible", *compatible))
				return *driver;
	return NULL;
}

static bool in_device_memory(uint64_t address)
{
	for (const struct bare_region *r = bare_regions; r->size; r++)
		if (r->device && address - r->start < r->size)
			return true;
	return false;
}

/*
 * A node with registers that the port cannot reach is left out: it is on a bus that is not known
 * here, or not of this board.
 */
static void add_from_tree(const struct fy_driver *driver, const struct devicetree_walk *at)
{
	struct fy_device *dev;
	uint64_t address = 0;
	uint32_t len, number = 0;
	const bool on_bus = devicetree_number(at, &number);

	if (!on_bus && devicetree_property(at->tree, at->node, "reg", &len) &&
	    !(devicetree_address(at, &address) && in_device_memory(address)))
		return;
	dev = add(driver);
	if (!dev) {
		bare_log(NULL, "%s: left out, more than %d devices", driver->name, DEVICES);
		return;
	}
	dev->tree_node = at->node;
	dev->registers = (uintptr_t)address;
	dev->tree_parent = on_bus ? at->path[at->depth - 2] : 0;
	dev->address = number;
	tree_interrupts(at, dev->irqs, sizeof(dev->irqs) / sizeof(dev->irqs[0]));
}

static void find_in_tree(void)
{
	const struct devicetree *tree = bare_firmware_tree();
	const struct fy_driver *driver;
	struct devicetree_walk at;

	if (!tree)
		return;
	for (devicetree_walk(&at, tree); devicetree_next(&at);)
		if ((driver = driver_of(&at)) && !is_device(at.node) && devicetree_enabled(&at))
			add_from_tree(driver, &at);
}

/* ---- Their numbers and names ---- */

static void name_devices(const struct fy_driver *driver)
{
	unsigned count = 0;

	for (struct fy_device *dev = devices; dev < devices + device_count; dev++)
		if (dev->driver == driver)
			dev->index = count++;
	for (struct fy_device *dev = devices; dev < devices + device_count; dev++) {
		if (dev->driver != driver)
			continue;
		dev->numbered = count > 1;
		bare_device_name(dev);
	}
	if (!count)
		bare_log(NULL, "no device for %s on this board (compatible: %s)", driver->name,
			 driver->compatible[0]);
}

/* ---- Starting them ---- */

/* A probe that fails gives the memory for its device back. */
static int probe(struct fy_device *dev)
{
	size_t dma_used = bare_dma_used;
	int rc;

	if (dev->state) {
		/* a probe that comes again */
		__builtin_memset(dev->state, 0, dev->driver->state_size);
	} else if (dev->driver->state_size) {
		dev->state = bare_memory(dev->driver->state_size);
		if (!dev->state)
			return FY_ERR_NO_MEMORY;
	}
	rc = dev->driver->probe(dev);
	if (rc)
		bare_dma_used = dma_used;
	return rc;
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
			bare_log(dev, "probe: %s", fy_error_name(rc));
			dev->driver = NULL;
			continue;
		}
		dev->running = true;
		dev->probed = ++probes;
		progress = true;
	}
	return progress;
}

struct fy_device *bare_device_next(const struct fy_device *dev, bool backwards)
{
	unsigned next =
		backwards ? (dev ? dev->probed : probes + 1) - 1 : (dev ? dev->probed : 0) + 1;

	for (struct fy_device *found = devices; found < devices + device_count; found++)
		if (next && found->probed == next)
			return found;
	return NULL;
}

void bare_probe(void)
{
	for (const struct fy_driver *const *driver = bare_drivers; *driver; driver++)
		if (!(*driver)->compatible || !is_repeated(driver))
			find_in_tables(*driver);
	find_in_tree();
	for (const struct fy_driver *const *driver = bare_drivers; *driver; driver++)
		if (!is_repeated(driver))
			name_devices(*driver);
	while (probe_round())
		;
	for (struct fy_device *dev = devices; dev < devices + device_count; dev++)
		if (dev->driver && !dev->running)
			bare_log(dev, "not started: what it needs is not there (is its driver in "
				      "APP_DRIVERS?)");
}
