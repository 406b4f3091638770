// SPDX-License-Identifier: GPL-2.0-only
/* Changing the devicetree for what an emulated board lacks: see quirks.h. */
#include "boot/quirks.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/devicetree.h"

/* Shortens a property that is longer. Returns whether it was. */
static int cut(struct devicetree *tree, int node, const struct quirk *quirk, struct error *err)
{
	int len, rc;
	const void *value = fdt_getprop(tree->blob, node, quirk->property, &len);
	char kept[QUIRK_MOST_KEPT];

	if (!value || len <= quirk->keep)
		return 0;
	memcpy(kept, value, (size_t)quirk->keep);
	rc = devicetree_set(tree, node, quirk->property, kept, (size_t)quirk->keep, err);
	return rc < 0 ? -1 : 1;
}

/* Returns 1 when the tree was changed, 0 when there is nothing to change, -1 with ERR set. */
static int apply(struct devicetree *tree, const struct quirk *quirk, struct error *err)
{
	int node = devicetree_node(tree, quirk->node), rc;
	const char *text = quirk->text ? quirk->text : "";
	const char *old;

	if (node < 0)
		return 0;
	switch (quirk->action) {
	case QUIRK_REMOVE_NODE:
		return fdt_del_node(tree->blob, node) == 0;
	case QUIRK_REMOVE_PROPERTY:
		return fdt_delprop(tree->blob, node, quirk->property) == 0;
	case QUIRK_CUT:
		return cut(tree, node, quirk, err);
	case QUIRK_SET_TEXT:
		old = devicetree_string(tree, node, quirk->property);
		if (old && strcmp(old, text) == 0)
			return 0;
		rc = devicetree_set(tree, node, quirk->property, text, strlen(text) + 1, err);
		return rc < 0 ? -1 : 1;
	case QUIRK_SET_EMPTY:
		if (fdt_getprop(tree->blob, node, quirk->property, NULL))
			return 0;
		rc = devicetree_set(tree, node, quirk->property, NULL, 0, err);
		return rc < 0 ? -1 : 1;
	}
	return 0;
}

/* Applies the board's quirks, printing what each group is for. Returns 0, or -1 with ERR set. */
static int apply_all(struct devicetree *tree, const struct board *board, FILE *out,
		     struct error *err)
{
	const char *told = NULL;

	for (const struct quirk *quirk = board->quirks; quirk && quirk->node; quirk++) {
		int rc = apply(tree, quirk, err);

		if (rc < 0)
			return -1;
		if (rc && (!told || strcmp(told, quirk->lack) != 0)) {
			fprintf(out, "%s%s", told ? ", " : "", quirk->lack);
			told = quirk->lack;
		}
	}
	return 0;
}

int quirks_apply(const struct board *board, struct payload *payload, struct error *err)
{
	struct devicetree tree;
	char *text = NULL;
	size_t len = 0;
	FILE *out;
	int rc;

	if (!payload->dtb)
		return 0;
	if (devicetree_open(&tree, payload->dtb, payload->dtb_len, err) < 0)
		return error_prefix(err, "devicetree");
	out = open_memstream(&text, &len);
	if (!out) {
		devicetree_close(&tree);
		return error_set(err, "out of memory");
	}
	rc = apply_all(&tree, board, out, err);
	if (fclose(out) != 0 && rc == 0)
		rc = error_set(err, "out of memory");
	if (rc == 0 && len) {
		free(payload->dtb);
		payload->dtb = NULL;
		rc = devicetree_finish(&tree, &payload->dtb, &payload->dtb_len, err);
		notices_add(&payload->notices,
			    "devicetree changed in memory for what QEMU's %s lacks: %s",
			    board->machine, text);
	}
	devicetree_close(&tree);
	free(text);
	return rc;
}
