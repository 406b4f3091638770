// SPDX-License-Identifier: GPL-2.0-only
/*
 * Classes memory, led, pwm, watchdog and input, and streams that are read, in the user port: who
 * uses them gets through to the driver with what is valid, and with nothing else; and all of it
 * goes with its driver.
 */
#include "test.h"

#include <user.h>

#include <ferry-sim/classes.h>
#include <ferry-sim/memory.h>

#define ops    scratch_ops
#define SIZE   SCRATCH_SIZE
#define BROKEN SCRATCH_BROKEN
#include "../../../apps/selftest/drivers/scratch.c"
#undef ops
#undef SIZE
#undef BROKEN
#define ops nor_ops
#include "../../../apps/selftest/drivers/nor.c"
#undef ops
#define ops   lamps_ops
#define LAMPS NUMBER_OF_LAMPS
#include "../../../apps/selftest/drivers/lamps.c"
#undef ops
#include "../../../apps/selftest/drivers/gadgets.c"
#define ops	      ticker_ops
#define nothing_to_do ticker_nothing
#include "../../../apps/selftest/drivers/ticker.c"
#undef ops

static struct ferry_sim *sim;

static struct ferry_sim_device *with(const struct fy_driver *driver)
{
	struct ferry_sim_device *dev;

	sim = ferry_sim_new();
	dev = ferry_sim_add(sim, driver, "it", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return dev;
}

static void a_memory_is_read_and_written_within_its_bounds(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_scratch);
	uint8_t bytes[16] = "sixteen bytes..";
	uint32_t erase;

	assert_int_equal(ferry_sim_memory_size(dev, &erase), 1024);
	assert_int_equal(erase, 0);
	assert_int_equal(ferry_sim_memory_write(dev, 500, bytes, 16), 0);
	memset(bytes, 0, 16);
	assert_int_equal(ferry_sim_memory_read(dev, 500, bytes, 16), 0);
	assert_string_equal(bytes, "sixteen bytes..");
	assert_int_equal(ferry_sim_memory_read(dev, 1009, bytes, 16), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_memory_read(dev, UINT64_MAX, bytes, 16), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_memory_read(dev, 0x2ff, bytes, 2), FY_ERR_IO);
	assert_int_equal(ferry_sim_memory_read(dev, 1024, bytes, 0), 0);
	assert_int_equal(ferry_sim_memory_write(dev, 991, bytes, 2), FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_memory_erase(dev, 0, 1024), FY_ERR_UNSUPPORTED);
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_memory_read(dev, 0, bytes, 1), FY_ERR_NOT_FOUND);
	end_world(sim);
}

static void a_flash_is_erased_in_sectors(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_nor);
	uint8_t byte = 0x5a;
	uint32_t erase;

	assert_int_equal(ferry_sim_memory_size(dev, &erase), 65536);
	assert_int_equal(erase, 4096);
	assert_int_equal(ferry_sim_memory_erase(dev, 4096, 4096), 0);
	assert_int_equal(ferry_sim_memory_write(dev, 4096, &byte, 1), 0);
	assert_int_equal(ferry_sim_memory_read(dev, 4096, &byte, 1), 0);
	assert_int_equal(byte, 0x5a);
	assert_int_equal(ferry_sim_memory_erase(dev, 4097, 4096), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_memory_erase(dev, 4096, 4095), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_memory_erase(dev, 61440, 4096), FY_ERR_IO);
	end_world(sim);
}

static int offer_wrong_memory(struct fy_device *dev)
{
	static const struct fy_memory_geometry wrong[] = {
		{ 0, 1, 0 }, { 1000, 1, 256 }, { 1024, 3, 0 }, { 1024, 1, 0 }
	};
	static struct fy_memory memory;

	assert_int_equal(fy_memory_offer(dev, &memory, &wrong[0], &scratch_ops), FY_ERR_INVALID);
	assert_int_equal(fy_memory_offer(dev, &memory, &wrong[1], &nor_ops), FY_ERR_INVALID);
	assert_int_equal(fy_memory_offer(dev, &memory, &wrong[2], &scratch_ops), FY_ERR_INVALID);
	assert_int_equal(fy_memory_offer(dev, &memory, &wrong[3], &nor_ops), FY_ERR_INVALID);
	return 0;
}
TEST_DRIVER(offer_wrong_memory);

static void a_memory_that_cannot_be_is_refused(void **state)
{
	with(&driver_offer_wrong_memory);
	end_world(sim);
}

static void a_led_is_set_and_blinks_by_itself(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_lamps);
	uint32_t on = 120, off = 0;

	assert_int_equal(ferry_sim_led_set(dev, 0, 120), 0);
	assert_string_equal(ferry_sim_last_log(sim), "lamp 0: 120");
	assert_int_equal(ferry_sim_led_set(dev, 0, 201), 0);
	assert_string_equal(ferry_sim_last_log(sim), "lamp 0: 200");
	assert_int_equal(ferry_sim_led_blink(dev, 0, &on, &off), 0);
	assert_int_equal(on, 150);
	assert_int_equal(ferry_sim_led_blink(dev, 1, &on, &off), FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_led_set(dev, 2, 1), FY_ERR_NOT_FOUND);
	ferry_sim_remove(dev);
	assert_string_equal(ferry_sim_last_log(sim), "lamp 0: 0");
	end_world(sim);
}

static void an_output_has_what_the_device_has(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_gadgets);
	struct fy_pwm_state s = { true, false, 20000050, 1500099 };

	assert_int_equal(ferry_sim_pwm_apply(dev, 1, &s), 0);
	assert_int_equal(ferry_sim_pwm_get(dev, 1, &s), 0);
	assert_int_equal(s.period, 20000000);
	assert_int_equal(s.duty, 1500000);
	assert_int_equal(ferry_sim_pwm_apply(dev, 2, &s), FY_ERR_NOT_FOUND);
	s.duty = s.period + 1;
	assert_int_equal(ferry_sim_pwm_apply(dev, 1, &s), FY_ERR_INVALID);
	s = (struct fy_pwm_state){ true, true, 20000000, 0 };
	assert_int_equal(ferry_sim_pwm_apply(dev, 1, &s), FY_ERR_UNSUPPORTED);
	end_world(sim);
}

static void a_watchdog_is_started_and_stopped(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_gadgets);
	uint32_t left;

	assert_int_equal(ferry_sim_watchdog_left(dev, &left), 0);
	assert_int_equal(left, 0);
	assert_int_equal(ferry_sim_watchdog_start(dev, 1500), 0);
	ferry_sim_run_for(sim, 500 * MS);
	assert_int_equal(ferry_sim_watchdog_left(dev, &left), 0);
	assert_int_equal(left, 1000);
	assert_int_equal(ferry_sim_watchdog_start(dev, 0), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_watchdog_start(dev, 16001), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_watchdog_stop(dev), 0);
	assert_string_equal(ferry_sim_last_log(sim), "watchdog: off");
	end_world(sim);
}

static void keys_are_reported_when_they_change(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_gadgets);
	const struct ferry_sim_input *inputs;

	assert_int_equal(ferry_sim_input_record(dev), 0);
	ferry_sim_run_for(sim, 60 * MS);
	/* the key and the wheel three times, and the switch once */
	assert_int_equal(ferry_sim_inputs(dev, &inputs), 7);
	assert_int_equal(inputs[0].type, FY_INPUT_KEY);
	assert_int_equal(inputs[0].code, 30);
	assert_int_equal(inputs[0].value, 1);
	assert_int_equal(inputs[0].time, 20 * MS);
	assert_int_equal(inputs[1].type, FY_INPUT_SWITCH);
	assert_false(inputs[1].last);
	assert_int_equal(inputs[2].type, FY_INPUT_RELATIVE);
	assert_int_equal(inputs[3].value, 0);
	assert_int_equal(inputs[3].time, 40 * MS);
	/* A key that is down is released when its device goes. */
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_inputs(dev, &inputs), 8);
	assert_int_equal(inputs[7].value, 0);
	end_world(sim);
}

static void a_refused_offer_is_undone(void **state)
{
	for (unsigned n = 0; n < 3; n++) {
		struct ferry_sim_device *dev;

		sim = ferry_sim_new();
		dev = ferry_sim_add(sim, &fy_driver_gadgets, "it", NULL);
		ferry_sim_refuse(dev, FERRY_SIM_CLASS_OFFER, n, FY_ERR_NO_MEMORY);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
		assert_int_equal(ferry_sim_watchdog_stop(dev), FY_ERR_NOT_FOUND);
		end_world(sim);
	}
}

static void each_reader_of_a_stream_gets_all_and_is_told_what_it_lost(void **state)
{
	struct ferry_sim_device *dev = with(&fy_driver_ticker);
	struct ferry_sim_writer *one = ferry_sim_open(sim, "ticker"), *two;
	char line[8] = "";
	unsigned lines = 0;

	assert_int_equal(ferry_sim_read(one, line, 7), FY_ERR_AGAIN);
	ferry_sim_run_for(sim, 25 * MS);
	two = ferry_sim_open(sim, "ticker");
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_read(one, line, 7), 7);
	assert_string_equal(line, "000001\n");
	assert_int_equal(ferry_sim_read(two, line, 7), 7);
	assert_string_equal(line, "000003\n");
	assert_int_equal(ferry_sim_read(two, line, 7), FY_ERR_AGAIN);
	assert_int_equal(ferry_sim_write(one, "echo", 4), 4);
	assert_int_equal(ferry_sim_read(two, line, 7), 4);
	assert_memory_equal(line, "echo", 4);
	/* One has two lines and the echo; there is room for 98 lines and 3 bytes more. */
	ferry_sim_run_for(sim, 2 * SECOND);
	while (ferry_sim_read(two, line, 7) == 7)
		lines++;
	assert_int_equal(lines, 100);
	assert_string_equal(line, "000103\n");
	assert_int_equal(ferry_sim_read(two, line, 7), FY_ERR_AGAIN);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(ferry_sim_read(two, line, 7), 7);
	assert_string_equal(line, "000204\n");
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_read(two, line, 7), FY_ERR_GONE);
	assert_int_equal(ferry_sim_read(one, line, 7), 7);
	ferry_sim_close(one);
	ferry_sim_close(two);
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_memory_is_read_and_written_within_its_bounds),
		cmocka_unit_test(a_flash_is_erased_in_sectors),
		cmocka_unit_test(a_memory_that_cannot_be_is_refused),
		cmocka_unit_test(a_led_is_set_and_blinks_by_itself),
		cmocka_unit_test(an_output_has_what_the_device_has),
		cmocka_unit_test(a_watchdog_is_started_and_stopped),
		cmocka_unit_test(keys_are_reported_when_they_change),
		cmocka_unit_test(each_reader_of_a_stream_gets_all_and_is_told_what_it_lost),
		cmocka_unit_test(a_refused_offer_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
