// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class memory where no kernel has it. */
#include <ferry/memory.h>

int fy_port_memory_offer(struct fy_device *dev, struct fy_memory *memory,
			 const struct fy_memory_geometry *geometry, const struct fy_memory_ops *ops)
{
	if (!fy_memory_valid(geometry, ops))
		return FY_ERR_INVALID;
	memory->dev = dev;
	memory->ops = ops;
	memory->geometry = *geometry;
	if (!memory->geometry.write_size)
		memory->geometry.write_size = 1;
	return fy_port_offer(dev, &memory->offer, FY_OFFER_MEMORY);
}

void fy_port_memory_withdraw(struct fy_memory *memory)
{
	fy_port_offer_end(&memory->offer);
}

static bool in_units(uint64_t number, uint32_t unit)
{
	return number == fy_div_u64(number, unit) * unit;
}

static int check(const struct fy_memory *memory, uint64_t offset, uint64_t len, uint32_t unit)
{
	if (offset > memory->geometry.size || len > memory->geometry.size - offset)
		return FY_ERR_INVALID;
	return in_units(offset, unit) && in_units(len, unit) ? 0 : FY_ERR_INVALID;
}

int fy_port_memory_read(struct fy_memory *memory, uint64_t offset, void *data, size_t len)
{
	uintptr_t before;
	int rc = check(memory, offset, len, 1);

	if (rc || !len)
		return rc;
	before = fy_port_op_enter(memory->dev);
	rc = memory->ops->read(memory->dev, offset, data, len);
	fy_port_op_leave(memory->dev, before);
	return rc;
}

int fy_port_memory_write(struct fy_memory *memory, uint64_t offset, const void *data, size_t len)
{
	uintptr_t before;
	int rc = check(memory, offset, len, memory->geometry.write_size);

	if (!memory->ops->write)
		return FY_ERR_UNSUPPORTED;
	if (rc || !len)
		return rc;
	before = fy_port_op_enter(memory->dev);
	rc = memory->ops->write(memory->dev, offset, data, len);
	fy_port_op_leave(memory->dev, before);
	return rc;
}

int fy_port_memory_erase(struct fy_memory *memory, uint64_t offset, uint64_t len)
{
	uintptr_t before;
	int rc;

	if (!memory->ops->erase)
		return FY_ERR_UNSUPPORTED;
	rc = check(memory, offset, len, memory->geometry.erase_size);
	if (rc || !len)
		return rc;
	before = fy_port_op_enter(memory->dev);
	rc = memory->ops->erase(memory->dev, offset, len);
	fy_port_op_leave(memory->dev, before);
	return rc;
}
