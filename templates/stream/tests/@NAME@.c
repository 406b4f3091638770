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
#include <string.h>

#include "../drivers/@NAME@.c"
#include "test-port.h"

static char last_log[256];
static unsigned log_count;
static struct fy_device device;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
	log_count++;
}

static int setup(void **unused)
{
	test_offer_result = 0;
	device = (struct fy_device){ .state = calloc(1, fy_driver_@SYMBOL@.state_size) };
	if (!device.state || fy_driver_@SYMBOL@.probe(&device))
		return -1;
	log_count = 0;
	return 0;
}

static int teardown(void **unused)
{
	struct @SYMBOL@_state *state = device.state;

	fy_driver_@SYMBOL@.remove(&device);
	assert_null(state->stream.ops);
	free(device.state);
	return 0;
}

/* Writes all of TEXT, as a port does. Returns the first error, or 0. */
static long put(struct @SYMBOL@_session *session, const char *text)
{
	while (*text) {
		long taken = @SYMBOL@_ops.write(&device, session, text, strlen(text));

		if (taken < 0)
			return taken;
		assert_in_range(taken, 1, strlen(text));
		text += taken;
	}
	return 0;
}

static void takes_each_line_once_however_it_comes(void **unused)
{
	struct @SYMBOL@_session session = { 0 };

	assert_int_equal(put(&session, "one\ntw"), 0);
	assert_int_equal(log_count, 1);
	assert_string_equal(last_log, "one");
	assert_int_equal(put(&session, "o\n"), 0);
	assert_int_equal(log_count, 2);
	assert_string_equal(last_log, "two");
	assert_true(@SYMBOL@_ops.drained(&device, &session));
}

static void keeps_the_lines_of_two_writers_apart(void **unused)
{
	struct @SYMBOL@_session a = { 0 }, b = { 0 };

	put(&a, "first ");
	put(&b, "second\n");
	assert_string_equal(last_log, "second");
	put(&a, "line\n");
	assert_string_equal(last_log, "first line");
}

static void a_line_may_be_as_long_as_it_says_and_no_longer(void **unused)
{
	struct @SYMBOL@_session session = { 0 };
	char line[LINE_LEN + 2];

	memset(line, 'x', sizeof(line));
	line[LINE_LEN] = '\n';
	line[LINE_LEN + 1] = '\0';
	assert_int_equal(put(&session, line), 0);
	assert_int_equal(strlen(last_log), LINE_LEN);
	line[LINE_LEN] = 'x';
	assert_int_equal(put(&session, line), FY_ERR_INVALID);
	assert_string_equal(last_log, "a line has more than 80 characters");
	assert_int_equal(put(&session, "next\n"), 0);
	assert_string_equal(last_log, "next");
}

static void what_was_cancelled_is_forgotten(void **unused)
{
	struct @SYMBOL@_session session = { 0 };

	put(&session, "never ");
	@SYMBOL@_ops.cancel(&device, &session);
	put(&session, "mind\n");
	assert_string_equal(last_log, "mind");
}

static void an_unfinished_line_counts_when_its_writer_goes(void **unused)
{
	struct @SYMBOL@_session session = { 0 };

	put(&session, "the end");
	assert_int_equal(log_count, 0);
	@SYMBOL@_ops.close(&device, &session);
	assert_string_equal(last_log, "the end");
}

static void does_not_start_when_its_name_is_taken(void **unused)
{
	struct fy_device other = { .state = calloc(1, fy_driver_@SYMBOL@.state_size) };

	test_offer_result = FY_ERR_BUSY;
	assert_int_equal(fy_driver_@SYMBOL@.probe(&other), FY_ERR_BUSY);
	assert_string_equal(last_log, "cannot offer the stream '@NAME@': error -3");
	free(other.state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(takes_each_line_once_however_it_comes),
		TEST(keeps_the_lines_of_two_writers_apart),
		TEST(a_line_may_be_as_long_as_it_says_and_no_longer),
		TEST(what_was_cancelled_is_forgotten),
		TEST(an_unfinished_line_counts_when_its_writer_goes),
		TEST(does_not_start_when_its_name_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
