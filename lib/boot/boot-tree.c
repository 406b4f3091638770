// SPDX-License-Identifier: GPL-2.0-only
/* The devicetree with overlays and parameters: see boot-tree.h. */
#include "boot/boot-tree.h"

#include <libfdt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/overlay.h"
#include "boot/parameter.h"

#define LARGEST_DTB (2u << 20)

/* An overlay stays open until the next one, so that dtparam= lines can set its parameters. */
struct builder {
	struct devicetree *tree;
	const struct os_files *os;
	struct boot_files *files;
	struct notices *notices;
	struct overlay overlay;
	bool open;
	bool missing; /* the last overlay was not there: its parameters are not worth a notice */
	bool debug;
	char path[OS_PATH]; /* of the last overlay */
};

/*
 * On these boards i2c1 is the ARM's bus and i2c0 the VideoCore's; the firmware lets both be named
 * by their owners.
 */
static int add_synonyms(struct devicetree *tree, struct error *err)
{
	static const char *const nodes[] = { "/__symbols__", "/__overrides__" };
	static const char *const names[][2] = {
		{ "i2c", "i2c1" },
		{ "i2c_arm", "i2c1" },
		{ "i2c_vc", "i2c0" },
		{ "i2c_baudrate", "i2c1_baudrate" },
		{ "i2c_arm_baudrate", "i2c1_baudrate" },
		{ "i2c_vc_baudrate", "i2c0_baudrate" },
	};

	for (size_t i = 0; i < 2 * sizeof(names) / sizeof(names[0]); i++) {
		const char *const *name = names[i / 2];
		int node = devicetree_node(tree, nodes[i % 2]), len, rc;
		const void *found = node < 0 ? NULL : fdt_getprop(tree->blob, node, name[1], &len);
		void *copy;

		if (!found || fdt_getprop(tree->blob, node, name[0], NULL))
			continue;
		copy = malloc((size_t)len + 1);
		if (!copy)
			return error_set(err, "out of memory");
		memcpy(copy, found, (size_t)len);
		rc = devicetree_set(tree, node, name[0], copy, (size_t)len, err);
		free(copy);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int end_overlay(struct builder *builder, struct error *err)
{
	int rc;

	builder->missing = false;
	if (!builder->open)
		return 0;
	rc = overlay_merge(&builder->overlay, builder->tree, err);
	overlay_close(&builder->overlay);
	builder->open = false;
	if (rc == 0 && builder->debug)
		notices_add(builder->notices, "overlay %s is applied", builder->path);
	return rc < 0 ? error_prefix(err, "overlay %s", builder->path) : 0;
}

static int begin_overlay(struct builder *builder, const char *name, const char *origin,
			 struct error *err)
{
	char file[OS_PATH];
	struct error why;
	uint8_t *blob;
	size_t len;
	int rc;

	if (end_overlay(builder, err) < 0)
		return -1;
	if (!*name || strcmp(name, "none") == 0)
		return 0;
	snprintf(file, sizeof(file), "%s.dtbo", name);
	if (os_path(builder->path, builder->os->overlay_prefix, file, err) < 0)
		return -1;
	rc = builder->files->read(builder->files, builder->path, LARGEST_DTB, &blob, &len, err);
	if (rc < 0)
		return -1;
	if (rc == 0) {
		builder->missing = true;
		notices_add(builder->notices,
			    "%s: overlay '%s' is not on the boot partition: left out", origin,
			    builder->path);
		return 0;
	}
	rc = overlay_open(&builder->overlay, builder->tree, blob, len, &why);
	free(blob);
	builder->open = rc > 0;
	builder->missing = rc == 0;
	if (rc < 0)
		return error_set(err, "overlay %s: %s", builder->path, why.text);
	if (rc == 0)
		notices_add(builder->notices, "%s: overlay %s %s: left out", origin, builder->path,
			    why.text);
	return 0;
}

/* Sets "NAME=VALUE" in the open overlay if it knows NAME, else in the base devicetree. */
static void set_parameter(struct builder *builder, char *assignment, const char *origin)
{
	char *value = strchr(assignment, '=');
	struct error why = { "" };
	int rc = 0;

	if (value)
		*value++ = '\0';
	else
		value = "true";
	if (builder->open)
		rc = parameter_set(&builder->overlay.tree, assignment, value, &why);
	if (rc == 0)
		rc = parameter_set(builder->tree, assignment, value, &why);
	if (rc < 0)
		notices_add(builder->notices, "%s: %s: ignored", origin, why.text);
	else if (rc == 0 && builder->open)
		notices_add(
			builder->notices,
			"%s: parameter '%s' is known neither to %s nor to the devicetree: ignored",
			origin, assignment, builder->path);
	else if (rc == 0 && !builder->missing)
		notices_add(builder->notices,
			    "%s: parameter '%s' is not known to the devicetree%s: ignored", origin,
			    assignment,
			    devicetree_node(builder->tree, "/__overrides__") < 0 ?
				    ", which has no parameters" :
				    "");
}

static void set_parameters(struct builder *builder, char *list, const char *origin)
{
	char *assignment;

	while ((assignment = strsep(&list, ",")))
		if (*assignment)
			set_parameter(builder, assignment, origin);
}

static int take_setting(struct builder *builder, const struct config_setting *setting,
			struct error *err)
{
	bool overlay = strcmp(setting->name, "dtoverlay") == 0 ||
		       strcmp(setting->name, "device_tree_overlay") == 0;
	bool parameter = strcmp(setting->name, "dtparam") == 0 ||
			 strcmp(setting->name, "device_tree_param") == 0;
	char origin[OS_PATH], *value, *parameters;
	int rc = 0;

	if (!overlay && !parameter)
		return 0;
	value = strdup(setting->value);
	if (!value)
		return error_set(err, "out of memory");
	snprintf(origin, sizeof(origin), "%s:%d", setting->file, setting->line);
	parameters = value;
	if (overlay) {
		parameters += strcspn(value, ",:");
		if (*parameters)
			*parameters++ = '\0';
		rc = begin_overlay(builder, value, origin, err);
	}
	if (rc == 0)
		set_parameters(builder, parameters, origin);
	free(value);
	return rc;
}

static int apply_settings(struct builder *builder, const struct config_txt *config,
			  struct error *err)
{
	if (builder->os->upstream_overlay &&
	    begin_overlay(builder, "upstream", "upstream_kernel=1", err) < 0)
		return -1;
	for (size_t i = 0; i < config->count; i++)
		if (take_setting(builder, &config->setting[i], err) < 0)
			return -1;
	return end_overlay(builder, err);
}

static int open_tree(struct devicetree *tree, const char *path, struct boot_files *files,
		     struct error *err)
{
	uint8_t *blob;
	size_t len;
	int rc = files->read(files, path, LARGEST_DTB, &blob, &len, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return error_set(err, "devicetree %s: is not on the boot partition", path);
	rc = devicetree_open(tree, blob, len, err);
	free(blob);
	return rc < 0 ? error_prefix(err, "devicetree %s", path) : 0;
}

int boot_tree_load(struct devicetree *tree, const struct os_files *os,
		   const struct config_txt *config, struct boot_files *files,
		   struct notices *notices, struct error *err)
{
	struct builder builder = {
		.tree = tree,
		.os = os,
		.files = files,
		.notices = notices,
		.debug = config_txt_number(config, "dtdebug", 0) != 0,
	};

	if (open_tree(tree, os->dtb, files, err) < 0)
		return -1;
	if (add_synonyms(tree, err) == 0 && apply_settings(&builder, config, err) == 0)
		return 0;
	if (builder.open)
		overlay_close(&builder.overlay);
	devicetree_close(tree);
	return -1;
}
