// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model bcm2835-timer beside QEMU's device while the clock stands: what can be written and read. When channels fire is checked by
 * the manual.
 */
#include "qemu.h"

#define STEPS 800

static void registers_are_as_qemus(void **state)
{
	struct both b;

	both_start(&b, "qemu-system-arm", "raspi0", 0x20003000, "bcm2835-timer");
	for (unsigned step = 0; step < STEPS; step++) {
		if (step % 4)
			both_write(&b, 0x0c + 4 * (next_random() % 4), next_random() | 1);
		else
			both_write(&b, 0x00, next_random());
		both_read(&b, next_random() % 7 * 4, ~0u);
	}
	for (uint32_t offset = 0x00; offset <= 0x18; offset += 4)
		both_read(&b, offset, ~0u);
	both_stop(&b);
}

/* ---- By the manual alone ---- */

static void a_channel_fires_each_time_that_the_low_half_comes_round(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *timer = ferry_sim_add(sim, &fy_driver_hello, "timer", "bcm2835-timer");

	ferry_sim_poke(timer, 0x10, 5000);
	for (unsigned round = 0; round < 3; round++) {
		ferry_sim_run_until(sim, ((uint64_t)round << 32) * FERRY_SIM_US + 5 * MS - 1);
		assert_int_equal(ferry_sim_peek(timer, 0x00) & 2, 0);
		ferry_sim_run_for(sim, 1);
		assert_int_equal(ferry_sim_peek(timer, 0x00) & 2, 2);
		assert_int_equal(ferry_sim_peek(timer, 0x08), round);
		ferry_sim_poke(timer, 0x00, 2);
	}
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_are_as_qemus),
		cmocka_unit_test(a_channel_fires_each_time_that_the_low_half_comes_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
