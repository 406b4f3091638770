// SPDX-License-Identifier: GPL-2.0-only
/* Tests of tests/drivers/pin-watch.c, and so of watching a pin on the test port. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../drivers/pin-watch.c"
#include "test-port.h"

static char last_log[256];
static struct fy_device device;
static const char *const names[] = { "trigger", NULL };
static uint32_t values[1];

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int probe(uint32_t trigger)
{
	free(device.state);
	test_level = 0;
	test_triggers = FY_GPIO_TRIGGER_ALL;
	values[0] = trigger;
	device = (struct fy_device){
		.state = calloc(1, fy_driver_pin_watch.state_size),
		.property_names = names,
		.property_values = values,
	};
	return fy_driver_pin_watch.probe(&device);
}

static int teardown(void **state)
{
	free(device.state);
	device.state = NULL;
	return 0;
}

static unsigned events_after(int level)
{
	struct pin_watch *w = device.state;

	test_pin_input(&w->pin, level);
	return w->events;
}

static void tells_the_edges_that_are_asked_for(void **state)
{
	static const struct {
		uint32_t trigger;
		unsigned rising, falling;
	} cases[] = {
		{ FY_GPIO_TRIGGER_RISING, 1, 0 },
		{ FY_GPIO_TRIGGER_FALLING, 0, 1 },
		{ FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING, 1, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(probe(cases[i].trigger), 0);
		assert_int_equal(events_after(0), 0);
		assert_int_equal(events_after(1), cases[i].rising);
		assert_int_equal(events_after(1), cases[i].rising);
		assert_int_equal(events_after(0), cases[i].rising + cases[i].falling);
		fy_driver_pin_watch.remove(&device);
	}
}

static void a_pin_is_watched_once_for_what_there_is(void **state)
{
	struct pin_watch *w;

	assert_int_equal(probe(0), FY_ERR_INVALID);
	assert_int_equal(probe(FY_GPIO_TRIGGER_ALL + 1), FY_ERR_INVALID);
	assert_int_equal(probe(FY_GPIO_TRIGGER_RISING), 0);
	assert_string_equal(last_log, "watch 0, again: -3");
	w = device.state;
	fy_gpio_unwatch(&w->pin);
	assert_int_equal(events_after(1), 0);
	test_triggers = FY_GPIO_TRIGGER_RISING;
	assert_int_equal(fy_gpio_watch(&w->pin, FY_GPIO_TRIGGER_HIGH, handle_event, w),
			 FY_ERR_UNSUPPORTED);
	fy_gpio_release(&w->pin);
	assert_int_equal(fy_gpio_request(&device, "watched", FY_GPIO_OUT_LOW, &w->pin), 0);
	assert_int_equal(fy_gpio_watch(&w->pin, FY_GPIO_TRIGGER_RISING, handle_event, w),
			 FY_ERR_INVALID);
}

static void an_active_low_pin_has_its_triggers_inverted(void **state)
{
	for (unsigned trigger = 0; trigger <= FY_GPIO_TRIGGER_ALL; trigger++)
		assert_int_equal(fy_gpio_trigger_invert(fy_gpio_trigger_invert(trigger)), trigger);
	assert_int_equal(fy_gpio_trigger_invert(FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_LOW),
			 FY_GPIO_TRIGGER_FALLING | FY_GPIO_TRIGGER_HIGH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(tells_the_edges_that_are_asked_for, teardown),
		cmocka_unit_test_teardown(a_pin_is_watched_once_for_what_there_is, teardown),
		cmocka_unit_test_teardown(an_active_low_pin_has_its_triggers_inverted, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
