/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/io.h>: accesses go to the device's model, and writes into a list with the
 * time of each, so that a test sees their order and the waits between them.
 */
#include <assert.h>

struct test_registers {
	uint32_t (*read)(struct test_registers *registers, uint32_t offset);
	void (*write)(struct test_registers *registers, uint32_t offset, uint32_t value);
	unsigned width; /* bits of the accesses that the device takes */
};

struct test_write {
	uint64_t time;
	uint32_t offset, value;
};

#define TEST_WRITES_MAX 256
extern struct test_write test_writes[TEST_WRITES_MAX]; /* the last ones */
extern unsigned test_write_count;

static inline uint32_t test_read(struct fy_device *dev, uint32_t offset, unsigned width)
{
	assert(dev->registers->width == width && offset % (width / 8) == 0);
	return dev->registers->read(dev->registers, offset);
}

static inline void test_write(struct fy_device *dev, uint32_t offset, uint32_t value,
			      unsigned width)
{
	assert(dev->registers->width == width && offset % (width / 8) == 0);
	test_writes[test_write_count++ % TEST_WRITES_MAX] =
		(struct test_write){ test_now, offset, value };
	dev->registers->write(dev->registers, offset, value);
}

static inline uint32_t fy_read32(struct fy_device *dev, uint32_t offset)
{
	return test_read(dev, offset, 32);
}

static inline void fy_write32(struct fy_device *dev, uint32_t offset, uint32_t value)
{
	test_write(dev, offset, value, 32);
}

static inline uint8_t fy_read8(struct fy_device *dev, uint32_t offset)
{
	return (uint8_t)test_read(dev, offset, 8);
}

static inline void fy_write8(struct fy_device *dev, uint32_t offset, uint8_t value)
{
	test_write(dev, offset, value, 8);
}

static inline void fy_write_barrier(void)
{
}

static inline void fy_read_barrier(void)
{
}
