// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * m25p80: a flash memory on an SPI bus, of the many that understand the
 *instructions of Micron's M25P80 (data sheet M25P80-FD, chapter 6), with
 *addresses of three bytes, 64 KiB to 16 MiB.
 *
 *	make check T=drivers/m25p80.c
 *
 * Devicetree node: compatible = "jedec,spi-nor"; `reg`, its chip select;
 *`spi-max-frequency`. What size it has is told by the third byte of its
 *identification (JEDEC JEP106), a power of two. It is erased in sectors of 64
 *KiB.
 */
#include <ferry/driver.h>
#include <ferry/memory.h>
#include <ferry/spi-target.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define WRITE_ENABLE  0x06
#define READ_ID	      0x9f
#define READ_STATUS   0x05
#define READ_DATA     0x03
#define PAGE_PROGRAM  0x02
#define SECTOR_ERASE  0xd8
#define STATUS_WIP    0x01 /* a cycle is in progress */
#define STATUS_WEL    0x02 /* WREN has been understood */
#define STATUS_BP     0x1c /* which part is protected; 0: none */
#define STATUS_NOBODY 0xff

#define PAGE	     256u
#define SECTOR	     0x10000u
#define CAPACITY_MIN 16 /* log2 of bytes */
#define CAPACITY_MAX 24
#define SPEED_HZ     20000000 /* of READ DATA */
#define READ_MAX     4096u

/* How long a cycle may take, twice what the slowest take; how often its status is asked for. */
#define PROGRAM_MS 20
#define PROGRAM_US 200
#define ERASE_MS   6000
#define ERASE_US   5000

struct m25p80 {
	struct fy_device *dev;
	struct fy_spi_target target;
	struct fy_memory memory;
	uint8_t out[4 + PAGE];
};

/* An instruction with an address, in `out`. */
static void prepare(struct m25p80 *f, uint8_t instruction, uint32_t address)
{
	f->out[0] = instruction;
	f->out[1] = (uint8_t)(address >> 16);
	f->out[2] = (uint8_t)(address >> 8);
	f->out[3] = (uint8_t)address;
}

/* The status register, or an error. */
static int read_status(struct m25p80 *f)
{
	uint8_t instruction = READ_STATUS, status = STATUS_NOBODY;
	int rc = fy_spi_write_read(&f->target, &instruction, 1, &status, 1);

	if (rc)
		return rc;
	return status == STATUS_NOBODY ? FY_ERR_IO : status;
}

/* Waits for the end of a cycle: looks at once, and every US, for up to MS. */
static int wait_ready(struct m25p80 *f, uint32_t ms, uint32_t us)
{
	uint64_t end = fy_now_ns() + ms * FY_NS_PER_MS;

	for (;;) {
		bool late = fy_now_ns() >= end;
		int status = read_status(f);

		if (status < 0)
			return status;
		if (!(status & STATUS_WIP))
			return 0;
		if (late)
			return FY_ERR_TIMEOUT;
		fy_sleep_us(us);
	}
}

/* Before each instruction that changes something. */
static int enable_writing(struct m25p80 *f)
{
	uint8_t instruction = WRITE_ENABLE;
	int status, rc = fy_spi_write(&f->target, &instruction, 1);

	if (rc)
		return rc;
	status = read_status(f);
	if (status < 0)
		return status;
	if (status & STATUS_BP)
		return FY_ERR_UNSUPPORTED;
	return status & STATUS_WEL ? 0 : FY_ERR_IO;
}

/* ---- Class memory ---- */

static int memory_read(struct fy_device *dev, uint64_t offset, void *data, size_t len)
{
	struct m25p80 *f = fy_state(dev);
	uint8_t *bytes = data;
	int rc = 0;

	while (len && !rc) {
		size_t part = len < READ_MAX ? len : READ_MAX;

		prepare(f, READ_DATA, (uint32_t)offset);
		rc = fy_spi_write_read(&f->target, f->out, 4, bytes, part);
		offset += part;
		bytes += part;
		len -= part;
	}
	return rc;
}

/* Not beyond the end of the page, where the device would go on at the beginning of that. */
static int write_page(struct m25p80 *f, uint32_t address, const uint8_t *bytes, uint32_t len)
{
	int rc = enable_writing(f);

	if (rc)
		return rc;
	prepare(f, PAGE_PROGRAM, address);
	for (uint32_t i = 0; i < len; i++)
		f->out[4 + i] = bytes[i];
	rc = fy_spi_write(&f->target, f->out, 4 + len);
	return rc ? rc : wait_ready(f, PROGRAM_MS, PROGRAM_US);
}

static int memory_write(struct fy_device *dev, uint64_t offset, const void *data, size_t len)
{
	struct m25p80 *f = fy_state(dev);
	const uint8_t *bytes = data;
	int rc = 0;

	while (len && !rc) {
		uint32_t room = PAGE - (uint32_t)offset % PAGE,
			 part = len < room ? (uint32_t)len : room;

		rc = write_page(f, (uint32_t)offset, bytes, part);
		offset += part;
		bytes += part;
		len -= part;
	}
	return rc;
}

static int memory_erase(struct fy_device *dev, uint64_t offset, uint64_t len)
{
	struct m25p80 *f = fy_state(dev);
	int rc = 0;

	for (; len && !rc; offset += SECTOR, len -= SECTOR) {
		rc = enable_writing(f);
		if (rc)
			break;
		prepare(f, SECTOR_ERASE, (uint32_t)offset);
		rc = fy_spi_write(&f->target, f->out, 4);
		if (!rc)
			rc = wait_ready(f, ERASE_MS, ERASE_US);
	}
	return rc;
}

static const struct fy_memory_ops ops = {
	.read = memory_read,
	.write = memory_write,
	.erase = memory_erase,
};

/* ---- Coming and going ---- */

static int m25p80_probe(struct fy_device *dev)
{
	struct m25p80 *f = fy_state(dev);
	struct fy_memory_geometry geometry = { .erase_size = SECTOR };
	uint8_t instruction = READ_ID, id[3];
	int rc = fy_spi_target_get(dev, &f->target, FY_SPI_MODE_0, 8, SPEED_HZ);

	if (rc)
		return rc;
	f->dev = dev;
	/* Another driver, or the firmware, may have begun a cycle. */
	rc = wait_ready(f, ERASE_MS, ERASE_US);
	if (!rc)
		rc = fy_spi_write_read(&f->target, &instruction, 1, id, sizeof(id));
	if (rc) {
		fy_error(dev, "does not answer: error %d", rc);
		return rc;
	}
	if (id[2] < CAPACITY_MIN || id[2] > CAPACITY_MAX) {
		fy_error(dev, "identification %02x %02x %02x: not a flash that this driver knows",
			 id[0], id[1], id[2]);
		return FY_ERR_UNSUPPORTED;
	}
	geometry.size = 1ull << id[2];
	rc = fy_memory_offer(dev, &f->memory, &geometry, &ops);
	if (rc)
		fy_error(dev, "cannot offer the memory: error %d", rc);
	else
		fy_info(dev, "identification %02x %02x %02x, %u KiB", id[0], id[1], id[2],
			1u << (id[2] - 10));
	return rc;
}

static void m25p80_remove(struct fy_device *dev)
{
	struct m25p80 *f = fy_state(dev);

	fy_memory_withdraw(&f->memory);
}

FY_DESCRIPTION("Flash memory on an SPI bus");
FY_COMPATIBLE("jedec,spi-nor");
FY_SPI_TARGET;
FY_DRIVER(m25p80) = {
	.name = "m25p80",
	.compatible = fy_compatible,
	.state_size = sizeof(struct m25p80),
	.probe = m25p80_probe,
	.remove = m25p80_remove,
};
