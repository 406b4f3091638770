/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/property.h>: firmware nodes. The calls are in ports/linux/linux-property.c.
 */
#ifndef FERRY_PORT_PROPERTY_H
#define FERRY_PORT_PROPERTY_H

void fy_linux_node_of(struct fy_device *dev, struct fy_node *node);
const char *fy_linux_node_name(const struct fy_node *node);
int fy_linux_node_child(const struct fy_node *node, unsigned index, struct fy_node *child);
bool fy_linux_node_present(const struct fy_node *node, const char *name);
int fy_linux_node_u32(const struct fy_node *node, const char *name, uint32_t *value);
int fy_linux_node_u64(const struct fy_node *node, const char *name, uint64_t *value);
int fy_linux_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
			   unsigned max);
int fy_linux_node_text(const struct fy_node *node, const char *name, unsigned index,
		       const char **text);
int fy_linux_node_reference(const struct fy_node *node, const char *name, const char *cells,
			    unsigned index, struct fy_reference *reference);

static inline void fy_node_of(struct fy_device *dev, struct fy_node *node)
{
	fy_linux_node_of(dev, node);
}

static inline const char *fy_node_name(const struct fy_node *node)
{
	return fy_linux_node_name(node);
}

static inline int fy_node_child(const struct fy_node *node, unsigned index, struct fy_node *child)
{
	return fy_linux_node_child(node, index, child);
}

static inline bool fy_node_present(const struct fy_node *node, const char *name)
{
	return fy_linux_node_present(node, name);
}

static inline int fy_node_u32(const struct fy_node *node, const char *name, uint32_t *value)
{
	return fy_linux_node_u32(node, name, value);
}

static inline int fy_node_u64(const struct fy_node *node, const char *name, uint64_t *value)
{
	return fy_linux_node_u64(node, name, value);
}

static inline int fy_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
				   unsigned max)
{
	return fy_linux_node_u32_list(node, name, values, max);
}

static inline int fy_node_text(const struct fy_node *node, const char *name, unsigned index,
			       const char **text)
{
	return fy_linux_node_text(node, name, index, text);
}

static inline int fy_node_reference(const struct fy_node *node, const char *name, const char *cells,
				    unsigned index, struct fy_reference *reference)
{
	return fy_linux_node_reference(node, name, cells, index, reference);
}

#endif
