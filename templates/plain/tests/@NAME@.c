// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ starts and stops, and says so. It is compiled into this program, and runs in a
 * world of ferry-sim.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ferry-sim.h>

#include "../drivers/@NAME@.c"

static struct ferry_sim *sim;
static struct ferry_sim_device *device;

static int setup(void **unused)
{
	sim = ferry_sim_new();
	device = ferry_sim_add(sim, &fy_driver_@SYMBOL@, "@NAME@", NULL);
	return device ? 0 : -1;
}

/* The driver has done nothing that the contract forbids. */
static int teardown(void **unused)
{
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

static void starts_and_says_so(void **unused)
{
	const struct @SYMBOL@_state *state = ferry_sim_state(device);

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(state->started);
	assert_string_equal(ferry_sim_last_log(sim), "ready");
}

static void stops_and_says_so(void **unused)
{
	const struct @SYMBOL@_state *state = ferry_sim_state(device);

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(device);
	assert_false(state->started);
	assert_string_equal(ferry_sim_last_log(sim), "gone");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(starts_and_says_so),
		TEST(stops_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
