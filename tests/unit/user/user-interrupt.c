// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events of pins reach their users through pl061 and its model once each, not while a lock keeps
 * them out, and wrong use is reported.
 */
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/time.h>

#include "test.h"

static struct ferry_sim *sim;
static struct ferry_sim_device *gpio;
static struct ferry_sim_gpio *pin;
static unsigned events;
static uint64_t event_time;

static void count_event(void *arg)
{
	(void)arg;
	events++;
	event_time = ferry_sim_now(sim);
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");
	events = 0;
	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(gpio, 2, NULL);
	assert_non_null(pin);
	assert_int_equal(ferry_sim_gpio_input(pin), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void an_edge_is_told_once(void **state)
{
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, count_event, NULL), 0);
	for (unsigned i = 1; i <= 10; i++) {
		ferry_sim_run_for(sim, MS);
		ferry_sim_drive(gpio, 2, 1);
		assert_int_equal(events, i);
		assert_int_equal(event_time, i * MS);
		ferry_sim_drive(gpio, 2, 0);
		ferry_sim_drive(gpio, 3, 1);
		ferry_sim_drive(gpio, 3, 0);
		assert_int_equal(events, i);
	}
	assert_int_equal(ferry_sim_gpio_watch(pin, 0, NULL, NULL), 0);
	ferry_sim_drive(gpio, 2, 1);
	assert_int_equal(events, 10);
}

/* The user makes the level go away, as it must. */
static void lower(void *arg)
{
	(void)arg;
	if (++events == 5)
		ferry_sim_drive(gpio, 2, 0);
}

static void a_level_is_told_until_it_is_gone(void **state)
{
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_HIGH, lower, NULL), 0);
	ferry_sim_drive(gpio, 2, 1);
	assert_int_equal(events, 5);
}

static void a_level_that_stays_is_reported_and_the_world_goes_on(void **state)
{
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_HIGH, count_event, NULL), 0);
	ferry_sim_drive(gpio, 2, 1);
	assert_int_equal(events, 1000);
	assert_int_equal(ferry_sim_violations(sim), 1);
	assert_string_equal(ferry_sim_last_log(sim),
			    "interrupt 0 is still there after 1000 calls of its handler");
	/* With time, it is tried again. */
	ferry_sim_run_for(sim, MS);
	assert_int_equal(events, 2000);
	ferry_sim_drive(gpio, 2, 0);
	ferry_sim_drive(gpio, 2, 1);
	assert_int_equal(events, 3000);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

static void an_interrupt_may_be_late(void **state)
{
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_FALLING, count_event, NULL), 0);
	ferry_sim_delay_irq(gpio, 30 * FERRY_SIM_US);
	ferry_sim_drive(gpio, 2, 1);
	ferry_sim_run_for(sim, MS);
	ferry_sim_drive(gpio, 2, 0);
	assert_int_equal(events, 0);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(events, 1);
	assert_int_equal(event_time, MS + 30 * FERRY_SIM_US);
}

static void a_wire_carries_edges_between_devices(void **state)
{
	struct ferry_sim_device *other =
		ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "other", "bcm2711-gpio");
	struct ferry_sim_gpio *out;

	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_wire(other, 57, gpio, 2), 0);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING,
					      count_event, NULL),
			 0);
	out = ferry_sim_gpio_take(other, 57, NULL);
	assert_non_null(out);
	assert_int_equal(ferry_sim_gpio_output(out, 1), 0);
	assert_int_equal(events, 1);
	for (unsigned i = 0; i < 10; i++) {
		ferry_sim_gpio_set(out, i % 2);
		assert_int_equal(events, 2 + i);
		assert_int_equal(ferry_sim_gpio_get(pin), i % 2);
	}
	assert_int_equal(ferry_sim_wire(other, 58, gpio, 2), FY_ERR_NOT_FOUND);
}

static void a_pin_has_one_user(void **state)
{
	int error;

	assert_null(ferry_sim_gpio_take(gpio, 2, &error));
	assert_int_equal(error, FY_ERR_BUSY);
	assert_null(ferry_sim_gpio_take(gpio, 8, &error));
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	ferry_sim_gpio_release(pin);
	pin = ferry_sim_gpio_take(gpio, 2, &error);
	assert_non_null(pin);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_ALL + 1, count_event, NULL),
			 FY_ERR_INVALID);
	assert_int_equal(ferry_sim_gpio_output(pin, 1), 0);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, count_event, NULL),
			 FY_ERR_INVALID);
	assert_int_equal(ferry_sim_gpio_bias(pin, 0), FY_ERR_UNSUPPORTED);
}

/*
 * ---- Where an interrupt comes: a driver of the test's own on a PL061 whose pin 0 interrupts at a
 * high level ----
 */

static struct fy_device *device;
static struct fy_lock lock;
static unsigned calls, calls_in_lock, calls_after;

static void take(void *arg)
{
	fy_irqflags flags = fy_lock(&lock);

	(void)arg;
	calls++;
	fy_write32(device, 0x410, 0); /* GPIOIE */
	fy_unlock(&lock, flags);
}

static void arm(void)
{
	fy_write32(device, 0x404, 1); /* GPIOIS */
	fy_write32(device, 0x40c, 1); /* GPIOIEV */
	fy_write32(device, 0x400, 1); /* GPIODIR */
	fy_write32(device, 0x004, 1); /* GPIODATA */
}

static int place_probe(struct fy_device *dev)
{
	fy_irqflags flags;

	device = dev;
	calls = 0;
	fy_lock_init(&lock);
	assert_int_equal(fy_irq_attach(dev, 0, take, NULL), 0);
	assert_int_equal(fy_irq_attach(dev, 0, take, NULL), FY_ERR_BUSY);
	assert_int_equal(fy_irq_attach(dev, 1, take, NULL), FY_ERR_NOT_FOUND);
	arm();
	flags = fy_lock(&lock);
	fy_write32(dev, 0x410, 1);
	calls_in_lock = calls;
	fy_unlock(&lock, flags);
	calls_after = calls;
	fy_write32(dev, 0x410, 1);
	return 0;
}
TEST_DRIVER(place_probe);

static void a_handler_comes_when_the_lock_is_given_back_or_at_once(void **state)
{
	assert_non_null(ferry_sim_add(sim, &driver_place_probe, "place", "pl061"));
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(calls_in_lock, 0);
	assert_int_equal(calls_after, 1);
	assert_int_equal(calls, 2);
}

static int twice_probe(struct fy_device *dev)
{
	fy_irqflags flags;

	fy_lock_init(&lock);
	flags = fy_lock(&lock);
	flags = fy_lock(&lock);
	fy_unlock(&lock, flags);
	fy_unlock(&lock, flags);
	(void)fy_read32(dev, 0x402);
	(void)fy_read8(dev, 0x400);
	(void)fy_read32(dev, 0x1000);
	(void)fy_read32(dev, 0x424);
	fy_write32(dev, 0x414, 1);
	fy_write32(dev, 0x400, 0x100);
	return 0;
}
TEST_DRIVER(twice_probe);

static void wrong_use_of_locks_and_registers_is_reported(void **state)
{
	static const char *const texts[] = {
		"a lock is taken by who has it",
		"a lock is given back that nobody has",
		"pl061 takes no access of 4 bytes at 0x402",
		"pl061 takes no access of 1 bytes at 0x400",
		"offset 0x1000 is not of pl061",
		"0x424 is no register that can be read",
		"0x414 is no register that can be written",
		"0x100 is written to a register of 8 bits",
	};

	assert_non_null(ferry_sim_add(sim, &driver_twice_probe, "twice", "pl061"));
	assert_int_equal(ferry_sim_probe(sim), 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(logged(sim, texts[i]), 1);
	assert_int_equal(ferry_sim_violations(sim), sizeof(texts) / sizeof(texts[0]));
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_edge_is_told_once),
		TEST(a_level_is_told_until_it_is_gone),
		TEST(a_level_that_stays_is_reported_and_the_world_goes_on),
		TEST(an_interrupt_may_be_late),
		TEST(a_wire_carries_edges_between_devices),
		TEST(a_pin_has_one_user),
		TEST(a_handler_comes_when_the_lock_is_given_back_or_at_once),
		TEST(wrong_use_of_locks_and_registers_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
