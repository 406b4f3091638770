// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * scratch: an EEPROM for tests, without a device: 1 KiB in the driver's state, of which the last
 * page is protected and the byte at 0x300 cannot be read.
 */
#include <ferry/driver.h>
#include <ferry/memory.h>

enum { SIZE = 1024, PAGE = 32, BROKEN = 0x300 };

struct scratch {
	struct fy_memory memory;
	uint8_t bytes[SIZE];
};

static int scratch_read(struct fy_device *dev, uint64_t offset, void *data, size_t len)
{
	const struct scratch *s = fy_state(dev);
	uint8_t *to = data;

	for (size_t i = 0; i < len; i++) {
		if (offset + i == BROKEN)
			return FY_ERR_IO;
		to[i] = s->bytes[offset + i];
	}
	return 0;
}

static int scratch_write(struct fy_device *dev, uint64_t offset, const void *data, size_t len)
{
	struct scratch *s = fy_state(dev);
	const uint8_t *from = data;

	if (offset + len > SIZE - PAGE)
		return FY_ERR_UNSUPPORTED;
	for (size_t i = 0; i < len; i++)
		s->bytes[offset + i] = from[i];
	return 0;
}

static const struct fy_memory_ops ops = {
	.read = scratch_read,
	.write = scratch_write,
};

static int scratch_probe(struct fy_device *dev)
{
	static const struct fy_memory_geometry geometry = { .size = SIZE };
	struct scratch *s = fy_state(dev);

	for (unsigned i = 0; i < SIZE; i++)
		s->bytes[i] = 0xff;
	return fy_memory_offer(dev, &s->memory, &geometry, &ops);
}

static void scratch_remove(struct fy_device *dev)
{
	struct scratch *s = fy_state(dev);

	fy_memory_withdraw(&s->memory);
}

FY_DRIVER(scratch) = {
	.name = "scratch",
	.state_size = sizeof(struct scratch),
	.probe = scratch_probe,
	.remove = scratch_remove,
};
