// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What the bytes of a property mean: see <ferry/property.h>. */
#include <ferry/property.h>

static uint32_t cell(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

int fy_port_node_u32(const struct fy_node *node, const char *name, uint32_t *value)
{
	uint32_t len;
	const uint8_t *bytes = fy_port_node_bytes(node, name, &len);

	if (!bytes)
		return FY_ERR_NOT_FOUND;
	if (len != 4)
		return FY_ERR_INVALID;
	*value = cell(bytes);
	return 0;
}

int fy_port_node_u64(const struct fy_node *node, const char *name, uint64_t *value)
{
	uint32_t len;
	const uint8_t *bytes = fy_port_node_bytes(node, name, &len);

	if (!bytes)
		return FY_ERR_NOT_FOUND;
	if (len != 4 && len != 8)
		return FY_ERR_INVALID;
	*value = cell(bytes);
	if (len == 8)
		*value = *value << 32 | cell(bytes + 4);
	return 0;
}

int fy_port_node_u32_list(const struct fy_node *node, const char *name, uint32_t *values,
			  unsigned max)
{
	uint32_t len;
	const uint8_t *bytes = fy_port_node_bytes(node, name, &len);

	if (!bytes)
		return FY_ERR_NOT_FOUND;
	if (!len || len % 4)
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < max && i < len / 4; i++)
		values[i] = cell(bytes + 4 * i);
	return (int)(len / 4);
}

/* Each text ends within the property, or it is none. */
int fy_port_node_text(const struct fy_node *node, const char *name, unsigned index,
		      const char **text)
{
	uint32_t len, start = 0;
	const uint8_t *bytes = fy_port_node_bytes(node, name, &len);

	if (!bytes)
		return FY_ERR_NOT_FOUND;
	if (!len || bytes[len - 1])
		return FY_ERR_INVALID;
	for (; index; index--) {
		while (bytes[start])
			start++;
		if (++start == len)
			return FY_ERR_NOT_FOUND;
	}
	*text = (const char *)bytes + start;
	return 0;
}
