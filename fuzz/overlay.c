// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes devicetree overlays and parameters. The input is a list of parameters ("pin=4,on"), a zero
 * byte, and a devicetree that is taken as an overlay first and as a base with parameters of its own
 * second. What comes out must be sound.
 */
#include <libfdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot/overlay.h"
#include "boot/parameter.h"

static uint8_t base_blob[2048];

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int rc)
{
	if (rc < 0)
		abort();
}

/* A base with the labels gpio and uart0 (without a phandle), and aliases. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	void *fdt = base_blob;

	check(fdt_create(fdt, sizeof(base_blob)));
	check(fdt_finish_reservemap(fdt));
	check(fdt_begin_node(fdt, ""));
	check(fdt_begin_node(fdt, "aliases"));
	check(fdt_property_string(fdt, "serial0", "/soc/serial"));
	check(fdt_end_node(fdt));
	check(fdt_begin_node(fdt, "chosen"));
	check(fdt_property_string(fdt, "bootargs", "quiet"));
	check(fdt_end_node(fdt));
	check(fdt_begin_node(fdt, "soc"));
	check(fdt_begin_node(fdt, "gpio"));
	check(fdt_property_u32(fdt, "phandle", 1));
	check(fdt_end_node(fdt));
	check(fdt_begin_node(fdt, "serial"));
	check(fdt_end_node(fdt));
	check(fdt_end_node(fdt));
	check(fdt_begin_node(fdt, "__symbols__"));
	check(fdt_property_string(fdt, "gpio", "/soc/gpio"));
	check(fdt_property_string(fdt, "uart0", "/soc/serial"));
	check(fdt_end_node(fdt));
	check(fdt_end_node(fdt));
	check(fdt_finish(fdt));
	return 0;
}

static void set_parameters(struct devicetree *tree, const char *list)
{
	char *copy = strdup(list), *rest = copy, *name, *value;
	struct error err;

	while ((name = strsep(&rest, ","))) {
		value = strchr(name, '=');
		if (value)
			*value++ = '\0';
		parameter_set(tree, name, value ? value : "true", &err);
	}
	free(copy);
}

/* Closes TREE and checks that it is still a devicetree. */
static void finish(struct devicetree *tree)
{
	struct error err;
	uint8_t *blob;
	size_t len;

	check(devicetree_finish(tree, &blob, &len, &err));
	check(fdt_check_full(blob, len));
	free(blob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
	const char *list = (const char *)data;
	struct devicetree base, own;
	struct overlay overlay;
	struct error err;

	if (!zero)
		return 0;
	size -= (size_t)(zero + 1 - data);
	check(devicetree_open(&base, base_blob, fdt_totalsize(base_blob), &err));
	if (overlay_open(&overlay, &base, zero + 1, size, &err) > 0) {
		set_parameters(&overlay.tree, list);
		overlay_merge(&overlay, &base, &err);
		overlay_close(&overlay);
	}
	finish(&base);
	if (devicetree_open(&own, zero + 1, size, &err) == 0) {
		set_parameters(&own, list);
		finish(&own);
	}
	return 0;
}
