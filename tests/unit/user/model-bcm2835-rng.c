// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model bcm2835-rng has the registers of QEMU's device, and gives words at its pace after the
 * warm-up.
 */
#include "qemu.h"

static void registers_are_as_qemus(void **state)
{
	struct both b;

	both_start(&b, "qemu-system-arm", "raspi0", 0x20104000, "bcm2835-rng");
	assert_int_equal(ferry_sim_set_option(b.model, "instant", true), 0);
	for (unsigned step = 0; step < 400; step++) {
		both_write(&b, next_random() % 2 * 4, next_random());
		both_read(&b, 0x00, ~0u);
		both_read(&b, 0x04, ~0u);
	}
	both_stop(&b);
}

static void words_come_after_the_warm_up_at_their_pace(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *rng = ferry_sim_add(sim, &fy_driver_hello, "rng", "bcm2835-rng");
	uint32_t first;

	ferry_sim_poke(rng, 0x04, 1000);
	ferry_sim_poke(rng, 0x00, 1);
	ferry_sim_run_for(sim, 1000 * FERRY_SIM_US + 31 * FERRY_SIM_US);
	assert_int_equal(ferry_sim_peek(rng, 0x04) >> 24, 0);
	ferry_sim_run_for(sim, FERRY_SIM_US);
	assert_int_equal(ferry_sim_peek(rng, 0x04) >> 24, 1);
	first = ferry_sim_peek(rng, 0x08);
	assert_int_equal(ferry_sim_peek(rng, 0x04) >> 24, 0);
	/* No more than it keeps, however long nobody reads. */
	ferry_sim_run_for(sim, SECOND);
	for (unsigned left = 16; left; left--) {
		assert_int_equal(ferry_sim_peek(rng, 0x04) >> 24, left);
		assert_int_not_equal(ferry_sim_peek(rng, 0x08), first);
	}
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_peek(rng, 0x08);
	assert_string_equal(ferry_sim_last_log(sim),
			    "DATA is read when STATUS says that there is none");
	ferry_sim_free(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_are_as_qemus),
		cmocka_unit_test(words_come_after_the_warm_up_at_their_pace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
