// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/blink.c has the LED on and off when its properties say so, to the nanosecond and without
 * drift; refuses properties out of range and names them; and leaves the LED dark.
 */
#include "../user/test.h"

#include "../../../drivers/blink.c"

#define START 1000ULL /* ns */
#define PIN   5

static struct ferry_sim *sim;
static struct ferry_sim_device *pins, *device;
static uint64_t rises, first_rise, last_fall;

static void count_edge(void *arg, unsigned pin, int level, uint64_t time)
{
	if (!level)
		last_fall = time;
	else if (!rises++)
		first_rise = time;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	device = ferry_sim_add(sim, &fy_driver_blink, "blink", NULL);
	ferry_sim_set_pin(device, "led", "pins", PIN, false);
	rises = first_rise = last_fall = 0;
	assert_int_equal(ferry_sim_watch(pins, PIN, count_edge, NULL), 0);
	ferry_sim_run_until(sim, START);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void set_property(const char *name, uint32_t value)
{
	ferry_sim_set_property(device, name, value);
}

static int probe(void)
{
	return ferry_sim_probe(sim);
}

static struct blink *blink(void)
{
	return ferry_sim_state(device);
}

static bool is_pin_free(void)
{
	struct ferry_sim_gpio *pin = ferry_sim_gpio_take(pins, PIN, NULL);

	if (pin)
		ferry_sim_gpio_release(pin);
	return pin;
}

/* Until it has stopped: it is then the time at which it did. */
static uint64_t run_to_end(void)
{
	assert_true(ferry_sim_run_to_idle(sim, 3600 * SECOND));
	return ferry_sim_now(sim);
}

/* The level in the middle of the millisecond MS_AFTER the start. */
static int level_at(uint64_t ms_after)
{
	ferry_sim_run_until(sim, START + ms_after * MS + MS / 2);
	return ferry_sim_level(pins, PIN);
}

static void blinks_for_half_a_second_for_good_unless_told_otherwise(void **state)
{
	assert_int_equal(probe(), 0);
	assert_string_equal(ferry_sim_last_log(sim), "500 ms on, 500 ms off");
	for (unsigned second = 0; second < 1000; second++) {
		assert_int_equal(level_at(second * 1000), 1);
		assert_int_equal(level_at(second * 1000 + 499), 1);
		assert_int_equal(level_at(second * 1000 + 500), 0);
		assert_int_equal(level_at(second * 1000 + 999), 0);
	}
	assert_int_equal(rises, 1000);
	assert_int_equal(first_rise, START);
}

static void blinks_a_number_of_times_and_ends_dark(void **state)
{
	set_property("on-ms", 10);
	set_property("off-ms", 30);
	set_property("count", 3);
	assert_int_equal(probe(), 0);
	run_to_end();
	assert_int_equal(rises, 3);
	assert_int_equal(last_fall, START + (2 * 40 + 10) * MS);
	assert_int_equal(ferry_sim_now(sim), START + 3 * 40 * MS);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_timer_due(device), FERRY_SIM_NEVER);
}

static void shows_a_pattern_the_most_significant_bit_first(void **state)
{
	static const char bits[] = "11100101000000001";

	set_property("pattern", 0x1ca01);
	set_property("pattern-bits", 17);
	set_property("unit-ms", 7);
	assert_int_equal(probe(), 0);
	assert_string_equal(ferry_sim_last_log(sim), "pattern 0x1ca01, 17 bits of 7 ms");
	for (unsigned bit = 0; bit < 3 * 17; bit++) {
		assert_int_equal(level_at(bit * 7), bits[bit % 17] - '0');
		assert_int_equal(level_at(bit * 7 + 6), bits[bit % 17] - '0');
	}
	/* Equal bits in a row are one call of the timer. */
	assert_int_equal(blink()->phase_count, 7);
}

static void a_pattern_that_ends_lit_ends_dark_after_its_last_time(void **state)
{
	set_property("pattern", 5);
	set_property("pattern-bits", 3);
	set_property("count", 2);
	assert_int_equal(probe(), 0);
	run_to_end();
	/* 101101: the two bits in the middle are one flash. */
	assert_int_equal(rises, 3);
	assert_int_equal(ferry_sim_now(sim), START + 6 * 100 * MS);
	assert_int_equal(last_fall, ferry_sim_now(sim));
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
}

static void a_pattern_may_have_1_to_32_bits(void **state)
{
	set_property("pattern", 0xaaaaaaaa);
	set_property("pattern-bits", 32);
	set_property("unit-ms", 1);
	assert_int_equal(probe(), 0);
	ferry_sim_run_until(sim, START + 64 * MS - 1);
	assert_int_equal(rises, 32);
	assert_int_equal(blink()->phase_count, 32);

	end_world(sim);
	setup(state);
	set_property("pattern", 1);
	set_property("pattern-bits", 1);
	set_property("count", 1);
	assert_int_equal(probe(), 0);
	run_to_end();
	assert_int_equal(rises, 1);
	assert_int_equal(ferry_sim_now(sim), START + 100 * MS);
}

static void a_late_timer_does_not_make_it_drift(void **state)
{
	set_property("on-ms", 10);
	set_property("off-ms", 10);
	assert_int_equal(probe(), 0);
	/*
	 * The handler comes up to 9 ms late each time, yet the times that it asks for stay on the
	 * grid.
	 */
	for (unsigned i = 0; i < 1000; i++) {
		/* how late the one after this will be */
		ferry_sim_delay_timers(sim, (i + 1) % 10 * MS);
		ferry_sim_run_until(sim, START + i * 10 * MS + i % 10 * MS);
		assert_int_equal(ferry_sim_timer_due(device), START + (i + 1) * 10 * MS);
		assert_int_equal(ferry_sim_level(pins, PIN), i % 2 == 0);
	}
}

static void a_machine_that_was_away_does_not_catch_up(void **state)
{
	set_property("on-ms", 10);
	set_property("off-ms", 10);
	ferry_sim_delay_timers(sim, 3600000 * MS);
	assert_int_equal(probe(), 0);
	ferry_sim_run_for(sim, 3600000 * MS);
	assert_int_equal(rises, 1);
	assert_int_equal(ferry_sim_timer_due(device), ferry_sim_now(sim) + 10 * MS);
}

static void refuses_settings_out_of_range_and_names_them(void **state)
{
	static const struct {
		const char *names[4];
		uint32_t values[4];
		const char *log;
	} cases[] = {
		{ { "on-ms" }, { 0 }, "property on-ms: expected 1 to 3600000" },
		{ { "off-ms" }, { 3600001 }, "property off-ms: expected 1 to 3600000" },
		{ { "pattern", "pattern-bits" },
		  { 0, 0 },
		  "property pattern-bits: expected 1 to 32" },
		{ { "pattern", "pattern-bits" },
		  { 0, 33 },
		  "property pattern-bits: expected 1 to 32" },
		{ { "pattern", "unit-ms" }, { 1, 0 }, "property unit-ms: expected 1 to 3600000" },
		{ { "pattern" },
		  { 0x100 },
		  "property pattern: 0x100 has more than 8 bits: raise pattern-bits" },
		{ { "pattern", "on-ms" },
		  { 1, 1 },
		  "there is a pattern: on-ms and off-ms mean nothing beside it" },
		{ { "pattern", "off-ms" },
		  { 1, 1 },
		  "there is a pattern: on-ms and off-ms mean nothing beside it" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		end_world(sim);
		setup(state);
		for (unsigned p = 0; cases[i].names[p]; p++)
			set_property(cases[i].names[p], cases[i].values[p]);
		assert_int_equal(probe(), FY_ERR_INVALID);
		assert_string_equal(ferry_sim_last_log(sim), cases[i].log);
		assert_true(is_pin_free());
	}
}

static void without_its_pin_it_does_not_start(void **state)
{
	size_t logged;

	ferry_sim_refuse(device, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_BUSY);
	assert_int_equal(probe(), FY_ERR_BUSY);
	assert_string_equal(ferry_sim_last_log(sim),
			    "cannot have the pin that led-gpios names: FY_ERR_BUSY");
	ferry_sim_refuse(device, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_DEFER);
	logged = ferry_sim_log_count(sim);
	assert_int_equal(probe(), FY_ERR_DEFER);
	assert_int_equal(ferry_sim_log_count(sim), logged);
}

static void removing_it_leaves_the_led_dark(void **state)
{
	assert_int_equal(probe(), 0);
	assert_int_equal(level_at(1), 1);
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_level(pins, PIN), 0);
	assert_int_equal(ferry_sim_timer_due(device), FERRY_SIM_NEVER);
	assert_true(is_pin_free());
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blinks_for_half_a_second_for_good_unless_told_otherwise),
		TEST(blinks_a_number_of_times_and_ends_dark),
		TEST(shows_a_pattern_the_most_significant_bit_first),
		TEST(a_pattern_that_ends_lit_ends_dark_after_its_last_time),
		TEST(a_pattern_may_have_1_to_32_bits),
		TEST(a_late_timer_does_not_make_it_drift),
		TEST(a_machine_that_was_away_does_not_catch_up),
		TEST(refuses_settings_out_of_range_and_names_them),
		TEST(without_its_pin_it_does_not_start),
		TEST(removing_it_leaves_the_led_dark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
