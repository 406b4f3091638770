// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Tests of drivers/@NAME@.c: the driver is compiled into this program, on Ferry's port for tests.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "../drivers/@NAME@.c"
#include "test-port.h"

static char last_log[256];
static struct fy_device device;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int setup(void **unused)
{
	device = (struct fy_device){ .state = calloc(1, fy_driver_@SYMBOL@.state_size) };
	return device.state ? 0 : -1;
}

static int teardown(void **unused)
{
	free(device.state);
	return 0;
}

static void starts_and_says_so(void **unused)
{
	struct @SYMBOL@_state *state = device.state;

	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), 0);
	assert_true(state->started);
	assert_string_equal(last_log, "ready");
}

static void stops_and_says_so(void **unused)
{
	struct @SYMBOL@_state *state = device.state;

	assert_int_equal(fy_driver_@SYMBOL@.probe(&device), 0);
	fy_driver_@SYMBOL@.remove(&device);
	assert_false(state->started);
	assert_string_equal(last_log, "gone");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(starts_and_says_so),
		TEST(stops_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
