// SPDX-License-Identifier: GPL-2.0-only
/* The user's own devicetree and overlays: see given-tree.h. */
#include "boot/given-tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "boot/overlay.h"
#include "boot/parameter.h"

#define LARGEST_DTB (2u << 20)

int given_tree_load(struct payload *payload, const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct devicetree tree;
	char *blob, *name;
	uint8_t *dtb;
	size_t len;
	int rc;

	if (file_read(path, LARGEST_DTB, &blob, &len, err) < 0)
		return -1;
	rc = devicetree_open(&tree, blob, len, err);
	free(blob);
	if (rc < 0)
		return error_prefix(err, "%s", path);
	if (devicetree_finish(&tree, &dtb, &len, err) < 0) {
		devicetree_close(&tree);
		return -1;
	}
	name = strdup(slash ? slash + 1 : path);
	if (!name) {
		free(dtb);
		return error_set(err, "out of memory");
	}
	free(payload->dtb);
	free(payload->dtb_name);
	payload->dtb = dtb;
	payload->dtb_len = len;
	payload->dtb_name = name;
	return 0;
}

static int set_parameters(struct overlay *overlay, char *list, struct error *err)
{
	char *name;

	while ((name = strsep(&list, ","))) {
		char *value = strchr(name, '=');
		int rc;

		if (value)
			*value++ = '\0';
		rc = parameter_set(&overlay->tree, name, value ? value : "true", err);
		if (rc < 0)
			return -1;
		if (rc == 0)
			return error_set(err, "it has no parameter '%s'", name);
	}
	return 0;
}

/* PARAMETERS: NULL, or what is behind the first comma. */
static int apply(struct devicetree *tree, const char *path, char *parameters, struct error *err)
{
	struct overlay overlay;
	char *blob;
	size_t len;
	int rc;

	if (file_read(path, LARGEST_DTB, &blob, &len, err) < 0)
		return -1;
	rc = overlay_open(&overlay, tree, blob, len, err);
	free(blob);
	if (rc <= 0)
		return error_prefix(err, "%s", path);
	rc = set_parameters(&overlay, parameters, err);
	if (rc == 0)
		rc = overlay_merge(&overlay, tree, err);
	overlay_close(&overlay);
	return rc < 0 ? error_prefix(err, "%s", path) : 0;
}

int given_tree_overlay(struct payload *payload, const char *text, struct error *err)
{
	char *path = strdup(text), *parameters = path;
	struct devicetree tree;
	int rc;

	if (!path)
		return error_set(err, "out of memory");
	strsep(&parameters, ",");
	if (!payload->dtb) {
		error_set(err,
			  "%s: there is no devicetree that the overlay could change: give one with "
			  "--dtb",
			  path);
		free(path);
		return -1;
	}
	rc = devicetree_open(&tree, payload->dtb, payload->dtb_len, err);
	if (rc == 0) {
		rc = apply(&tree, path, parameters, err);
		if (rc == 0) {
			free(payload->dtb);
			payload->dtb = NULL;
			rc = devicetree_finish(&tree, &payload->dtb, &payload->dtb_len, err);
		}
		devicetree_close(&tree);
	}
	free(path);
	return rc;
}
