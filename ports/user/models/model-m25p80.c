// SPDX-License-Identifier: GPL-2.0-only
/*
 * A flash memory on an SPI bus: Micron M25P80 (data sheet M25P80-FD, chapters 6 and 11). An
 * instruction is the first byte after the chip select has become active; those that change
 * something take effect when it becomes inactive, at the end of a byte. While a cycle is in
 * progress the device answers nothing but its status.
 */
#include <string.h>

#include "spi-models.h"

#define WRITE_ENABLE   0x06
#define WRITE_DISABLE  0x04
#define READ_ID	       0x9f
#define READ_STATUS    0x05
#define READ_DATA      0x03
#define READ_FAST      0x0b
#define PAGE_PROGRAM   0x02
#define SECTOR_ERASE   0xd8
#define BULK_ERASE     0xc7
#define STATUS_WIP     0x01
#define STATUS_WEL     0x02
#define PAGE	       256
#define SECTOR	       0x10000u
#define ADDRESS_END    4 /* the command and three bytes */
#define PROGRAM_NS     (640 * FY_NS_PER_US)
#define PROGRAM_MAX_NS (5 * FY_NS_PER_MS)
#define ERASE_NS       (600 * FY_NS_PER_MS)
#define ERASE_MAX_NS   (3 * FY_NS_PER_SEC)
#define BULK_FACTOR    13

static struct m25p80_model *flash_of(struct spi_bytes *bytes)
{
	return (struct m25p80_model *)((unsigned char *)bytes -
				       offsetof(struct m25p80_model, bytes));
}

static uint64_t now_of(const struct m25p80_model *m)
{
	return user_world_now(m->model.world);
}

static bool is_busy(const struct m25p80_model *m)
{
	return m->stuck ? m->busy != 0 : now_of(m) < m->busy;
}

/* ---- Instructions that change something ---- */

static bool may_write(struct m25p80_model *m)
{
	if (m->write_enabled)
		return !m->protection;
	user_model_violation(&m->model, "instruction 0x%02x without WREN before it", m->command);
	return false;
}

static void program(struct m25p80_model *m)
{
	uint8_t *page = &m->memory[m->address / PAGE * PAGE];

	for (unsigned i = 0; i < PAGE; i++)
		if (m->written[i])
			page[i] &= m->page[i];
	m->busy = now_of(m) + (m->slow ? PROGRAM_MAX_NS : PROGRAM_NS);
	m->programs++;
}

static void erase(struct m25p80_model *m, uint32_t start, uint32_t size)
{
	memset(&m->memory[start], 0xff, size);
	m->busy = now_of(m) +
		  (m->slow ? ERASE_MAX_NS : ERASE_NS) * (size == SECTOR ? 1 : BULK_FACTOR);
	m->erases++;
}

/* The chip select has become inactive after COUNT whole bytes. */
static void execute(struct m25p80_model *m)
{
	if (m->command == WRITE_ENABLE && m->count == 1)
		m->write_enabled = true;
	else if (m->command == WRITE_DISABLE && m->count == 1)
		m->write_enabled = false;
	else if (m->command == PAGE_PROGRAM && m->count > ADDRESS_END && may_write(m))
		program(m);
	else if (m->command == SECTOR_ERASE && m->count == ADDRESS_END && may_write(m))
		erase(m, m->address / SECTOR * SECTOR, SECTOR);
	else if (m->command == BULK_ERASE && m->count == 1 && may_write(m))
		erase(m, 0, M25P80_SIZE);
}

/* ---- The bus ---- */

static void flash_select(struct spi_bytes *bytes, bool active, uint64_t now)
{
	struct m25p80_model *m = flash_of(bytes);

	(void)now;
	if (!active && m->count && !is_busy(m))
		execute(m);
	if (active && m->busy && !is_busy(m)) {
		m->busy = 0;
		m->write_enabled = false; /* a cycle's end resets it */
	}
	m->count = 0;
	memset(m->written, 0, sizeof(m->written));
}

static void begin(struct m25p80_model *m, uint8_t command)
{
	m->command = command;
	m->address = 0;
	if (is_busy(m) && command != READ_STATUS)
		user_model_violation(&m->model, "instruction 0x%02x while a cycle is in progress",
				     command);
}

static void flash_byte(struct spi_bytes *bytes, uint8_t byte, uint64_t now)
{
	struct m25p80_model *m = flash_of(bytes);

	(void)now;
	if (!m->count) {
		begin(m, byte);
	} else if (m->count < ADDRESS_END) {
		m->address = (m->address << 8 | byte) % M25P80_SIZE;
	} else if (m->command == PAGE_PROGRAM) {
		unsigned at = (m->address + (unsigned)(m->count - ADDRESS_END)) % PAGE;

		m->page[at] = byte;
		m->written[at] = true;
	}
	m->count++;
}

/* COUNT bytes have come. */
static uint8_t flash_next(struct spi_bytes *bytes)
{
	static const uint8_t id[] = { 0x20, 0x20, 0x14 };
	struct m25p80_model *m = flash_of(bytes);
	unsigned long skip = m->command == READ_FAST ? ADDRESS_END + 1 : ADDRESS_END;

	if (!m->count)
		return 0xff;
	if (m->command == READ_STATUS)
		return (uint8_t)((is_busy(m) ? STATUS_WIP : 0) |
				 (m->write_enabled ? STATUS_WEL : 0) | m->protection);
	if (is_busy(m))
		return 0xff;
	if (m->command == READ_ID && m->count <= sizeof(id))
		return id[m->count - 1];
	if ((m->command == READ_DATA || m->command == READ_FAST) && m->count >= skip)
		return m->memory[(m->address + m->count - skip) % M25P80_SIZE];
	return 0xff;
}

static int init(struct user_model *model)
{
	struct m25p80_model *m = (struct m25p80_model *)model;

	memset(m->memory, 0xff, sizeof(m->memory));
	m->bytes.select = flash_select;
	m->bytes.byte = flash_byte;
	m->bytes.next = flash_next;
	spi_bytes_init(&m->bytes);
	return 0;
}

static const struct user_model_option options[] = {
	{ "slow", offsetof(struct m25p80_model, slow) },
	{ "stuck", offsetof(struct m25p80_model, stuck) },
	{ 0 },
};

const struct user_model_kind m25p80_model = {
	.name = "m25p80",
	.compatible = "jedec,spi-nor",
	.size = sizeof(struct m25p80_model),
	.init = init,
	.options = options,
	.spi_target = offsetof(struct m25p80_model, bytes.target),
};
