// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The SPI bus of a Raspberry Pi, with a flash memory at chip select 0, which the emulated boards of
 * tests/selftest.t have (Winbond's W25Q80). Where nobody answers, this is left out.
 */
#include <ferry/app.h>

#include "flash-id.h"
#include "tap.h"

#define ID 0xef5014

static uint32_t id_of(const uint8_t *bytes)
{
	return (uint32_t)(bytes[0] << 16 | bytes[1] << 8 | bytes[2]);
}

static const struct fy_spi_config config = { .word_bits = 8, .speed_hz = 1000000 };

static int read_id(uint8_t id[6])
{
	static const uint8_t instruction = 0x9f;
	const struct fy_spi_segment segments[] = { { .write = &instruction, .length = 1 },
						   { .read = id, .length = 6 } };

	return fy_spi_transfer("spi", &config, segments, 2);
}

static void test_errors(void)
{
	struct fy_spi_config c = config;
	const struct fy_spi_segment byte = { .length = 1 };

	tap_is_int("a transfer without a segment is refused",
		   fy_spi_transfer("spi", &config, NULL, 0), FY_ERR_INVALID);
	c.select = 3;
	tap_is_int("so is a chip select that is not there", fy_spi_transfer("spi", &c, &byte, 1),
		   FY_ERR_NOT_FOUND);
	c = config;
	c.speed_hz = 1;
	tap_is_int("and a clock that cannot be", fy_spi_transfer("spi", &c, &byte, 1),
		   FY_ERR_UNSUPPORTED);
}

/* Last, since QEMU's memory does not end this before the machine does. */
static void test_long_read(void)
{
	static const uint8_t instruction[4] = { 0x03, 0, 1, 0 };
	static uint8_t data[1000];
	const struct fy_spi_segment segments[] = { { .write = instruction, .length = 4 },
						   { .read = data, .length = sizeof(data) } };
	unsigned erased = 0;

	tap_is_int("more is read than the FIFO holds", fy_spi_transfer("spi", &config, segments, 2),
		   0);
	for (unsigned i = 0; i < sizeof(data); i++)
		erased += data[i] == 0xff;
	tap_is("all of it", erased, sizeof(data));
}

void test_spi(void)
{
	uint8_t id[6] = { 0 };
	int rc;

	tap_is_int("an SPI bus that is not there is not found",
		   fy_spi_transfer("none", &config, NULL, 0), FY_ERR_NOT_FOUND);
	if (!flash_id_results.probed || id_of(flash_id_results.waited) != ID) {
		tap_skip("an SPI bus", "the board has none, or nobody is at chip select 0");
		return;
	}
	tap_is_int("a driver waits for a transfer", flash_id_results.wait_error, 0);
	tap_is("a driver's request is over", flash_id_results.requests, 1);
	tap_is_int("without an error", flash_id_results.request_error, 0);
	tap_is("and has the same answer", id_of(flash_id_results.requested), ID);
	rc = read_id(id);
	tap_is_int("the app has a transfer done", rc, 0);
	tap_is("it too", id_of(id), ID);
	test_errors();
	rc = read_id(id);
	tap_is("after those the bus works", rc ? 0 : id_of(id), ID);
	test_long_read();
}
