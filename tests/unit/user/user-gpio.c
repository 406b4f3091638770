// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a driver may do with a pin (<ferry/gpio.h>, <ferry/gpio-edge.h>): it changes direction,
 * drive and pull, is set together with others in one register write, and tells of edges when they
 * happened and of those that nobody saw; on a controller that sleeps as on another.
 */
#include <ferry/gpio-edge.h>
#include <ferry/gpio.h>

#include "test.h"

#define US FERRY_SIM_US

static struct ferry_sim *sim;
static struct ferry_sim_device *gpio, *user;

/* The driver's state: as many pins as a test wants, requested as it says. */
static struct user {
	struct fy_device *dev;
	struct fy_gpio pin[8];
	struct fy_gpio_edge_watch edges;
	struct fy_gpio_settled_watch settled;
} * u;
static unsigned modes[8];
static int result;

static int user_probe_driver(struct fy_device *dev)
{
	u = fy_state(dev);
	u->dev = dev;
	result = 0;
	for (unsigned i = 0; i < 8 && !result; i++)
		result = fy_gpio_request_at(dev, "pin", i, modes[i], &u->pin[i]);
	if (result == FY_ERR_NOT_FOUND)
		return 0;
	for (unsigned i = 0; i < 8; i++)
		fy_gpio_release(&u->pin[i]);
	return result;
}

static void user_remove_driver(struct fy_device *dev)
{
	struct user *state = fy_state(dev);

	fy_gpio_unwatch_settled(&state->settled);
	for (unsigned i = 0; i < 8; i++)
		fy_gpio_release(&state->pin[i]);
}

static const struct fy_driver user_driver = {
	.name = "user",
	.state_size = sizeof(struct user),
	.probe = user_probe_driver,
	.remove = user_remove_driver,
};

static int setup(void **state)
{
	sim = ferry_sim_new();
	memset(modes, 0, sizeof(modes));
	user = ferry_sim_add(sim, &user_driver, "user", NULL);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void wire(unsigned pin, bool active_low)
{
	ferry_sim_set_pin(user, "pin", "gpio", pin, active_low);
}

static void add_pins(bool sleeps)
{
	gpio = ferry_sim_add_pins(sim, "gpio", 8);
	assert_int_equal(ferry_sim_set_option(gpio, "sleeps", sleeps), 0);
}

static void probe(void)
{
	assert_int_equal(ferry_sim_probe(sim), 0);
}

/* ---- Direction, drive, pull ---- */

static void a_pin_changes_direction_after_it_was_taken(void **state)
{
	add_pins(false);
	wire(3, false);
	probe();
	ferry_sim_drive(gpio, 3, 1);
	assert_int_equal(fy_gpio_get(&u->pin[0]), 1);
	ferry_sim_record(gpio, 3);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_OUT_LOW), 0);
	assert_int_equal(ferry_sim_level(gpio, 3), 0);
	fy_gpio_set(&u->pin[0], 1);
	assert_int_equal(ferry_sim_level(gpio, 3), 1);
	fy_gpio_set(&u->pin[0], 0);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_IN), 0);
	assert_int_equal(fy_gpio_get(&u->pin[0]), 1);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_OPEN_DRAIN | FY_GPIO_OPEN_SOURCE),
			 FY_ERR_INVALID);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_OUT_LOW | FY_GPIO_OUT_HIGH),
			 FY_ERR_INVALID);
}

static void an_open_drain_lets_the_line_go(void **state)
{
	add_pins(false);
	wire(3, false);
	wire(4, true);
	modes[0] = FY_GPIO_OUT_HIGH | FY_GPIO_OPEN_DRAIN | FY_GPIO_PULL_UP;
	modes[1] = FY_GPIO_OUT_LOW | FY_GPIO_OPEN_DRAIN | FY_GPIO_PULL_UP;
	probe();
	/* Nobody drives the lines: they are at their pulls. */
	assert_int_equal(ferry_sim_level(gpio, 3), 1);
	assert_int_equal(ferry_sim_level(gpio, 4), 1);
	assert_int_equal(fy_gpio_write(&u->pin[0], 0), 0);
	assert_int_equal(ferry_sim_level(gpio, 3), 0);
	assert_int_equal(fy_gpio_read(&u->pin[0]), 0);
	assert_int_equal(fy_gpio_write(&u->pin[0], 1), 0);
	assert_int_equal(fy_gpio_read(&u->pin[0]), 1);
	/* Another one pulls it low. */
	ferry_sim_drive(gpio, 3, 0);
	assert_int_equal(fy_gpio_read(&u->pin[0]), 0);
	/* Active is low. */
	assert_int_equal(fy_gpio_write(&u->pin[1], 1), 0);
	assert_int_equal(ferry_sim_level(gpio, 4), 0);
	/* Push-pull again. */
	assert_int_equal(fy_gpio_set_mode(&u->pin[1], FY_GPIO_OUT_LOW | FY_GPIO_PUSH_PULL), 0);
	ferry_sim_drive(gpio, 4, 0);
	assert_int_equal(ferry_sim_level(gpio, 4), 1);
}

static void an_open_source_lets_the_line_go_the_other_way(void **state)
{
	add_pins(false);
	wire(3, false);
	modes[0] = FY_GPIO_OUT_LOW | FY_GPIO_OPEN_SOURCE;
	probe();
	ferry_sim_drive(gpio, 3, 1);
	assert_int_equal(fy_gpio_read(&u->pin[0]), 1);
	ferry_sim_drive(gpio, 3, FERRY_SIM_OPEN);
	assert_int_equal(fy_gpio_read(&u->pin[0]), 0);
	assert_int_equal(fy_gpio_write(&u->pin[0], 1), 0);
	ferry_sim_drive(gpio, 3, 0);
	assert_int_equal(ferry_sim_level(gpio, 3), 1);
}

static void what_a_pin_cannot_be_is_unsupported(void **state)
{
	gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");
	wire(3, false);
	probe();
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_IN | FY_GPIO_PULL_UP),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(fy_gpio_debounce(&u->pin[0], 1000), FY_ERR_UNSUPPORTED);
	/* A push-pull pin by its one call, others by the other. */
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_OUT_HIGH | FY_GPIO_OPEN_DRAIN), 0);
	fy_gpio_set(&u->pin[0], 0);
	assert_int_equal(logged(sim, "fy_gpio_set() is called for pin 3, which is not push-pull"),
			 1);
	assert_int_equal(ferry_sim_violations(sim), 1);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

/* ---- Several at once ---- */

struct write {
	uint32_t offset, value;
};
static struct write writes[16];
static unsigned write_count;

static void see(void *arg, const struct ferry_sim_access *access)
{
	if (access->is_write && write_count < 16)
		writes[write_count++] = (struct write){ access->offset, access->value };
}

static void start_seeing(void)
{
	write_count = 0;
	ferry_sim_on_access(gpio, see, NULL);
}

static void pins_of_a_bcm2835_are_set_by_a_store_for_each_level(void **state)
{
	gpio = ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "gpio", "bcm2835-gpio");
	for (unsigned i = 0; i < 4; i++) {
		wire(5 + i, i == 3);
		modes[i] = FY_GPIO_OUT_LOW;
	}
	wire(40, false);
	modes[4] = FY_GPIO_OUT_LOW;
	probe();
	start_seeing();
	assert_int_equal(fy_gpio_set_several(u->pin, 5, 0x1b), 0);
	assert_int_equal(write_count, 3);
	/* 5 and 6 high, 7 low, 8 active low; 40 is in the second bank. */
	assert_int_equal(writes[0].offset, 0x1c);
	assert_int_equal(writes[0].value, 3 << 5);
	assert_int_equal(writes[1].offset, 0x28);
	assert_int_equal(writes[1].value, 3 << 7);
	assert_int_equal(writes[2].offset, 0x20);
	assert_int_equal(writes[2].value, 1 << 8);
	assert_int_equal(ferry_sim_level(gpio, 5), 1);
	assert_int_equal(ferry_sim_level(gpio, 7), 0);
	assert_int_equal(ferry_sim_level(gpio, 40), 1);
	assert_int_equal(fy_gpio_set_several(u->pin, 33, 0), FY_ERR_INVALID);
}

static void pins_of_a_pl061_are_set_by_one_store(void **state)
{
	gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");
	for (unsigned i = 0; i < 4; i++) {
		wire(2 + i, false);
		modes[i] = FY_GPIO_OUT_LOW;
	}
	probe();
	start_seeing();
	assert_int_equal(fy_gpio_set_several(u->pin, 4, 0x5), 0);
	assert_int_equal(write_count, 1);
	assert_int_equal(writes[0].offset, 0x3c << 2);
	assert_int_equal(writes[0].value, 0x5 << 2);
	assert_int_equal(ferry_sim_level(gpio, 2), 1);
	assert_int_equal(ferry_sim_level(gpio, 3), 0);
}

static void pins_of_other_kinds_are_set_one_after_the_other(void **state)
{
	add_pins(false);
	wire(1, false);
	wire(2, false);
	modes[0] = FY_GPIO_OUT_LOW;
	modes[1] = FY_GPIO_OUT_LOW | FY_GPIO_OPEN_DRAIN | FY_GPIO_PULL_UP;
	probe();
	assert_int_equal(fy_gpio_set_several(u->pin, 2, 3), 0);
	assert_int_equal(ferry_sim_level(gpio, 1), 1);
	assert_int_equal(ferry_sim_level(gpio, 2), 1);
}

/* ---- Edges ---- */

static struct fy_gpio_edge told[32];
static unsigned told_count;

static void tell(void *arg, const struct fy_gpio_edge *edge)
{
	assert_true(told_count < 32);
	told[told_count++] = *edge;
}

static void watch_edges(unsigned trigger)
{
	told_count = 0;
	assert_int_equal(fy_gpio_watch_edges(&u->pin[0], trigger, &u->edges, tell, NULL), 0);
}

#define BOTH (FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING)

static void use_pl061(void)
{
	gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");
	wire(3, false);
	probe();
}

static void each_edge_is_told_with_its_time(void **state)
{
	use_pl061();
	watch_edges(BOTH);
	for (unsigned i = 0; i < 20; i++) {
		ferry_sim_run_for(sim, (1 + i) * US);
		ferry_sim_drive(gpio, 3, !(i % 2));
		assert_int_equal(told_count, i + 1);
		assert_int_equal(told[i].time, ferry_sim_now(sim));
		assert_int_equal(told[i].level, !(i % 2));
		assert_int_equal(told[i].lost, 0);
	}
	fy_gpio_unwatch(&u->pin[0]);
	ferry_sim_drive(gpio, 3, 1);
	assert_int_equal(told_count, 20);
}

static void edges_that_nobody_saw_are_told_of_and_none_twice(void **state)
{
	use_pl061();
	watch_edges(BOTH);
	/* The interrupt is late: what happens meanwhile is one event. */
	ferry_sim_delay_irq(gpio, 50 * US);
	ferry_sim_drive(gpio, 3, 1);
	ferry_sim_run_for(sim, 10 * US);
	ferry_sim_drive(gpio, 3, 0);
	ferry_sim_run_for(sim, 100 * US);
	assert_int_equal(told_count, 0);
	ferry_sim_drive(gpio, 3, 1);
	ferry_sim_run_for(sim, 100 * US);
	assert_int_equal(told_count, 1);
	assert_int_equal(told[0].level, 1);
	assert_int_equal(told[0].lost, 1);
	/* Then all is as it was. */
	ferry_sim_drive(gpio, 3, 0);
	ferry_sim_run_for(sim, 100 * US);
	assert_int_equal(told_count, 2);
	assert_int_equal(told[1].lost, 0);
}

static void one_kind_of_edge_is_told_alone(void **state)
{
	use_pl061();
	watch_edges(FY_GPIO_TRIGGER_FALLING);
	for (unsigned i = 0; i < 5; i++) {
		ferry_sim_drive(gpio, 3, 1);
		ferry_sim_drive(gpio, 3, 0);
		assert_int_equal(told_count, i + 1);
		assert_int_equal(told[i].level, 0);
	}
	fy_gpio_unwatch(&u->pin[0]);
	assert_int_equal(fy_gpio_watch_edges(&u->pin[0], FY_GPIO_TRIGGER_HIGH, &u->edges, tell,
					     NULL),
			 FY_ERR_INVALID);
}

static void a_watch_rests_while_the_pin_is_an_output(void **state)
{
	use_pl061();
	ferry_sim_drive(gpio, 3, 1);
	watch_edges(BOTH);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_OUT_LOW), 0);
	fy_gpio_set(&u->pin[0], 1);
	fy_gpio_set(&u->pin[0], 0);
	assert_int_equal(told_count, 0);
	assert_int_equal(fy_gpio_set_mode(&u->pin[0], FY_GPIO_IN), 0);
	fy_gpio_edges_restart(&u->edges);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(told_count, 0);
	ferry_sim_drive(gpio, 3, 0);
	assert_int_equal(told_count, 1);
	assert_int_equal(told[0].level, 0);
	assert_int_equal(told[0].time, MS);
	assert_int_equal(told[0].lost, 0);
}

/* ---- Levels that have settled ---- */

static int settled_level;
static uint64_t settled_since, settled_at;
static unsigned settled_count;

static void settle(void *arg, int level, uint64_t since)
{
	settled_level = level;
	settled_since = since;
	settled_at = ferry_sim_now(sim);
	settled_count++;
}

static void a_level_is_told_when_it_has_settled(void **state)
{
	uint64_t start;

	add_pins(false);
	wire(3, true);
	ferry_sim_drive(gpio, 3, 1);
	probe();
	settled_count = 0;
	assert_int_equal(fy_gpio_watch_settled(&u->pin[0], u->dev, 5000, &u->settled, settle, NULL),
			 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(settled_count, 0);
	/* A key bounces for 3 ms. */
	start = ferry_sim_now(sim);
	for (unsigned i = 0; i < 7; i++) {
		ferry_sim_drive(gpio, 3, i % 2);
		ferry_sim_run_for(sim, 500 * US);
	}
	assert_int_equal(settled_count, 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(settled_count, 1);
	assert_int_equal(settled_level, 1);
	assert_int_equal(settled_since, start);
	assert_int_equal(settled_at, start + 8 * MS);
	/* A pulse that is too short is none. */
	ferry_sim_drive(gpio, 3, 1);
	ferry_sim_run_for(sim, 2 * MS);
	ferry_sim_drive(gpio, 3, 0);
	ferry_sim_run_for(sim, 20 * MS);
	assert_int_equal(settled_count, 1);
	ferry_sim_drive(gpio, 3, 1);
	ferry_sim_run_for(sim, 2 * MS);
	fy_gpio_unwatch_settled(&u->settled);
	ferry_sim_run_for(sim, 20 * MS);
	assert_int_equal(settled_count, 1);
}

/* ---- A controller that sleeps ---- */

static int probe_settles(struct fy_device *dev)
{
	struct user *state = fy_state(dev);
	int rc = user_probe_driver(dev);

	settled_count = 0;
	return rc ? rc :
		    fy_gpio_watch_settled(&state->pin[0], dev, 5000, &state->settled, settle, NULL);
}

static const struct fy_driver settling_driver = {
	.name = "settling",
	.state_size = sizeof(struct user),
	.probe = probe_settles,
	.remove = user_remove_driver,
};

static void who_cannot_wait_does_not_get_its_pin(void **state)
{
	add_pins(true);
	wire(3, false);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_UNSUPPORTED);
}

static int probe_sleeping(struct fy_device *dev)
{
	struct user *state = fy_state(dev);
	int rc = user_probe_driver(dev);
	uint64_t start = fy_now_ns();

	assert_int_equal(rc, 0);
	assert_int_equal(fy_gpio_write(&state->pin[0], 1), 0);
	assert_int_equal(fy_now_ns() - start, 100 * US);
	assert_int_equal(fy_gpio_read(&state->pin[0]), 1);
	assert_int_equal(fy_gpio_set_several(state->pin, 2, 2), 0);
	assert_int_equal(fy_now_ns() - start, 300 * US);
	return 0;
}

static void its_pins_are_set_and_read_by_calls_that_wait(void **state)
{
	static const struct fy_driver driver = {
		.name = "waits",
		.state_size = sizeof(struct user),
		.probe = probe_sleeping,
		.remove = user_remove_driver,
	};

	add_pins(true);
	user = ferry_sim_add(sim, &driver, "waits", NULL);
	wire(3, false);
	wire(4, false);
	modes[0] = modes[1] = FY_GPIO_OUT_LOW | FY_GPIO_MAY_SLEEP;
	probe();
	assert_int_equal(ferry_sim_level(gpio, 3), 0);
	assert_int_equal(ferry_sim_level(gpio, 4), 1);
}

static void a_transfer_that_fails_is_an_error_of_the_call(void **state)
{
	add_pins(true);
	wire(3, false);
	modes[0] = FY_GPIO_IN | FY_GPIO_MAY_SLEEP;
	assert_int_equal(ferry_sim_set_option(gpio, "bus-fails", true), 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
}

static void its_edges_have_the_time_of_the_interrupt(void **state)
{
	uint64_t start;

	add_pins(true);
	user = ferry_sim_add(sim, &settling_driver, "settles", NULL);
	wire(3, false);
	modes[0] = FY_GPIO_IN | FY_GPIO_MAY_SLEEP;
	probe();
	start = ferry_sim_now(sim);
	ferry_sim_drive(gpio, 3, 1);
	ferry_sim_run_for(sim, 20 * MS);
	assert_int_equal(settled_count, 1);
	assert_int_equal(settled_since, start);
	/* It was read twice: what happened, and the level. */
	assert_int_equal(settled_at, start + 5 * MS + 200 * US);
	ferry_sim_remove(user);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(a_pin_changes_direction_after_it_was_taken),
		TEST(an_open_drain_lets_the_line_go),
		TEST(an_open_source_lets_the_line_go_the_other_way),
		TEST(what_a_pin_cannot_be_is_unsupported),
		TEST(pins_of_a_bcm2835_are_set_by_a_store_for_each_level),
		TEST(pins_of_a_pl061_are_set_by_one_store),
		TEST(pins_of_other_kinds_are_set_one_after_the_other),
		TEST(each_edge_is_told_with_its_time),
		TEST(edges_that_nobody_saw_are_told_of_and_none_twice),
		TEST(one_kind_of_edge_is_told_alone),
		TEST(a_watch_rests_while_the_pin_is_an_output),
		TEST(a_level_is_told_when_it_has_settled),
		TEST(who_cannot_wait_does_not_get_its_pin),
		TEST(its_pins_are_set_and_read_by_calls_that_wait),
		TEST(a_transfer_that_fails_is_an_error_of_the_call),
		TEST(its_edges_have_the_time_of_the_interrupt),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
