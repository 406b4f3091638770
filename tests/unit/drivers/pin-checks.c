// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/pin-checks.c in the user port: pins of a controller that sleeps do all that a
 * driver may want. It finds the same on Linux (tests/contract-linux.t).
 */
#include "../user/test.h"

#include "../../drivers/pin-checks.c"

#define fy_compatible loop_compatible
#include "../../drivers/pin-loop.c"

static void a_driver_finds_all_as_promised(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	static const struct ferry_sim_model slow = { .compatible = "ferry,pin-loop-slow" };
	struct ferry_sim_device *checks;

	assert_non_null(ferry_sim_add_model(sim, &fy_driver_pin_loop, "slow", &slow, NULL));
	checks = ferry_sim_add(sim, &fy_driver_pin_checks, "checks", NULL);
	for (unsigned i = 0; i < 2; i++) {
		ferry_sim_set_pin(checks, "out", "slow", 2 * i, false);
		ferry_sim_set_pin(checks, "in", "slow", 2 * i + 1, false);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "not so: "), 0);
	assert_string_equal(ferry_sim_last_log(sim), "20 checks, 0 not so");
	ferry_sim_remove(checks);
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_finds_all_as_promised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
