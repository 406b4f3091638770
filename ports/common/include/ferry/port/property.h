/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/property.h> where the port itself has the bytes of properties, in the devicetree's form:
 * cells are big-endian, texts end with a zero byte. Each port has its struct fy_node in
 * <ferry/port/node.h>, and finds bytes, children and references; what the bytes mean is here.
 */
#ifndef FERRY_PORT_PROPERTY_H
#define FERRY_PORT_PROPERTY_H

/*
 * By the port. The bytes of a property: returns them, with their number in *LEN, or NULL: there is
 * no such property.
 */
const uint8_t *fy_port_node_bytes(const struct fy_node *node, const char *name, uint32_t *len);
void fy_port_node_of(struct fy_device *dev, struct fy_node *node);
const char *fy_port_node_name(const struct fy_node *node);
int fy_port_node_child(const struct fy_node *node, unsigned index, struct fy_node *child);
int fy_port_node_reference(const struct fy_node *node, const char *name, const char *cells,
			   unsigned index, struct fy_reference *reference);

/* By ports/common/property.c. */
int fy_port_node_u32(const struct fy_node *node, const char *name, uint32_t *value);
int fy_port_node_u64(const struct fy_node *node, const char *name, uint64_t *value);
int fy_port_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
			  unsigned max);
int fy_port_node_text(const struct fy_node *node, const char *name, unsigned index,
		      const char **text);

static inline void fy_node_of(struct fy_device *dev, struct fy_node *node)
{
	fy_port_node_of(dev, node);
}

static inline const char *fy_node_name(const struct fy_node *node)
{
	return fy_port_node_name(node);
}

static inline int fy_node_child(const struct fy_node *node, unsigned index, struct fy_node *child)
{
	return fy_port_node_child(node, index, child);
}

static inline bool fy_node_present(const struct fy_node *node, const char *name)
{
	uint32_t len;

	return fy_port_node_bytes(node, name, &len);
}

static inline int fy_node_u32(const struct fy_node *node, const char *name, uint32_t *value)
{
	return fy_port_node_u32(node, name, value);
}

static inline int fy_node_u64(const struct fy_node *node, const char *name, uint64_t *value)
{
	return fy_port_node_u64(node, name, value);
}

static inline int fy_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
				   unsigned max)
{
	return fy_port_node_u32_list(node, name, values, max);
}

static inline int fy_node_text(const struct fy_node *node, const char *name, unsigned index,
			       const char **text)
{
	return fy_port_node_text(node, name, index, text);
}

static inline int fy_node_reference(const struct fy_node *node, const char *name, const char *cells,
				    unsigned index, struct fy_reference *reference)
{
	return fy_port_node_reference(node, name, cells, index, reference);
}

#endif
