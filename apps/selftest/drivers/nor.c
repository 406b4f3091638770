// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * nor: a flash for tests, without a device: 64 KiB in sectors of 4 KiB. Writing makes ones zeros
 * and no more; erasing the sector at 0xf000 fails.
 */
#include <ferry/driver.h>
#include <ferry/memory.h>

enum { SIZE = 64 * 1024, SECTOR = 4096, BROKEN = 0xf000 };

struct nor {
	struct fy_memory memory;
	uint8_t bytes[SIZE];
};

static int nor_read(struct fy_device *dev, uint64_t offset, void *data, size_t len)
{
	const struct nor *n = fy_state(dev);
	uint8_t *to = data;

	for (size_t i = 0; i < len; i++)
		to[i] = n->bytes[offset + i];
	return 0;
}

static int nor_write(struct fy_device *dev, uint64_t offset, const void *data, size_t len)
{
	struct nor *n = fy_state(dev);
	const uint8_t *from = data;

	for (size_t i = 0; i < len; i++)
		n->bytes[offset + i] &= from[i];
	return 0;
}

static int nor_erase(struct fy_device *dev, uint64_t offset, uint64_t len)
{
	struct nor *n = fy_state(dev);

	if (offset + len > BROKEN)
		return FY_ERR_IO;
	for (uint64_t i = 0; i < len; i++)
		n->bytes[offset + i] = 0xff;
	return 0;
}

static const struct fy_memory_ops ops = {
	.read = nor_read,
	.write = nor_write,
	.erase = nor_erase,
};

static int nor_probe(struct fy_device *dev)
{
	static const struct fy_memory_geometry geometry = {
		.size = SIZE,
		.write_size = 1,
		.erase_size = SECTOR,
	};
	struct nor *n = fy_state(dev);

	return fy_memory_offer(dev, &n->memory, &geometry, &ops);
}

static void nor_remove(struct fy_device *dev)
{
	struct nor *n = fy_state(dev);

	fy_memory_withdraw(&n->memory);
}

FY_DRIVER(nor) = {
	.name = "nor",
	.state_size = sizeof(struct nor),
	.probe = nor_probe,
	.remove = nor_remove,
};
