// SPDX-License-Identifier: GPL-2.0-only
/* See devicetree.h. A node is the offset of what follows its name: its properties, then its children. */
#include "devicetree.h"

#include <stddef.h>

#define MAGIC	    0xd00dfeed
#define HEADER_SIZE 40
#define BEGIN_NODE  1
#define END_NODE    2
#define PROPERTY    3
#define NOP	    4

struct token {
	uint32_t kind;		/* 0: the end, or what cannot be */
	uint32_t next;		/* offset of the token behind */
	const char *name;	/* of a property */
	const uint8_t *value;
	uint32_t len;
};

uint32_t devicetree_cell(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool devicetree_open(struct devicetree *tree, const void *start, uint32_t max)
{
	const uint8_t *header = start;
	uint32_t total, strings_size, struct_size;

	if (max < HEADER_SIZE || devicetree_cell(header) != MAGIC)
		return false;
	total = devicetree_cell(header + 4);
	tree->start = header;
	tree->struct_at = devicetree_cell(header + 8);
	tree->strings_at = devicetree_cell(header + 12);
	strings_size = devicetree_cell(header + 32);
	struct_size = devicetree_cell(header + 36);
	if (total > max || tree->struct_at % 4 || tree->struct_at > total || struct_size > total - tree->struct_at ||
	    tree->strings_at > total || strings_size > total - tree->strings_at)
		return false;
	tree->struct_end = tree->struct_at + struct_size;
	tree->strings_end = tree->strings_at + strings_size;
	return true;
}

/* The length of the text at the offset AT, without its end, or -1: it has none before END. */
static int text_length(const struct devicetree *tree, uint32_t at, uint32_t end)
{
	for (uint32_t i = at; i < end; i++)
		if (!tree->start[i])
			return (int)(i - at);
	return -1;
}

static bool equal(const uint8_t *text, const char *wanted)
{
	while (*text && *text == (uint8_t)*wanted) {
		text++;
		wanted++;
	}
	return *text == (uint8_t)*wanted;
}

/* What stands at the offset AT. */
static struct token read_token(const struct devicetree *tree, uint32_t at)
{
	struct token token = { .kind = 0 };
	uint32_t kind, name;
	int len;

	if (at > tree->struct_end || tree->struct_end - at < 4)
		return token;
	kind = devicetree_cell(tree->start + at);
	at += 4;
	switch (kind) {
	case BEGIN_NODE:
		len = text_length(tree, at, tree->struct_end);
		if (len < 0)
			return token;
		at += (uint32_t)len + 1;
		break;
	case PROPERTY:
		if (tree->struct_end - at < 8)
			return token;
		token.len = devicetree_cell(tree->start + at);
		name = devicetree_cell(tree->start + at + 4);
		at += 8;
		if (token.len > tree->struct_end - at || name > tree->strings_end - tree->strings_at ||
		    text_length(tree, tree->strings_at + name, tree->strings_end) < 0)
			return token;
		token.name = (const char *)tree->start + tree->strings_at + name;
		token.value = tree->start + at;
		at += token.len;
		break;
	case END_NODE:
	case NOP:
		break;
	default:
		return token;
	}
	token.kind = kind;
	token.next = (at + 3) & ~3u;
	return token;
}

const uint8_t *devicetree_property(const struct devicetree *tree, uint32_t node, const char *name, uint32_t *len)
{
	struct token token;

	for (uint32_t at = node; (token = read_token(tree, at)).kind == PROPERTY || token.kind == NOP; at = token.next) {
		if (token.kind == PROPERTY && equal((const uint8_t *)token.name, name)) {
			*len = token.len;
			return token.value;
		}
	}
	return NULL;
}

/* Whether a property that is a list of texts has WANTED. */
static bool has_text(const struct devicetree *tree, const uint8_t *list, uint32_t list_len, const char *wanted)
{
	uint32_t at = (uint32_t)(list - tree->start), end = at + list_len;
	int len;

	for (; at < end && (len = text_length(tree, at, end)) >= 0; at += (uint32_t)len + 1)
		if (equal(tree->start + at, wanted))
			return true;
	return false;
}

/* The first node behind the offset FROM whose property NAME has the text, or 0. */
static uint32_t find_node(const struct devicetree *tree, uint32_t from, const char *name, const char *text)
{
	struct token token;

	for (uint32_t at = from; (token = read_token(tree, at)).kind; at = token.next) {
		uint32_t len;
		const uint8_t *list = token.kind == BEGIN_NODE ? devicetree_property(tree, token.next, name, &len) : NULL;

		if (list && has_text(tree, list, len, text))
			return token.next;
	}
	return 0;
}

uint32_t devicetree_find(const struct devicetree *tree, const char *compatible)
{
	return find_node(tree, tree->struct_at, "compatible", compatible);
}

static uint32_t root_cells(const struct devicetree *tree, const char *name, uint32_t otherwise)
{
	struct token root = read_token(tree, tree->struct_at);
	uint32_t len;
	const uint8_t *value = devicetree_property(tree, root.next, name, &len);

	return value && len == 4 ? devicetree_cell(value) : otherwise;
}

uint64_t devicetree_memory(const struct devicetree *tree)
{
	uint32_t addresses = root_cells(tree, "#address-cells", 2), sizes = root_cells(tree, "#size-cells", 1);
	uint32_t node = tree->struct_at, len;
	uint64_t total = 0;

	if (addresses > 2 || sizes < 1 || sizes > 2)
		return 0;
	while ((node = find_node(tree, node, "device_type", "memory"))) {
		const uint8_t *reg = devicetree_property(tree, node, "reg", &len);

		for (uint32_t row = (addresses + sizes) * 4; reg && len >= row; reg += row, len -= row)
			total += (sizes == 2 ? (uint64_t)devicetree_cell(reg + addresses * 4) << 32 : 0) |
				 devicetree_cell(reg + row - 4);
	}
	return total;
}
