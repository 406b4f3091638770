// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device's properties and its children's, in the bytes that a devicetree would have. A reference
 * to another device is a text: its name in the world.
 */
#include <stdlib.h>
#include <string.h>

#include <ferry/property.h>

#include "list.h"
#include "world.h"

struct user_property {
	struct user_property *next;
	char *name;
	uint8_t *bytes;
	size_t len;
	bool read;
};

struct user_node {
	struct user_node *next, *children;
	struct user_property *properties;
	char *name;
};

/* ---- Making them ---- */

struct user_node *user_node_new(const char *name)
{
	struct user_node *node = calloc(1, sizeof(*node));

	if (!node)
		return NULL;
	node->name = strdup(name);
	if (!node->name) {
		free(node);
		return NULL;
	}
	return node;
}

static void free_properties(struct user_node *node)
{
	while (node->properties) {
		struct user_property *property = node->properties;

		node->properties = property->next;
		free(property->bytes);
		free(property->name);
		free(property);
	}
}

void user_node_free(struct user_node *node)
{
	while (node) {
		struct user_node *next = node->next;

		user_node_free(node->children);
		free_properties(node);
		free(node->name);
		free(node);
		node = next;
	}
}

static struct user_property *find(const struct user_node *node, const char *name)
{
	struct user_property *property = node->properties;

	while (property && strcmp(property->name, name) != 0)
		property = property->next;
	return property;
}

/* The child of that name, made if there is none; NULL: out of memory. */
static struct user_node *get_child(struct user_node *node, const char *name, size_t len)
{
	struct user_node *child = node->children;
	char *copy;

	while (child && (strncmp(child->name, name, len) != 0 || child->name[len]))
		child = child->next;
	if (child)
		return child;
	copy = strndup(name, len);
	child = copy ? user_node_new(copy) : NULL;
	free(copy);
	if (child)
		list_append(&node->children, child);
	return child;
}

static struct user_property *get_property(struct user_node *node, const char *name)
{
	struct user_property *property = find(node, name);

	if (property)
		return property;
	property = calloc(1, sizeof(*property));
	if (!property)
		return NULL;
	property->name = strdup(name);
	if (!property->name) {
		free(property);
		return NULL;
	}
	list_append(&node->properties, property);
	return property;
}

/* What the device is called and shown as follows from its property `label`. */
static void set_label(struct fy_device *dev)
{
	const struct user_property *label = find(dev->node, "label");

	dev->label = label && label->len && !label->bytes[label->len - 1] ?
			     (const char *)label->bytes :
			     NULL;
}

int user_device_set_bytes(struct fy_device *dev, const char *name, const void *bytes, size_t len)
{
	const char *slash = strchr(name, '/');
	struct user_node *node = dev->node;
	struct user_property *property;
	uint8_t *copy = malloc(len ? len : 1);

	if (copy && slash)
		node = get_child(node, name, (size_t)(slash - name));
	property = copy && node ? get_property(node, slash ? slash + 1 : name) : NULL;
	if (!property) {
		free(copy);
		return FY_ERR_NO_MEMORY;
	}
	if (len)
		memcpy(copy, bytes, len);
	free(property->bytes);
	property->bytes = copy;
	property->len = len;
	property->read = strcmp(name, "label") == 0;
	set_label(dev);
	return 0;
}

int user_device_set_property(struct fy_device *dev, const char *name, uint32_t value)
{
	const uint8_t bytes[] = { (uint8_t)(value >> 24), (uint8_t)(value >> 16),
				  (uint8_t)(value >> 8), (uint8_t)value };

	return user_device_set_bytes(dev, name, bytes, sizeof(bytes));
}

static const char *unread(const struct user_node *node)
{
	for (const struct user_property *property = node->properties; property;
	     property = property->next)
		if (!property->read)
			return property->name;
	return NULL;
}

const char *user_device_unread_property(const struct fy_device *dev)
{
	const char *name = unread(dev->node);

	for (const struct user_node *child = dev->node->children; child && !name;
	     child = child->next)
		name = unread(child);
	return name;
}

/* ---- What drivers ask ---- */

const uint8_t *fy_port_node_bytes(const struct fy_node *node, const char *name, uint32_t *len)
{
	struct user_property *property = find(node->node, name);

	if (!property)
		return NULL;
	property->read = true;
	*len = (uint32_t)property->len;
	return property->bytes;
}

void fy_port_node_of(struct fy_device *dev, struct fy_node *node)
{
	*node = (struct fy_node){ .dev = dev, .node = dev->node };
}

int fy_port_property_u32(struct fy_device *dev, const char *name, uint32_t *value)
{
	struct fy_node node = { .dev = dev, .node = dev->node };

	return fy_port_node_u32(&node, name, value);
}

const char *fy_port_node_name(const struct fy_node *node)
{
	return node->node == node->dev->node ? node->dev->name : node->node->name;
}

int fy_port_node_child(const struct fy_node *node, unsigned index, struct fy_node *child)
{
	struct user_node *found = node->node->children;

	while (found && index--)
		found = found->next;
	if (!found)
		return FY_ERR_NOT_FOUND;
	*child = (struct fy_node){ .dev = node->dev, .node = found };
	return 0;
}

int fy_port_node_reference(const struct fy_node *node, const char *name, const char *cells,
			   unsigned index, struct fy_reference *reference)
{
	struct fy_device *target;
	const char *text;
	int rc = fy_port_node_text(node, name, index, &text);

	if (rc)
		return rc;
	target = user_device_find(node->dev->world, text);
	if (!target)
		return FY_ERR_INVALID;
	fy_port_node_of(target, &reference->node);
	reference->count = 0;
	return 0;
}
