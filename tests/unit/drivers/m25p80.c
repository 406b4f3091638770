// SPDX-License-Identifier: GPL-2.0-only
/*
 * m25p80 reads, writes and erases a flash at any offset, waits as long as the
 * device needs, and says why something did not work, whichever byte on the bus
 * goes wrong.
 */
#include "../user/test.h"

#include <ferry-sim/memory.h>
#include <ferry-sim/spi.h>

#include "models/spi-models.h"
#include "sim/sim.h"

#define SECTOR 0x10000

extern const struct fy_driver fy_driver_m25p80;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *flash;

static struct m25p80_model *model(void)
{
	return (struct m25p80_model *)flash->model;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_spi(sim, "spi");
	flash = ferry_sim_add(sim, &fy_driver_m25p80, "flash", "m25p80");
	assert_non_null(flash);
	assert_int_equal(ferry_sim_set_bus(flash, "spi", 1), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void it_says_what_it_is(void **state)
{
	uint32_t erase_size;

	assert_int_equal(ferry_sim_memory_size(flash, &erase_size), M25P80_SIZE);
	assert_int_equal(erase_size, SECTOR);
	assert_string_equal(ferry_sim_last_log(sim), "identification 20 20 14, 1024 KiB");
}

static void what_is_written_is_read_at_any_offset(void **state)
{
	static const uint32_t offsets[] = { 0, 1, 255, 256, 0xfffe, 0x12345, M25P80_SIZE - 700 };
	uint8_t out[700], in[700];

	for (unsigned n = 0; n < sizeof(offsets) / sizeof(offsets[0]); n++) {
		memset(model()->memory, 0xff, M25P80_SIZE);
		for (unsigned i = 0; i < sizeof(out); i++)
			out[i] = (uint8_t)(i * 13 + n);
		assert_int_equal(ferry_sim_memory_write(flash, offsets[n], out, sizeof(out)), 0);
		assert_memory_equal(&model()->memory[offsets[n]], out, sizeof(out));
		for (uint32_t i = 0; i < M25P80_SIZE; i++)
			if (i < offsets[n] || i >= offsets[n] + sizeof(out))
				assert_int_equal(model()->memory[i], 0xff);
		assert_int_equal(ferry_sim_memory_read(flash, offsets[n], in, sizeof(in)), 0);
		assert_memory_equal(in, out, sizeof(in));
	}
}

static void all_of_it_can_be_read(void **state)
{
	uint8_t *all = malloc(M25P80_SIZE);

	for (uint32_t i = 0; i < M25P80_SIZE; i++)
		model()->memory[i] = (uint8_t)(i * 7 + i / 256 + i / 65536);
	assert_int_equal(ferry_sim_memory_read(flash, 0, all, M25P80_SIZE), 0);
	assert_memory_equal(all, model()->memory, M25P80_SIZE);
	free(all);
}

static void sectors_are_erased(void **state)
{
	memset(model()->memory, 0x11, M25P80_SIZE);
	assert_int_equal(ferry_sim_memory_erase(flash, 3 * SECTOR, 2 * SECTOR), 0);
	for (uint32_t i = 0; i < M25P80_SIZE; i++)
		assert_int_equal(model()->memory[i],
				 i >= 3 * SECTOR && i < 5 * SECTOR ? 0xff : 0x11);
	assert_int_equal(model()->erases, 2);
	/* What is written without being erased is what both have. */
	assert_int_equal(ferry_sim_memory_write(flash, 0, "\xf0", 1), 0);
	assert_int_equal(model()->memory[0], 0x10);
}

/* It waits no longer than the device needs, but for the time between two looks.
 */
static void it_waits_as_long_as_the_device_needs(void **state)
{
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(ferry_sim_memory_write(flash, 0, "a", 1), 0);
	assert_in_range(ferry_sim_now(sim) - before, 640 * FERRY_SIM_US, 900 * FERRY_SIM_US);
	assert_int_equal(ferry_sim_set_option(flash, "slow", true), 0);
	before = ferry_sim_now(sim);
	assert_int_equal(ferry_sim_memory_erase(flash, 0, SECTOR), 0);
	assert_in_range(ferry_sim_now(sim) - before, 3 * SECOND, 3 * SECOND + 10 * MS);
}

static void a_device_that_is_never_ready_is_given_up(void **state)
{
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(ferry_sim_set_option(flash, "stuck", true), 0);
	assert_int_equal(ferry_sim_memory_write(flash, 0, "a", 1), FY_ERR_TIMEOUT);
	assert_in_range(ferry_sim_now(sim) - before, 20 * MS, 25 * MS);
}

static void what_is_protected_is_not_written(void **state)
{
	model()->protection = 0x04;
	assert_int_equal(ferry_sim_memory_write(flash, 0, "a", 1), FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_memory_erase(flash, 0, SECTOR), FY_ERR_UNSUPPORTED);
	assert_int_equal(model()->programs + model()->erases, 0);
}

/* Each word on the bus in turn fails, or never ends. */
static void whichever_byte_goes_wrong_the_driver_goes_on(void **state)
{
	static const int errors[] = { FY_ERR_IO, FY_ERR_TIMEOUT };
	unsigned long before = ferry_sim_spi_words(bus), words;
	uint8_t data[3];

	assert_int_equal(ferry_sim_memory_write(flash, 254, "abc", 3), 0);
	words = ferry_sim_spi_words(bus) - before;
	assert_in_range(words, 10, 100);
	for (unsigned long i = 0; i < 2 * words; i++) {
		ferry_sim_spi_fail(bus, i / 2, errors[i % 2]);
		assert_int_equal(ferry_sim_memory_write(flash, 254, "abc", 3), errors[i % 2]);
		ferry_sim_run_for(sim, 10 * MS);
		assert_int_equal(ferry_sim_memory_read(flash, 254, data, 3), 0);
		assert_memory_equal(data, "abc", 3);
	}
	for (unsigned i = 0; i < 7; i++) {
		ferry_sim_spi_fail(bus, i, FY_ERR_IO);
		assert_int_equal(ferry_sim_memory_read(flash, 254, data, 3), FY_ERR_IO);
	}
}

/* A bus where nobody is reads all ones, or all zeros: there is no device then.
 */
static void where_nobody_is_there_is_no_memory(void **state)
{
	ferry_sim_remove(flash);
	model()->bytes.target.pin = 7;
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_string_equal(ferry_sim_last_log(sim), "does not answer: error -7");
	model()->bytes.target.pin = 1;
	for (unsigned long i = 0; i < 6; i++) {
		ferry_sim_spi_fail(bus, i, FY_ERR_IO);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	}
	ferry_sim_spi_fail(bus, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_memory_size(flash, NULL), M25P80_SIZE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_says_what_it_is),
		TEST(what_is_written_is_read_at_any_offset),
		TEST(all_of_it_can_be_read),
		TEST(sectors_are_erased),
		TEST(it_waits_as_long_as_the_device_needs),
		TEST(a_device_that_is_never_ready_is_given_up),
		TEST(what_is_protected_is_not_written),
		TEST(whichever_byte_goes_wrong_the_driver_goes_on),
		TEST(where_nobody_is_there_is_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
