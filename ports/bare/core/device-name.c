// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What devices are called, in log lines and by classes: see fy_index() in <ferry/driver.h>. */
#include <ferry/property.h>

#include "core.h"

static size_t text_length(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	return len;
}

/* NAME and NUMBER, below 100, behind it; a text for good. NULL: out of memory. */
static const char *numbered_name(const char *name, unsigned number)
{
	size_t len = text_length(name);
	char *text = bare_memory(len + 3);

	if (!text)
		return NULL;
	__builtin_memcpy(text, name, len);
	if (number >= 10)
		text[len++] = (char)('0' + number / 10);
	text[len] = (char)('0' + number % 10);
	return text;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '_' || c == '-';
}

const char *bare_shown_name(const struct fy_device *dev, const char *name)
{
	size_t len;
	char *text;

	if (!dev->label)
		return dev->numbered ? numbered_name(name, dev->index) : name;
	len = text_length(dev->label);
	text = bare_memory(len + 1);
	for (size_t i = 0; text && i < len; i++)
		text[i] = is_name_char(dev->label[i]) ? dev->label[i] : '-';
	return text;
}

void bare_device_name(struct fy_device *dev)
{
	const struct devicetree *tree = bare_firmware_tree();

	if (fy_property_text(dev, "label", 0, &dev->label))
		dev->label = NULL;
	if (dev->label)
		dev->name = dev->label;
	else if (dev->tree_node)
		dev->name = devicetree_name(tree, dev->tree_node);
	else if (dev->node)
		dev->name = dev->node->name;
	else
		dev->name = dev->numbered ? numbered_name(dev->driver->name, dev->index) : NULL;
	if (!dev->name)
		dev->name = dev->driver->name;
}

bool bare_device_is(const struct fy_device *dev, const char *name)
{
	return (dev->node && bare_text_equal(dev->node->name, name)) ||
	       bare_text_equal(dev->name, name);
}
