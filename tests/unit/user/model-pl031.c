// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model pl031 counts and matches as QEMU's device does while the clock stands, and by the
 * manual when it goes. With the options that make it go QEMU's way it counts from the start, and a
 * match comes whole seconds after it was set.
 */
#include "qemu.h"

#define STEPS 800

static struct both b;

static void write_some(void)
{
	uint32_t count = ferry_sim_peek(b.model, 0x00);

	switch (next_random() % 6) {
	case 0:
		both_write(&b, 0x08, next_random()); /* LR */
		both_write(&b, 0x04, ferry_sim_peek(b.model, 0x00) + next_random() % 4);
		break;
	case 1:
		both_write(&b, 0x0c, next_random() & 1); /* CR */
		break;
	case 2:
		both_write(&b, 0x10, next_random()); /* IMSC */
		break;
	case 3:
	case 4:
		both_write(&b, 0x1c, next_random()); /* ICR */
		break;
	default:
		both_write(&b, 0x04, count + next_random() % 4); /* MR */
	}
}

static void counts_and_matches_as_qemus(void **state)
{
	static const uint32_t registers[] = { 0x00, 0x04, 0x08, 0x0c, 0x10, 0x14, 0x18 };
	unsigned matches = 0;

	both_start(&b, "qemu-system-arm", "virt", 0x09010000, "pl031");
	assert_int_equal(ferry_sim_set_option(b.model, "always-on", true), 0);
	assert_int_equal(ferry_sim_set_option(b.model, "late-match", true), 0);
	for (uint32_t offset = 0xfe0; offset < 0x1000; offset += 4)
		both_read(&b, offset, 0xff);
	/* QEMU's begins with the time of the day. */
	both_write(&b, 0x08, 1000);
	both_write(&b, 0x04, 2000);
	both_write(&b, 0x1c, 1);
	for (unsigned step = 0; step < STEPS; step++) {
		write_some();
		for (unsigned i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
			both_read(&b, registers[i], ~0u);
		matches += ferry_sim_peek(b.model, 0x14);
	}
	assert_in_range(matches, STEPS / 10, STEPS - STEPS / 10);
	both_stop(&b);
}

/* ---- By the manual alone ---- */

static void it_counts_once_it_is_started_and_matches_on_the_second(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *rtc = ferry_sim_add(sim, &fy_driver_hello, "rtc", "pl031");

	ferry_sim_poke(rtc, 0x08, 100);
	ferry_sim_run_for(sim, 10 * SECOND);
	assert_int_equal(ferry_sim_peek(rtc, 0x00), 100);
	ferry_sim_poke(rtc, 0x0c, 1);
	ferry_sim_poke(rtc, 0x0c, 0);
	assert_int_equal(ferry_sim_peek(rtc, 0x0c), 1);
	ferry_sim_run_for(sim, 2 * SECOND + SECOND / 2);
	assert_int_equal(ferry_sim_peek(rtc, 0x00), 102);
	ferry_sim_poke(rtc, 0x04, 103);
	ferry_sim_run_for(sim, SECOND / 2 - 1);
	assert_int_equal(ferry_sim_peek(rtc, 0x14), 0);
	ferry_sim_run_for(sim, 1);
	assert_int_equal(ferry_sim_peek(rtc, 0x14), 1);
	assert_int_equal(ferry_sim_peek(rtc, 0x18), 0);
	ferry_sim_poke(rtc, 0x10, 1);
	assert_int_equal(ferry_sim_peek(rtc, 0x18), 1);
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_and_matches_as_qemus),
		cmocka_unit_test(it_counts_once_it_is_started_and_matches_on_the_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
