// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * at24: serial EEPROMs of the 24C family (Microchip AT24C02C, section "Device Operation";
 * AT24C256C): 256 bytes to 32 KiB on an I2C bus.
 *
 *	make program DRIVER=at24
 *	printf 'transfer 0x50 0 r8\n' | output/user/at24 --model --shell
 *
 * Devicetree node: compatible = "atmel,24c02", `reg`. A byte's address has 8 bits, and further ones
 * are the low bits of the device's address, up to 24C16; 16 bits in larger ones. A write stays
 * within a page, and takes up to 5 ms, in which the device does not acknowledge.
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>
#include <ferry/memory.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define BLOCK	   256 /* bytes behind one address of the device, where addresses have 8 bits */
#define BLOCKS_MAX 8
#define PAGE_MAX   64
#define READ_MAX   4096		       /* bytes in a transfer */
#define BUSY_NS	   (25 * FY_NS_PER_MS) /* how long it may not acknowledge */
#define POLL_US	   500

static const struct kind {
	const char *compatible;
	uint32_t size;
	uint16_t page;
	uint8_t address_bytes;
} kinds[] = {
	{ "atmel,24c02", 256, 8, 1 },	  { "atmel,24c04", 512, 16, 1 },
	{ "atmel,24c08", 1024, 16, 1 },	  { "atmel,24c16", 2048, 16, 1 },
	{ "atmel,24c32", 4096, 32, 2 },	  { "atmel,24c64", 8192, 32, 2 },
	{ "atmel,24c128", 16384, 64, 2 }, { "atmel,24c256", 32768, 64, 2 },
};

struct at24 {
	const struct kind *kind;
	struct fy_i2c_target target[BLOCKS_MAX]; /* one, where addresses have 16 bits */
	struct fy_memory memory;
	uint8_t buffer[2 + PAGE_MAX];
};

static struct fy_i2c_target *target_of(struct at24 *c, uint32_t offset)
{
	return &c->target[c->kind->address_bytes == 1 ? offset / BLOCK : 0];
}

/* Puts the address of the byte at OFFSET into the buffer. */
static void set_address(struct at24 *c, uint32_t offset)
{
	const bool two = c->kind->address_bytes == 2;

	c->buffer[0] = (uint8_t)(two ? offset >> 8 : offset);
	c->buffer[1] = (uint8_t)offset;
}

/* How many of LEN bytes at OFFSET are before the next multiple of LIMIT. */
static size_t part(uint32_t offset, size_t len, uint32_t limit)
{
	const size_t left = limit - offset % limit;

	return len < left ? len : left;
}

/* Waits until the device acknowledges, after a write. */
static int wait_ready(struct at24 *c)
{
	const uint64_t end = fy_now_ns() + BUSY_NS;
	uint8_t byte;
	int rc;

	while ((rc = fy_i2c_read(&c->target[0], &byte, 1)) == FY_ERR_NOT_FOUND && fy_now_ns() < end)
		fy_sleep_us(POLL_US);
	return rc;
}

static int at24_read(struct fy_device *dev, uint64_t offset, void *data, size_t len)
{
	struct at24 *c = fy_state(dev);
	const uint32_t limit = c->kind->address_bytes == 1 ? BLOCK : READ_MAX;
	uint32_t at = (uint32_t)offset;
	uint8_t *to = data;
	int rc = 0;

	while (len && !rc) {
		size_t now = part(at, len, limit);

		set_address(c, at);
		rc = fy_i2c_write_read(target_of(c, at), c->buffer, c->kind->address_bytes, to,
				       now);
		at += (uint32_t)now;
		to += now;
		len -= now;
	}
	return rc;
}

static int at24_write(struct fy_device *dev, uint64_t offset, const void *data, size_t len)
{
	struct at24 *c = fy_state(dev);
	const unsigned head = c->kind->address_bytes;
	uint32_t at = (uint32_t)offset;
	const uint8_t *from = data;
	int rc = 0;

	while (len && !rc) {
		size_t now = part(at, len, c->kind->page);

		set_address(c, at);
		for (size_t i = 0; i < now; i++)
			c->buffer[head + i] = from[i];
		rc = fy_i2c_write(target_of(c, at), c->buffer, head + now);
		if (!rc)
			rc = wait_ready(c);
		at += (uint32_t)now;
		from += now;
		len -= now;
	}
	return rc;
}

static const struct fy_memory_ops ops = {
	.read = at24_read,
	.write = at24_write,
};

/* The addresses after the first one are those of the blocks. */
static int get_targets(struct fy_device *dev, struct at24 *c)
{
	const unsigned blocks = c->kind->address_bytes == 1 ? c->kind->size / BLOCK : 1;
	int rc = fy_i2c_target_get(dev, &c->target[0]);

	for (unsigned i = 1; i < blocks && !rc; i++)
		rc = fy_i2c_target_get_at(dev, (uint8_t)(fy_i2c_address(&c->target[0]) + i),
					  &c->target[i]);
	return rc;
}

static int at24_probe(struct fy_device *dev)
{
	struct fy_memory_geometry geometry = { 0 };
	struct at24 *c = fy_state(dev);
	int rc;

	c->kind = kinds;
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (fy_is_compatible(dev, kinds[i].compatible))
			c->kind = &kinds[i];
	rc = get_targets(dev, c);
	if (rc)
		return rc;
	rc = wait_ready(c);
	if (rc) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&c->target[0]),
			 fy_error_name(rc));
		return rc;
	}
	geometry.size = c->kind->size;
	return fy_memory_offer(dev, &c->memory, &geometry, &ops);
}

static void at24_remove(struct fy_device *dev)
{
	struct at24 *c = fy_state(dev);

	fy_memory_withdraw(&c->memory);
}

FY_DESCRIPTION("serial EEPROMs of the 24C family");
FY_COMPATIBLE("atmel,24c02", "atmel,24c04", "atmel,24c08", "atmel,24c16", "atmel,24c32",
	      "atmel,24c64", "atmel,24c128", "atmel,24c256");
FY_I2C_TARGET;
FY_NEEDS_CONTRACT(2);
FY_DRIVER(at24) = {
	.name = "at24",
	.compatible = fy_compatible,
	.state_size = sizeof(struct at24),
	.probe = at24_probe,
	.remove = at24_remove,
};
