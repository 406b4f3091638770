// SPDX-License-Identifier: GPL-2.0-only
/*
 * In virtual time all that is due happens at its time and in its order, however many drivers and
 * worlds there are, and devices are probed and removed as their providers allow.
 */
#include <ferry/time.h>

#include "test.h"

#define LED 47

/* A world with blink on a pin of a Raspberry Pi. */
static struct ferry_sim *make_blink(uint32_t on_ms, uint32_t off_ms, struct ferry_sim_device **gpio)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *blink;

	/* The user of the pin comes first, so that it has to wait for its controller. */
	blink = ferry_sim_add(sim, &fy_driver_blink, "blink", NULL);
	*gpio = ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "gpio", "bcm2835-gpio");
	assert_non_null(*gpio);
	ferry_sim_set_pin(blink, "led", "gpio", LED, false);
	ferry_sim_set_property(blink, "on-ms", on_ms);
	ferry_sim_set_property(blink, "off-ms", off_ms);
	assert_int_equal(ferry_sim_record(*gpio, LED), 0);
	return sim;
}

static void every_edge_of_blink_comes_at_its_time_for_10000_seconds(void **state)
{
	const struct ferry_sim_edge *edges;
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(300, 200, &gpio);
	size_t count;

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_until(sim, 10000 * SECOND);
	assert_int_equal(ferry_sim_now(sim), 10000 * SECOND);
	count = ferry_sim_edges(gpio, LED, &edges);
	/* Two each half second, and the one that begins the last instant. */
	assert_int_equal(count, 2 * 20000 + 1);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(edges[i].level, i % 2 == 0);
		assert_int_equal(edges[i].time, i / 2 * 500 * MS + i % 2 * 300 * MS);
	}
	end_world(sim);
}

static void a_month_passes_in_a_moment(void **state)
{
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(3600000, 3600000, &gpio);
	const struct ferry_sim_edge *edges;

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 30 * 24 * 3600 * SECOND);
	assert_int_equal(ferry_sim_edges(gpio, LED, &edges), 30 * 24 + 1);
	end_world(sim);
}

static void worlds_do_not_know_each_other(void **state)
{
	struct ferry_sim_device *gpio[3];
	struct ferry_sim *sim[3];
	const struct ferry_sim_edge *edges;

	for (unsigned i = 0; i < 3; i++) {
		sim[i] = make_blink(10 * (i + 1), 10 * (i + 1), &gpio[i]);
		assert_int_equal(ferry_sim_probe(sim[i]), 0);
	}
	/* They take turns, each at its own time. */
	for (unsigned turn = 0; turn < 100; turn++)
		for (unsigned i = 0; i < 3; i++)
			ferry_sim_run_for(sim[i], (3 - i) * 7 * MS);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(ferry_sim_now(sim[i]), 100 * (3 - i) * 7 * MS);
		assert_int_equal(ferry_sim_edges(gpio[i], LED, &edges),
				 700 * (3 - i) / (10 * (i + 1)) + 1);
		for (unsigned edge = 0; edge < 5; edge++)
			assert_int_equal(edges[edge].time, edge * 10 * (i + 1) * MS);
	}
	for (unsigned i = 0; i < 3; i++)
		end_world(sim[i]);
}

static void runs_to_a_level_and_no_further_than_the_limit(void **state)
{
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(300, 200, &gpio);

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(ferry_sim_run_to_level(gpio, LED, 1, SECOND));
	assert_int_equal(ferry_sim_now(sim), 0);
	assert_true(ferry_sim_run_to_level(gpio, LED, 0, SECOND));
	assert_int_equal(ferry_sim_now(sim), 300 * MS);
	assert_false(ferry_sim_run_to_level(gpio, LED, 1, 199 * MS));
	assert_int_equal(ferry_sim_now(sim), 499 * MS);
	end_world(sim);
}

static void late_timers_make_no_drift(void **state)
{
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(300, 200, &gpio);
	const struct ferry_sim_edge *edges;
	size_t count;

	ferry_sim_delay_timers(sim, 7 * MS);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 100 * SECOND);
	count = ferry_sim_edges(gpio, LED, &edges);
	assert_int_equal(count, 400);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(edges[i].time, i / 2 * 500 * MS + i % 2 * 300 * MS + 7 * MS);
	end_world(sim);
}

static void a_device_whose_provider_never_comes_waits(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *blink = ferry_sim_add(sim, &fy_driver_blink, "blink", NULL);
	struct ferry_sim_device *gpio;

	ferry_sim_set_pin(blink, "led", "gpio", 3, true);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_DEFER);
	assert_false(ferry_sim_is_running(blink));
	gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "arm,pl061");
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(ferry_sim_is_running(blink));
	/* The LED is active low: off when it goes. */
	assert_true(ferry_sim_run_to_level(gpio, 3, 0, SECOND));
	ferry_sim_remove(blink);
	assert_int_equal(ferry_sim_level(gpio, 3), 1);
	ferry_sim_run_for(sim, 10 * SECOND);
	assert_int_equal(ferry_sim_level(gpio, 3), 1);
	/* And comes again. */
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_true(ferry_sim_run_to_level(gpio, 3, 0, SECOND));
	end_world(sim);
}

static void a_driver_that_refuses_says_why(void **state)
{
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(0, 100, &gpio);

	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	assert_int_equal(logged(sim, "property on-ms: expected 1 to 3600000"), 1);
	assert_true(ferry_sim_is_running(gpio));
	end_world(sim);
}

static void names_and_models_are_checked(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");

	assert_non_null(gpio);
	assert_null(ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061"));
	assert_null(ferry_sim_add(sim, &fy_driver_pl061, "gpio2", "pl062"));
	assert_int_equal(ferry_sim_set_option(gpio, "keeps-levels", true), 0);
	assert_int_equal(ferry_sim_set_option(gpio, "keeps", true), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_level(gpio, 8), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_drive(gpio, 8, 1), FY_ERR_NOT_FOUND);
	for (const char *const *name = ferry_sim_models(); *name; name++)
		assert_non_null(ferry_sim_add(sim, &fy_driver_hello, *name, *name));
	ferry_sim_free(sim);
}

/* ---- Time, as a driver sees it ---- */

static uint64_t seen[8];

static uint64_t at_once_then_late(void *arg, uint64_t due)
{
	unsigned *calls = arg;

	seen[(*calls)++] = fy_now_ns();
	/* The second call is due while this one delays: it comes after, told when it was due. */
	if (*calls == 1) {
		fy_delay_us(1000);
		return due + 500 * FY_NS_PER_US;
	}
	seen[(*calls)++] = due;
	return FY_TIMER_STOP;
}

static int delay_probe(struct fy_device *dev)
{
	static struct fy_timer timer;
	static unsigned calls;

	calls = 0;
	fy_timer_init(&timer, dev, at_once_then_late, &calls);
	fy_timer_start(&timer, fy_now_ns() + FY_NS_PER_MS);
	return 0;
}
TEST_DRIVER(delay_probe);

static void a_delay_makes_other_timers_late(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	ferry_sim_add(sim, &driver_delay_probe, "delay", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(seen[0], MS);
	assert_int_equal(seen[1], 2 * MS);
	assert_int_equal(seen[2], MS + MS / 2);
	end_world(sim);
}

static int spin_probe(struct fy_device *dev)
{
	uint64_t end = fy_now_ns() + 2 * FY_NS_PER_MS;

	while (fy_now_ns() < end)
		;
	return 0;
}
TEST_DRIVER(spin_probe);

static void a_driver_that_waits_in_a_loop_does_not_wait_for_good(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	ferry_sim_add(sim, &driver_spin_probe, "spin", NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_now(sim), 2 * MS);
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_edge_of_blink_comes_at_its_time_for_10000_seconds),
		cmocka_unit_test(a_month_passes_in_a_moment),
		cmocka_unit_test(worlds_do_not_know_each_other),
		cmocka_unit_test(runs_to_a_level_and_no_further_than_the_limit),
		cmocka_unit_test(late_timers_make_no_drift),
		cmocka_unit_test(a_device_whose_provider_never_comes_waits),
		cmocka_unit_test(a_driver_that_refuses_says_why),
		cmocka_unit_test(names_and_models_are_checked),
		cmocka_unit_test(a_delay_makes_other_timers_late),
		cmocka_unit_test(a_driver_that_waits_in_a_loop_does_not_wait_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
