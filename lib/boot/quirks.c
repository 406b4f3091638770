// SPDX-License-Identifier: GPL-2.0-only
/* What the emulated boards lack: see quirks.h. Found with Debian's kernel 6.12 on QEMU 10. */
#include "boot/quirks.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/devicetree.h"

enum quirk_action {
	QUIRK_REMOVE_NODE,
	QUIRK_REMOVE_PROPERTY,
	QUIRK_SET_TEXT,
	QUIRK_SET_EMPTY,
	QUIRK_CUT, /* keep only the first bytes of a property */
};

struct quirk {
	const char *board;
	const char *node;
	enum quirk_action action;
	const char *property;
	const char *text;
	int keep;	  /* bytes, of QUIRK_CUT */
	const char *lack; /* what QEMU lacks; the same text in a row is told once */
};

static const char asb[] = "power domains (ASB registers)";
static const char bluetooth[] = "Bluetooth on the PL011";
static const char display[] = "display controllers";
static const char emmc2[] = "a card on emmc2 (it hangs on the older SDHCI)";

/* clang-format off */
static const struct quirk quirks[] = {
	{ "rpi-zero", "/soc/watchdog@7e100000", QUIRK_CUT, "reg", NULL, 8, asb },
	{ "rpi-zero", "/soc/watchdog@7e100000", QUIRK_SET_TEXT, "reg-names", "pm", 0, asb },

	{ "rpi-3", "/soc/serial@7e201000/bluetooth", QUIRK_REMOVE_NODE, NULL, NULL, 0, bluetooth },

	{ "rpi-4", "/soc/serial@7e201000/bluetooth", QUIRK_REMOVE_NODE, NULL, NULL, 0, bluetooth },
	{ "rpi-4", "/soc/interrupt-controller@7ef00100", QUIRK_SET_TEXT, "status", "disabled", 0,
	  display },
	{ "rpi-4", "/soc/clock@7ef00000", QUIRK_SET_TEXT, "status", "disabled", 0, display },
	{ "rpi-4", "/soc/hdmi@7ef00700", QUIRK_SET_TEXT, "status", "disabled", 0, display },
	{ "rpi-4", "/soc/hdmi@7ef05700", QUIRK_SET_TEXT, "status", "disabled", 0, display },
	{ "rpi-4", "/soc/i2c@7ef04500", QUIRK_SET_TEXT, "status", "disabled", 0, display },
	{ "rpi-4", "/soc/i2c@7ef09500", QUIRK_SET_TEXT, "status", "disabled", 0, display },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_SET_TEXT, "status", "okay", 0, emmc2 },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, "mmc-pwrseq", NULL, 0, emmc2 },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, "pinctrl-0", NULL, 0, emmc2 },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, "pinctrl-names", NULL, 0, emmc2 },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_REMOVE_PROPERTY, "non-removable", NULL, 0, emmc2 },
	{ "rpi-4", "/soc/mmc@7e300000", QUIRK_SET_EMPTY, "broken-cd", NULL, 0, emmc2 },
	{ "rpi-4", "/emmc2bus/mmc@7e340000", QUIRK_SET_TEXT, "status", "disabled", 0, emmc2 },
	{ "rpi-4", "/wifi-pwrseq", QUIRK_SET_TEXT, "status", "disabled", 0, emmc2 },
};
/* clang-format on */

/* Shortens a property that is longer. Returns whether it was. */
static int cut(struct devicetree *tree, int node, const struct quirk *quirk, struct error *err)
{
	int len, rc;
	const void *value = fdt_getprop(tree->blob, node, quirk->property, &len);
	char kept[64];

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

	for (size_t i = 0; i < sizeof(quirks) / sizeof(quirks[0]); i++) {
		int rc = strcmp(quirks[i].board, board->name) ? 0 : apply(tree, &quirks[i], err);

		if (rc < 0)
			return -1;
		if (rc && told != quirks[i].lack) {
			fprintf(out, "%s%s", told ? ", " : "", quirks[i].lack);
			told = quirks[i].lack;
		}
	}
	return 0;
}

int quirks_apply(const struct board *board, struct firmware_boot *boot, struct error *err)
{
	struct devicetree tree;
	char *text = NULL;
	size_t len = 0;
	FILE *out;
	int rc;

	if (!boot->dtb)
		return 0;
	if (devicetree_open(&tree, boot->dtb, boot->dtb_len, err) < 0)
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
		free(boot->dtb);
		boot->dtb = NULL;
		rc = devicetree_finish(&tree, &boot->dtb, &boot->dtb_len, err);
		firmware_notice(boot, "devicetree changed in memory for what QEMU's %s lacks: %s",
				board->machine, text);
	}
	devicetree_close(&tree);
	free(text);
	return rc;
}
