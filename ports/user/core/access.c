// SPDX-License-Identifier: GPL-2.0-only
/* Accesses to the registers of models. Each may let an interrupt come, as on a machine. */
#include <ferry/io.h>

#include "world.h"

/* What reads as all ones, like a bus where nobody answers. */
static bool is_valid(struct fy_device *dev, uint32_t offset, unsigned bytes)
{
	const struct user_model_kind *kind = dev->model ? dev->model->kind : NULL;

	if (!kind)
		user_violation(dev->world, dev,
			       "it has no registers, but %u bytes at 0x%x are accessed", bytes,
			       offset);
	else if (offset >= kind->window || kind->window - offset < bytes)
		user_violation(dev->world, dev,
			       "offset 0x%x is not of %s, which has 0x%x bytes of registers",
			       offset, kind->name, kind->window);
	else if (offset % bytes || !(kind->widths & bytes))
		user_violation(dev->world, dev, "%s takes no access of %u bytes at 0x%x",
			       kind->name, bytes, offset);
	else
		return true;
	return false;
}

static struct user_access access_now(struct fy_device *dev, uint32_t offset, unsigned bytes)
{
	user_spin(dev->world);
	return (struct user_access){ .time = user_world_now(dev->world),
				     .offset = offset,
				     .bytes = bytes };
}

uint32_t user_read(struct fy_device *dev, uint32_t offset, unsigned bytes)
{
	struct user_access access;

	if (!is_valid(dev, offset, bytes))
		return ~0u;
	access = access_now(dev, offset, bytes);
	access.value = dev->model->kind->read(dev->model, offset, bytes);
	if (dev->tap)
		dev->tap->access(dev->tap->arg, dev, &access);
	user_interrupts(dev->world);
	return access.value;
}

void user_write(struct fy_device *dev, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct user_access access;

	if (!is_valid(dev, offset, bytes))
		return;
	access = access_now(dev, offset, bytes);
	access.value = value;
	access.is_write = true;
	if (dev->tap)
		dev->tap->access(dev->tap->arg, dev, &access);
	if (!access.lost)
		dev->model->kind->write(dev->model, offset, bytes, access.value);
	user_interrupts(dev->world);
}

/* A model takes no 64 bits at once. */
uint64_t user_read64(struct fy_device *dev, uint32_t offset)
{
	uint32_t low = user_read(dev, offset, 4);

	return (uint64_t)user_read(dev, offset + 4, 4) << 32 | low;
}

void user_write64(struct fy_device *dev, uint32_t offset, uint64_t value)
{
	user_write(dev, offset, 4, (uint32_t)value);
	user_write(dev, offset + 4, 4, (uint32_t)(value >> 32));
}
