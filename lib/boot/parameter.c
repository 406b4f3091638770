// SPDX-License-Identifier: GPL-2.0-only
/* Writes the targets of a parameter into a devicetree: see parameter.h. */
#include "boot/parameter.h"

#include <ctype.h>
#include <libfdt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/parameter-target.h"

#define LONGEST_BYTES 512

/* A number, or a word that stands for one. Returns 0, or -1 when it is neither. */
static int read_number(const char *text, uint64_t *number)
{
	static const struct {
		const char *word;
		uint64_t number;
	} words[] = {
		{ "y", 1 }, { "yes", 1 }, { "on", 1 },	{ "true", 1 },	{ "down", 1 },
		{ "n", 0 }, { "no", 0 },  { "off", 0 }, { "false", 0 }, { "up", 2 },
	};
	char *end;

	*number = strtoull(text, &end, 0);
	if (*end == '\0')
		return 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i].word) == 0) {
			*number = words[i].number;
			return 0;
		}
	}
	return -1;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads one escape behind its backslash and moves *TEXT past it. Returns the character, or -1. */
static int read_escape(const char **text)
{
	static const char letters[] = "abfnrtv\\'\"";
	static const char meanings[] = "\a\b\f\n\r\t\v\\'\"";
	const char *at = *text, *letter;
	int c = 0;

	if (*at == 'x' && hex_digit(at[1]) >= 0 && hex_digit(at[2]) >= 0) {
		*text = at + 3;
		return hex_digit(at[1]) << 4 | hex_digit(at[2]);
	}
	if (*at >= '0' && *at <= '7') {
		while (at < *text + 3 && *at >= '0' && *at <= '7')
			c = c << 3 | (*at++ - '0');
		*text = at;
		return c <= 255 ? c : -1;
	}
	letter = *at ? strchr(letters, *at) : NULL;
	*text = at + 1;
	return letter ? meanings[letter - letters] : -1;
}

static int set_text(struct devicetree *tree, int node, const struct target *target,
		    struct error *err)
{
	char text[PARAMETER_VALUE], *to = text;
	const char *from = target->value, *old;
	int c;

	while (*from) {
		c = (unsigned char)*from++;
		if (c == '\\')
			c = read_escape(&from);
		if (c == -1)
			return error_set(err, "'%s' has a bad escape", target->value);
		*to++ = (char)c;
	}
	*to++ = '\0';
	if (strcmp(target->property, "name") == 0)
		return devicetree_rename(tree, node, text, err);
	old = devicetree_string(tree, node, target->property);
	if (strcmp(target->property, "bootargs") != 0 || !old || !*old)
		return devicetree_set(tree, node, target->property, text, (size_t)(to - text), err);
	fdt_setprop_inplace_namelen_partial(tree->blob, node, "bootargs", 8, (uint32_t)strlen(old),
					    " ", 1);
	return devicetree_append(tree, node, "bootargs", text, (size_t)(to - text), err);
}

static int set_bytes(struct devicetree *tree, int node, const struct target *target,
		     struct error *err)
{
	uint8_t bytes[LONGEST_BYTES];
	size_t count = 0;

	for (const char *at = target->value; *at;) {
		int high, low;

		if (*at == ':' || *at == ' ') {
			at++;
			continue;
		}
		high = hex_digit(at[0]);
		low = high < 0 ? -1 : hex_digit(at[1]);
		if (low < 0 || count == sizeof(bytes))
			return error_set(err, "'%s' is not a row of hexadecimal bytes",
					 target->value);
		bytes[count++] = (uint8_t)(high << 4 | low);
		at += 2;
	}
	return devicetree_set(tree, node, target->property, bytes, count, err);
}

/* The address in a node's name follows its reg, so that an overlay can be used more than once. */
static int rename_by_address(struct devicetree *tree, int node, uint64_t address, struct error *err)
{
	const char *old = fdt_get_name(tree->blob, node, NULL);
	const char *at = old ? strchr(old, '@') : NULL;
	char name[256];

	if (!at)
		return 0;
	snprintf(name, sizeof(name), "%.*s@%x", (int)(at - old), old, (unsigned int)address);
	return devicetree_rename(tree, node, name, err);
}

static int set_integer(struct devicetree *tree, int node, const struct target *target,
		       uint64_t number, struct error *err)
{
	bool reg = strcmp(target->property, "reg") == 0;
	size_t end = target->offset + target->size;
	int old_len;
	const void *old = fdt_getprop(tree->blob, node, target->property, &old_len);
	size_t len = old ? (size_t)old_len : 0;
	uint8_t *value;
	int rc = 0;

	value = calloc(1, len > end ? len : end);
	if (!value)
		return error_set(err, "out of memory");
	if (len)
		memcpy(value, old, len);
	for (size_t i = 0; i < target->size; i++)
		value[end - 1 - i] = (uint8_t)(number >> (8 * i));
	/* A reg that is missing or short is only there to name the node. */
	if (!reg || len >= end)
		rc = devicetree_set(tree, node, target->property, value, len > end ? len : end,
				    err);
	if (rc == 0 && reg && target->offset == 0)
		rc = rename_by_address(tree, node, number, err);
	free(value);
	return rc;
}

static int set_presence(struct devicetree *tree, int node, const char *property, bool present,
			struct error *err)
{
	int rc;

	if (present)
		return devicetree_set(tree, node, property, NULL, 0, err);
	rc = fdt_delprop(tree->blob, node, property);
	if (rc < 0 && rc != -FDT_ERR_NOTFOUND)
		return error_set(err, "cannot remove property '%s': %s", property,
				 fdt_strerror(rc));
	return 0;
}

/* Only fragments with a node __overlay__ are applied; others sleep as __dormant__. */
static int set_fragment(struct devicetree *tree, unsigned long number, bool active,
			struct error *err)
{
	char path[64];
	int fragment, body;

	snprintf(path, sizeof(path), "/fragment@%lu", number);
	fragment = devicetree_node(tree, path);
	if (fragment < 0) {
		snprintf(path, sizeof(path), "/fragment-%lu", number);
		fragment = devicetree_node(tree, path);
	}
	if (fragment < 0)
		return error_set(err, "it switches fragment %lu, which is not there", number);
	body = fdt_subnode_offset(tree->blob, fragment, active ? "__dormant__" : "__overlay__");
	if (body < 0)
		return 0;
	return devicetree_rename(tree, body, active ? "__overlay__" : "__dormant__", err);
}

static int set_fragments(struct devicetree *tree, const struct target *target, struct error *err)
{
	uint64_t number;
	bool on;

	if (read_number(target->value, &number) < 0)
		number = 1; /* any other word switches on */
	on = number != 0;
	for (const char *at = target->property; *at;) {
		char operation = *at++;
		bool active =
			operation == '+' || (operation == '=' && on) || (operation == '!' && !on);
		unsigned long fragment;
		char *end;

		if (!strchr("+-=!", operation) || !isdigit((unsigned char)*at))
			return error_set(err, "its declaration '%s' is malformed",
					 target->property);
		fragment = strtoul(at, &end, 0);
		if (set_fragment(tree, fragment, active, err) < 0)
			return -1;
		at = end;
	}
	return 0;
}

static int set_target(struct devicetree *tree, const struct target *target, struct error *err)
{
	uint64_t number;
	int node;

	if (target->kind == TARGET_FRAGMENTS)
		return set_fragments(tree, target, err);
	node = fdt_node_offset_by_phandle(tree->blob, target->phandle);
	if (node < 0)
		return error_set(err, "its target for '%s' is not in the tree", target->property);
	if (target->kind == TARGET_TEXT)
		return set_text(tree, node, target, err);
	if (target->kind == TARGET_BYTES)
		return set_bytes(tree, node, target, err);
	if (read_number(target->value, &number) < 0)
		return error_set(err, "'%s' is not a number", target->value);
	if (target->kind == TARGET_INTEGER)
		return set_integer(tree, node, target, number, err);
	return set_presence(tree, node, target->property,
			    (number != 0) == (target->kind == TARGET_PRESENT), err);
}

static int set_targets(struct devicetree *tree, struct declaration *decl, const char *value,
		       struct error *err)
{
	struct target target;
	int rc;

	while ((rc = target_next(&target, decl, value, err)) > 0)
		if (set_target(tree, &target, err) < 0)
			return -1;
	return rc;
}

int parameter_set(struct devicetree *tree, const char *name, const char *value, struct error *err)
{
	int overrides = devicetree_node(tree, "/__overrides__"), len, rc;
	const void *found = overrides < 0 ? NULL : fdt_getprop(tree->blob, overrides, name, &len);
	struct declaration decl;
	uint8_t *copy;

	if (!found)
		return 0;
	copy = malloc((size_t)len + 1); /* the tree moves under the declaration */
	if (!copy)
		return error_set(err, "out of memory");
	memcpy(copy, found, (size_t)len);
	decl.at = copy;
	decl.end = copy + len;
	rc = set_targets(tree, &decl, value, err);
	free(copy);
	return rc < 0 ? error_prefix(err, "parameter '%s'", name) : 1;
}
