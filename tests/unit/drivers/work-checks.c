// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/work-checks.c in the user port: a driver finds all that <ferry/work.h> promises. It
 * finds the same on Linux (tests/contract-linux.t).
 */
#include "../user/test.h"

#include "../../drivers/work-checks.c"

static void a_driver_finds_all_as_promised(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *device =
		ferry_sim_add(sim, &fy_driver_work_checks, "checks", NULL);

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(logged(sim, "not so: "), 0);
	assert_string_equal(ferry_sim_last_log(sim), "18 checks, 0 not so");
	ferry_sim_remove(device);
	assert_true(ferry_sim_run_to_idle(sim, 0));
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_finds_all_as_promised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
