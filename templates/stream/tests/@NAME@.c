// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The driver @NAME@ takes each line once, however it comes and whoever writes beside; one that is
 * too long it refuses. It is compiled into this program, and runs in a world of ferry-sim.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <ferry-sim.h>

#include "../drivers/@NAME@.c"

static struct ferry_sim *sim;
static struct ferry_sim_device *device;
static struct ferry_sim_writer *writer;
static size_t logged_before;

static int setup(void **unused)
{
	sim = ferry_sim_new();
	device = ferry_sim_add(sim, &fy_driver_@SYMBOL@, "@NAME@", NULL);
	if (ferry_sim_probe(sim))
		return -1;
	logged_before = ferry_sim_log_count(sim);
	writer = ferry_sim_open(sim, "@NAME@");
	return writer ? 0 : -1;
}

/* The stream goes with the device; the driver has done nothing that the contract forbids. */
static int teardown(void **unused)
{
	ferry_sim_remove(device);
	assert_null(ferry_sim_open(sim, "@NAME@"));
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
	return 0;
}

/* How many lines were logged since the device started. */
static size_t log_count(void)
{
	return ferry_sim_log_count(sim) - logged_before;
}

/* Writes all of TEXT, as a port does. Returns the first error, or 0. */
static long put(struct ferry_sim_writer *to, const char *text)
{
	while (*text) {
		long taken = ferry_sim_write(to, text, strlen(text));

		if (taken < 0)
			return taken;
		assert_in_range(taken, 1, strlen(text));
		text += taken;
	}
	return 0;
}

static void takes_each_line_once_however_it_comes(void **unused)
{
	assert_int_equal(put(writer, "one\ntw"), 0);
	assert_int_equal(log_count(), 1);
	assert_string_equal(ferry_sim_last_log(sim), "one");
	assert_int_equal(put(writer, "o\n"), 0);
	assert_int_equal(log_count(), 2);
	assert_string_equal(ferry_sim_last_log(sim), "two");
	assert_true(ferry_sim_drained(writer));
}

static void keeps_the_lines_of_two_writers_apart(void **unused)
{
	struct ferry_sim_writer *other = ferry_sim_open(sim, "@NAME@");

	put(writer, "first ");
	put(other, "second\n");
	assert_string_equal(ferry_sim_last_log(sim), "second");
	put(writer, "line\n");
	assert_string_equal(ferry_sim_last_log(sim), "first line");
}

static void a_line_may_be_as_long_as_it_says_and_no_longer(void **unused)
{
	char line[LINE_LEN + 2];

	memset(line, 'x', sizeof(line));
	line[LINE_LEN] = '\n';
	line[LINE_LEN + 1] = '\0';
	assert_int_equal(put(writer, line), 0);
	assert_int_equal(strlen(ferry_sim_last_log(sim)), LINE_LEN);
	line[LINE_LEN] = 'x';
	assert_int_equal(put(writer, line), FY_ERR_INVALID);
	assert_string_equal(ferry_sim_last_log(sim), "a line has more than 80 characters");
	assert_int_equal(put(writer, "next\n"), 0);
	assert_string_equal(ferry_sim_last_log(sim), "next");
}

static void what_was_cancelled_is_forgotten(void **unused)
{
	put(writer, "never ");
	ferry_sim_cancel(writer);
	put(writer, "mind\n");
	assert_string_equal(ferry_sim_last_log(sim), "mind");
}

static void an_unfinished_line_counts_when_its_writer_goes(void **unused)
{
	put(writer, "the end");
	assert_int_equal(log_count(), 0);
	ferry_sim_close(writer);
	assert_string_equal(ferry_sim_last_log(sim), "the end");
}

static void does_not_start_when_its_name_is_taken(void **unused)
{
	ferry_sim_remove(device);
	ferry_sim_refuse(device, FERRY_SIM_STREAM_OFFER, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	assert_string_equal(ferry_sim_last_log(sim),
			    "cannot offer the stream '@NAME@': FY_ERR_BUSY");
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
