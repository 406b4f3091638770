// SPDX-License-Identifier: GPL-2.0-only
/* Which drivers serve the nodes of a devicetree: its compatibles, looked up in those of drivers. */
#include "pick/devicetree.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "pick/sources.h"

/* The drivers that are for one device. */
struct served {
	struct pick_list drivers;
};

struct index {
	struct arena arena;
	struct names by_compatible; /* to struct served */
	const struct pick_list *all;
	const struct pick_config *config; /* or NULL */
};

/* --- Drivers by what they are for --- */

static int add(struct index *index, const char *compatible, struct pick_driver *driver)
{
	void **place = names_add(&index->by_compatible, compatible, strlen(compatible));
	struct pick_driver **added;
	struct served *served;

	if (place && !*place)
		*place = arena_alloc(&index->arena, sizeof(*served));
	if (!place || !*place)
		return -1;
	served = *place;
	added = ARRAY_ADD(served->drivers.driver, served->drivers.count);
	if (!added)
		return -1;
	*added = driver;
	return 0;
}

/* Whether the driver is in a folder of an architecture that the configuration is not for. */
static bool is_foreign(const struct index *index, const struct pick_driver *driver)
{
	const char *arch = index->config ? index->config->arch : NULL;
	size_t len = arch ? strlen(arch) : 0;

	return arch && !strncmp(driver->folder, "arch/", 5) &&
	       (strncmp(driver->folder + 5, arch, len) != 0 || driver->folder[5 + len] != '/');
}

static int make_index(struct index *index, const struct pick_list *list)
{
	index->all = list;
	for (size_t i = 0; i < list->count; i++) {
		const struct driver_facts *facts = list->driver[i]->facts;

		for (const struct scan_id *id = facts ? facts->ids : NULL; id; id = id->next)
			if (id->bus == SCAN_OF && !is_foreign(index, list->driver[i]) &&
			    add(index, id->text, list->driver[i]) < 0)
				return -1;
	}
	return 0;
}

static void index_free(struct index *index)
{
	for (size_t i = 0; i < index->by_compatible.room; i++)
		if (index->by_compatible.slot[i].value)
			pick_list_free(
				&((struct served *)index->by_compatible.slot[i].value)->drivers);
	names_free(&index->by_compatible);
	arena_free(&index->arena);
}

/* --- Nodes --- */

static int add_driver(struct pick_node *node, struct pick_driver *driver)
{
	struct pick_driver **added = ARRAY_ADD(node->drivers.driver, node->drivers.count);

	if (!added)
		return -1;
	*added = driver;
	return 0;
}

/*
 * The number of ARM's own devices ends in that of their name: pl061 is 0x00041061. A node may tell
 * another one.
 */
static int find_amba(const struct index *index, struct pick_node *node, const void *dtb, int offset,
		     const char *compatible)
{
	const fdt32_t *told = fdt_getprop(dtb, offset, "arm,primecell-periphid", NULL);
	char id[32];

	if (told)
		snprintf(id, sizeof(id), "amba:%08x", fdt32_to_cpu(*told));
	else if ((!strncmp(compatible, "arm,pl", 6) || !strncmp(compatible, "arm,sp", 6)) &&
		 strspn(compatible + 6, "0123456789") == 3)
		snprintf(id, sizeof(id), "amba:00041%.3s", compatible + 6);
	else
		return 0;
	for (size_t i = 0; i < index->all->count; i++)
		if (pick_has_id(index->all->driver[i], id) &&
		    add_driver(node, index->all->driver[i]) < 0)
			return -1;
	return 0;
}

/* Those that the configuration builds come first. */
static void sort_built(struct pick_node *node, const struct pick_config *config)
{
	size_t built = 0;

	for (size_t i = 0; i < node->drivers.count; i++) {
		struct pick_driver *driver = node->drivers.driver[i];

		if (*pick_config_state(config, driver) == 'n')
			continue;
		memmove(node->drivers.driver + built + 1, node->drivers.driver + built,
			(i - built) * sizeof(struct pick_driver *));
		node->drivers.driver[built++] = driver;
	}
}

static int find_drivers(const struct index *index, struct pick_node *node, const void *dtb,
			int offset, struct arena *arena)
{
	bool primecell = fdt_stringlist_search(dtb, offset, "compatible", "arm,primecell") >= 0;
	int count = fdt_stringlist_count(dtb, offset, "compatible");

	for (int i = 0; i < count && !node->drivers.count; i++) {
		int len;
		const char *one = fdt_stringlist_get(dtb, offset, "compatible", i, &len);
		const struct served *served;

		if (!one)
			break;
		served = names_find(&index->by_compatible, one, (size_t)len);
		for (size_t k = 0; served && k < served->drivers.count; k++)
			if (add_driver(node, served->drivers.driver[k]) < 0)
				return -1;
		if (!served && primecell && find_amba(index, node, dtb, offset, one) < 0)
			return -1;
		if (node->drivers.count)
			node->matched = arena_copy(arena, one, (size_t)len);
	}
	if (index->config)
		sort_built(node, index->config);
	return 0;
}

static const char *join_compatibles(const void *dtb, int offset, struct arena *arena)
{
	int len;
	const char *list = fdt_getprop(dtb, offset, "compatible", &len);
	char *copy = list && len > 0 ? arena_copy(arena, list, (size_t)len - 1) : NULL;

	for (int i = 0; copy && i + 1 < len; i++)
		if (!copy[i])
			copy[i] = ' ';
	return copy;
}

static int add_node(struct pick_nodes *nodes, struct pick_node ***last, const struct index *index,
		    const void *dtb, int offset)
{
	struct pick_node *node = arena_alloc(&nodes->arena, sizeof(*node));
	const char *status = fdt_getprop(dtb, offset, "status", NULL);
	char path[1024];

	if (!node)
		return -1;
	**last = node;
	*last = &node->next;
	if (fdt_get_path(dtb, offset, path, sizeof(path)) < 0)
		snprintf(path, sizeof(path), "%s", fdt_get_name(dtb, offset, NULL));
	node->path = arena_copy(&nodes->arena, path, strlen(path));
	node->compatible = join_compatibles(dtb, offset, &nodes->arena);
	node->disabled = status && strcmp(status, "okay") != 0 && strcmp(status, "ok") != 0;
	if (!node->path || !node->compatible)
		return -1;
	return find_drivers(index, node, dtb, offset, &nodes->arena);
}

int pick_nodes_read(struct pick_nodes *nodes, const void *dtb, size_t len, const char *path,
		    const struct pick_list *list, const struct pick_config *config,
		    struct error *err)
{
	struct pick_node **last = &nodes->first;
	struct index index = { .config = config };
	int offset, depth = 0, result;

	*nodes = (struct pick_nodes){ 0 };
	if (fdt_check_full(dtb, len) < 0)
		return error_set(err, "%s: no devicetree", path);
	result = make_index(&index, list);
	/* The root's compatible is the machine's. */
	for (offset = fdt_next_node(dtb, 0, &depth); offset >= 0 && depth > 0 && result == 0;
	     offset = fdt_next_node(dtb, offset, &depth))
		if (fdt_getprop(dtb, offset, "compatible", NULL))
			result = add_node(nodes, &last, &index, dtb, offset);
	index_free(&index);
	return result < 0 ? error_set(err, "out of memory") : 0;
}

void pick_nodes_free(struct pick_nodes *nodes)
{
	for (struct pick_node *node = nodes->first; node; node = node->next)
		pick_list_free(&node->drivers);
	nodes->first = NULL;
	arena_free(&nodes->arena);
}
