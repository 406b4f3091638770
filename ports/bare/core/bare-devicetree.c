// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See bare-devicetree.h. A node is the offset of what follows its name: its properties, then its
 * children.
 */
#include "bare-devicetree.h"

#include <stddef.h>

#define MAGIC	    0xd00dfeed
#define HEADER_SIZE 40
#define BEGIN_NODE  1
#define END_NODE    2
#define PROPERTY    3
#define NOP	    4

struct token {
	uint32_t kind;	  /* 0: the end, or what cannot be */
	uint32_t next;	  /* offset of the token behind */
	const char *name; /* of a property */
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
	if (total > max || tree->struct_at % 4 || tree->struct_at > total ||
	    struct_size > total - tree->struct_at || tree->strings_at > total ||
	    strings_size > total - tree->strings_at)
		return false;
	tree->struct_end = tree->struct_at + struct_size;
	tree->strings_end = tree->strings_at + strings_size;
	/* so that every name has an end */
	return !strings_size || !tree->start[tree->strings_end - 1];
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
		if (token.len > tree->struct_end - at ||
		    name >= tree->strings_end - tree->strings_at)
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

const uint8_t *devicetree_property(const struct devicetree *tree, uint32_t node, const char *name,
				   uint32_t *len)
{
	struct token token;

	for (uint32_t at = node;
	     (token = read_token(tree, at)).kind == PROPERTY || token.kind == NOP;
	     at = token.next) {
		if (token.kind == PROPERTY && equal((const uint8_t *)token.name, name)) {
			*len = token.len;
			return token.value;
		}
	}
	return NULL;
}

/* Whether a property that is a list of texts has WANTED. */
static bool has_text(const struct devicetree *tree, const uint8_t *list, uint32_t list_len,
		     const char *wanted)
{
	uint32_t at = (uint32_t)(list - tree->start), end = at + list_len;
	int len;

	for (; at < end && (len = text_length(tree, at, end)) >= 0; at += (uint32_t)len + 1)
		if (equal(tree->start + at, wanted))
			return true;
	return false;
}

bool devicetree_has_text(const struct devicetree *tree, uint32_t node, const char *name,
			 const char *text)
{
	uint32_t len;
	const uint8_t *list = devicetree_property(tree, node, name, &len);

	return list && has_text(tree, list, len, text);
}

/*
 * It stands before the node: after the token's last byte, 1, and before the zeros that fill it up.
 */
const char *devicetree_name(const struct devicetree *tree, uint32_t node)
{
	const uint8_t *at = tree->start + node;

	while (!at[-1])
		at--;
	while (at[-1] != BEGIN_NODE)
		at--;
	return (const char *)at;
}

void devicetree_walk(struct devicetree_walk *walk, const struct devicetree *tree)
{
	walk->tree = tree;
	walk->next = tree->struct_at;
	walk->depth = 0;
}

bool devicetree_next(struct devicetree_walk *walk)
{
	struct token token;

	for (; (token = read_token(walk->tree, walk->next)).kind; walk->next = token.next) {
		if (token.kind == END_NODE && walk->depth) {
			walk->depth--;
		} else if (token.kind == BEGIN_NODE) {
			if (walk->depth == DEVICETREE_DEPTH)
				return false;
			walk->node = walk->path[walk->depth++] = walk->next = token.next;
			return true;
		}
	}
	return false;
}

uint32_t devicetree_find(const struct devicetree *tree, const char *compatible)
{
	struct devicetree_walk at;

	for (devicetree_walk(&at, tree); devicetree_next(&at);)
		if (devicetree_has_text(tree, at.node, "compatible", compatible))
			return at.node;
	return 0;
}

uint32_t devicetree_by_phandle(const struct devicetree *tree, uint32_t phandle)
{
	struct devicetree_walk at;

	for (devicetree_walk(&at, tree); phandle && devicetree_next(&at);)
		if (devicetree_u32(tree, at.node, "phandle", 0) == phandle)
			return at.node;
	return 0;
}

uint32_t devicetree_u32(const struct devicetree *tree, uint32_t node, const char *name,
			uint32_t otherwise)
{
	uint32_t len;
	const uint8_t *value = devicetree_property(tree, node, name, &len);

	return value && len == 4 ? devicetree_cell(value) : otherwise;
}

static bool is_enabled(const struct devicetree *tree, uint32_t node)
{
	uint32_t len;

	return !devicetree_property(tree, node, "status", &len) ||
	       devicetree_has_text(tree, node, "status", "okay") ||
	       devicetree_has_text(tree, node, "status", "ok");
}

uint32_t devicetree_child(const struct devicetree *tree, uint32_t node, unsigned index)
{
	struct token token;
	unsigned depth = 0;

	for (uint32_t at = node; (token = read_token(tree, at)).kind; at = token.next) {
		if (token.kind == END_NODE && !depth--)
			break;
		if (token.kind == BEGIN_NODE && !depth++ && is_enabled(tree, token.next) &&
		    !index--)
			return token.next;
	}
	return 0;
}

bool devicetree_enabled(const struct devicetree_walk *at)
{
	for (unsigned i = 0; i < at->depth; i++)
		if (!is_enabled(at->tree, at->path[i]))
			return false;
	return true;
}

/* How many cells an address and a size have in the `reg` of a node's children. */
struct cells {
	uint32_t address, size;
};

/* Returns false: they are more than a number has. */
static bool child_cells(const struct devicetree *tree, uint32_t node, struct cells *cells)
{
	cells->address = devicetree_u32(tree, node, "#address-cells", 2);
	cells->size = devicetree_u32(tree, node, "#size-cells", 1);
	return cells->address >= 1 && cells->address <= 2 && cells->size <= 2;
}

/* A number of up to two cells. */
static uint64_t number(const uint8_t *at, uint32_t cells)
{
	uint64_t value = 0;

	for (; cells; cells--, at += 4)
		value = value << 32 | devicetree_cell(at);
	return value;
}

/* From an address on the bus BUS to one on the bus that BUS is on, PARENT. */
static bool translate(const struct devicetree *tree, uint32_t bus, uint32_t parent,
		      uint64_t *address)
{
	struct cells below, above;
	uint32_t len, row;
	const uint8_t *ranges = devicetree_property(tree, bus, "ranges", &len);

	if (!ranges || !child_cells(tree, bus, &below) || !child_cells(tree, parent, &above))
		return false;
	if (!len)
		return true;
	row = (below.address + above.address + below.size) * 4;
	for (; len >= row; ranges += row, len -= row) {
		uint64_t offset = *address - number(ranges, below.address);

		if (offset < number(ranges + row - below.size * 4, below.size)) {
			*address = number(ranges + below.address * 4, above.address) + offset;
			return true;
		}
	}
	return false;
}

enum devicetree_window devicetree_window(const struct devicetree_walk *at, unsigned index,
					 uint64_t *address, uint64_t *size)
{
	struct cells cells;
	uint32_t len, row;
	const uint8_t *reg = devicetree_property(at->tree, at->node, "reg", &len);
	uint64_t start;

	if (!reg || at->depth < 2 || !child_cells(at->tree, at->path[at->depth - 2], &cells))
		return DEVICETREE_NO_WINDOW;
	row = (cells.address + cells.size) * 4;
	if (index >= len / row)
		return DEVICETREE_NO_WINDOW;
	reg += index * row;
	start = number(reg, cells.address);
	for (unsigned i = at->depth - 2; i > 0; i--)
		if (!translate(at->tree, at->path[i], at->path[i - 1], &start))
			return DEVICETREE_UNREACHABLE;
	*address = start;
	*size = number(reg + cells.address * 4, cells.size);
	return DEVICETREE_WINDOW;
}

bool devicetree_address(const struct devicetree_walk *at, uint64_t *address)
{
	uint64_t size;

	return devicetree_window(at, 0, address, &size) == DEVICETREE_WINDOW;
}

bool devicetree_number(const struct devicetree_walk *at, uint32_t *value)
{
	struct cells cells;
	uint32_t len;
	const uint8_t *reg = devicetree_property(at->tree, at->node, "reg", &len);

	if (!reg || at->depth < 2 || !child_cells(at->tree, at->path[at->depth - 2], &cells) ||
	    cells.address != 1 || cells.size || len < 4)
		return false;
	*value = devicetree_cell(reg);
	return true;
}

uint64_t devicetree_memory(const struct devicetree *tree)
{
	struct devicetree_walk at;
	struct cells cells;
	uint64_t total = 0;

	for (devicetree_walk(&at, tree); devicetree_next(&at);) {
		uint32_t len, row;
		const uint8_t *reg = devicetree_property(tree, at.node, "reg", &len);

		if (!reg || !devicetree_has_text(tree, at.node, "device_type", "memory") ||
		    !child_cells(tree, at.path[0], &cells))
			continue;
		for (row = (cells.address + cells.size) * 4; len >= row; reg += row, len -= row)
			total += number(reg + cells.address * 4, cells.size);
	}
	return total;
}
