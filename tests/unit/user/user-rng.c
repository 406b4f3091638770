// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/bcm2835-rng.c gives random bytes when the device is warm, no more than asked for, and
 * tells a dead device from a missing one.
 */
#include "test.h"

extern const struct fy_driver fy_driver_bcm2835_rng;

static struct ferry_sim *sim;
static struct ferry_sim_device *rng;

static int setup(void **state)
{
	sim = ferry_sim_new();
	rng = ferry_sim_add(sim, &fy_driver_bcm2835_rng, "rng", "brcm,bcm2835-rng");
	assert_non_null(rng);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void gives_bytes_when_it_is_warm_and_no_more_than_asked_for(void **state)
{
	unsigned char bytes[70];

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_random(rng, bytes, sizeof(bytes)), FY_ERR_AGAIN);
	ferry_sim_run_for(sim, 0x40000 * FERRY_SIM_US - 1);
	assert_int_equal(ferry_sim_random(rng, bytes, sizeof(bytes)), FY_ERR_AGAIN);
	ferry_sim_run_for(sim, SECOND);
	memset(bytes, 0, sizeof(bytes));
	assert_int_equal(ferry_sim_random(rng, bytes, 5), 5);
	assert_int_equal(bytes[5], 0);
	/* 14 words are left of 16. */
	assert_int_equal(ferry_sim_random(rng, bytes, sizeof(bytes)), 14 * 4);
	assert_int_equal(ferry_sim_random(rng, bytes, sizeof(bytes)), FY_ERR_AGAIN);
	ferry_sim_run_for(sim, 32 * FERRY_SIM_US);
	assert_int_equal(ferry_sim_random(rng, bytes, sizeof(bytes)), 4);
}

static void bits_are_as_often_one_as_zero(void **state)
{
	unsigned ones = 0, bytes = 0;
	unsigned char some[64];

	assert_int_equal(ferry_sim_probe(sim), 0);
	while (bytes < 100000) {
		long got = ferry_sim_random(rng, some, sizeof(some));

		ferry_sim_run_for(sim, MS);
		for (long i = 0; i < got; i++)
			ones += (unsigned)__builtin_popcount(some[i]);
		bytes += got > 0 ? (unsigned)got : 0;
	}
	/* 800,000 throws: five times the standard deviation of 447. */
	assert_in_range(ones, bytes * 4 - 2236, bytes * 4 + 2236);
}

static void leaves_one_that_the_firmware_started_as_it_is(void **state)
{
	unsigned char byte;

	ferry_sim_poke(rng, 0x00, 1);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_random(rng, &byte, 1), 1);
}

static void a_dead_or_missing_device_is_told_apart(void **state)
{
	unsigned char byte;

	assert_int_equal(ferry_sim_set_option(rng, "dead", true), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 100 * SECOND);
	assert_int_equal(ferry_sim_random(rng, &byte, 1), FY_ERR_AGAIN);
	ferry_sim_inject(rng, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY, .lost = true });
	assert_int_equal(ferry_sim_random(rng, &byte, 1), FY_ERR_IO);
}

static void removal_stops_the_device_and_withdraws_it(void **state)
{
	unsigned char byte;

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_peek(rng, 0x00), 1);
	ferry_sim_remove(rng);
	assert_int_equal(ferry_sim_peek(rng, 0x00), 0);
	assert_int_equal(ferry_sim_random(rng, &byte, 1), FY_ERR_NOT_FOUND);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gives_bytes_when_it_is_warm_and_no_more_than_asked_for),
		TEST(bits_are_as_often_one_as_zero),
		TEST(leaves_one_that_the_firmware_started_as_it_is),
		TEST(a_dead_or_missing_device_is_told_apart),
		TEST(removal_stops_the_device_and_withdraws_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
