// SPDX-License-Identifier: GPL-2.0-only
/*
 * A console script types and waits as it says, whatever pieces the console's text comes in, and
 * says why it failed; with a clock of the test's own.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/script-run.h"

#define S INT64_C(1000000000)

struct bench {
	struct script script;
	struct script_run run;
	uint64_t edges[SCRIPT_PINS];
};

static uint64_t edges_of(void *arg, unsigned pin)
{
	struct bench *bench = arg;

	return bench->edges[pin];
}

static struct bench *start(const char *text)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	struct error err = { "" };

	assert_non_null(bench);
	if (script_parse(&bench->script, "s", text, strlen(text), &err) < 0 ||
	    script_run_start(&bench->run, &bench->script, edges_of, bench, 0, &err) < 0)
		fail_msg("%s", err.text);
	return bench;
}

static void stop(struct bench *bench)
{
	script_run_free(&bench->run);
	script_free(&bench->script);
	free(bench);
}

static void say(struct bench *bench, const char *text, int64_t now)
{
	script_run_console(&bench->run, text, strlen(text), now);
}

static void assert_typed(struct bench *bench, const char *text)
{
	assert_int_equal(bench->run.typed.len, strlen(text));
	if (*text)
		assert_memory_equal(bench->run.typed.buf, text, strlen(text));
	bench->run.typed.len = 0;
}

static void assert_failed(struct bench *bench, const char *text)
{
	assert_int_equal(bench->run.state, SCRIPT_FAILED);
	assert_string_equal(bench->run.error.text, text);
	stop(bench);
}

static void assert_passed(struct bench *bench)
{
	assert_int_equal(bench->run.state, SCRIPT_PASSED);
	stop(bench);
}

static void a_login_is_typed_step_by_step(void **state)
{
	struct bench *bench = start("expect login: \nsend root\nexpect # \ntype halt\nexpect off");

	say(bench, "Welcome\r\nlog", S);
	assert_typed(bench, "");
	say(bench, "in: ", 2 * S);
	assert_typed(bench, "root\n");
	say(bench, "root\r\n# ", 3 * S);
	assert_typed(bench, "halt");
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	say(bench, "off", 4 * S);
	assert_int_equal(bench->run.result[0].outcome, SCRIPT_DONE);
	assert_int_equal(bench->run.result[0].end_ns, 2 * S);
	assert_int_equal(bench->run.result[4].start_ns, 3 * S);
	assert_passed(bench);
}

static void the_outcome_does_not_depend_on_the_pieces(void **state)
{
	static const char text[] = "boot\r\none two\r\nthree four five\r\nthree\r\n";

	for (size_t step = 1; step < sizeof(text); step++) {
		struct bench *bench = start("fail ^four\nexpect t.o\nsend a\nexpect t[a-z]*\nsend "
					    "b\nexpect five$\nexpect ^three$");

		for (size_t at = 0; at < strlen(text); at += step)
			script_run_console(&bench->run, text + at,
					   strlen(text) - at < step ? strlen(text) - at : step, 0);
		assert_typed(bench, "a\nb\n");
		assert_passed(bench);
	}
}

static void text_before_a_match_is_gone(void **state)
{
	struct bench *bench = start("expect two\nexpect one");

	say(bench, "one two ", 0);
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	say(bench, "one", 0);
	assert_passed(bench);
}

static void what_came_during_another_wait_still_counts(void **state)
{
	struct bench *bench = start("pin 3 within 9\nexpect done");

	say(bench, "done\r\n", S);
	bench->edges[3] = 1;
	script_run_poll(&bench->run, 2 * S);
	assert_passed(bench);
}

static void silence_fails_at_the_timeout(void **state)
{
	struct bench *bench = start("expect one\n\nexpect two");

	say(bench, "one", 50 * S);
	assert_int_equal(script_run_deadline(&bench->run), 170 * S);
	script_run_poll(&bench->run, 170 * S - 1);
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	script_run_poll(&bench->run, 170 * S);
	assert_failed(bench, "s:3: expect two: not seen within 120 s");
}

static void a_timeout_counts_for_the_lines_behind_it(void **state)
{
	struct bench *bench = start("timeout 0.5\nexpect x");

	assert_int_equal(script_run_deadline(&bench->run), S / 2);
	script_run_poll(&bench->run, S / 2);
	assert_failed(bench, "s:2: expect x: not seen within 0.5 s");
}

static void a_dollar_behind_a_prompt_gets_a_hint(void **state)
{
	struct bench *bench = start("expect # $");

	say(bench, "/ # ", 0);
	script_run_poll(&bench->run, 120 * S);
	assert_failed(bench, "s:1: expect # $: not seen within 120 s; `$` waits for the end of the "
			     "line, so leave it out "
			     "behind a prompt");
}

static void a_kernel_panic_fails_at_once_with_its_reason(void **state)
{
	struct bench *bench = start("expect login");

	say(bench, "ok\r\n[1.0] Kernel panic - not syncing: VFS", S);
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	say(bench, ": no root\r\n", S);
	assert_failed(bench, "s:1: expect login: the console said '[1.0] Kernel panic - not "
			     "syncing: VFS: no root' "
			     "(Kernel panic - not syncing)");
}

static void a_panic_that_stops_half_way_is_not_waited_for_long(void **state)
{
	struct bench *bench = start("expect login");

	say(bench, "Kernel panic - not syncing", S);
	assert_int_equal(script_run_deadline(&bench->run), 2 * S);
	script_run_poll(&bench->run, 2 * S);
	assert_int_equal(bench->run.state, SCRIPT_FAILED);
	stop(bench);
}

static void a_panic_may_be_expected(void **state)
{
	struct bench *bench = start("expect panic - not syncing\nexpect end");

	say(bench, "Kernel panic - not syncing: test\r\n---[ end ", S);
	assert_passed(bench);
}

static void a_fault_counts_only_before_the_match(void **state)
{
	struct bench *bench = start("fail Oops\nexpect done\nquit");

	say(bench, "done Oops\n", 0);
	assert_passed(bench);
	bench = start("fail Oops\nexpect done\nquit");
	say(bench, "Oops done\n", 0);
	assert_failed(bench, "s:2: expect done: the console said 'Oops done' (fail Oops)");
}

static void a_fault_counts_from_its_line_on(void **state)
{
	struct bench *bench = start("expect one\nfail Oops\nexpect two");

	say(bench, "Oops one ", 0);
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	say(bench, "Oops\n", 0);
	assert_int_equal(bench->run.state, SCRIPT_FAILED);
	stop(bench);
}

static void a_fault_counts_while_a_pin_is_waited_for(void **state)
{
	struct bench *bench = start("pin 4 within 9");

	say(bench, "Kernel panic - not syncing: x\n", 0);
	assert_int_equal(bench->run.state, SCRIPT_FAILED);
	stop(bench);
}

static void a_pin_counts_from_the_last_send(void **state)
{
	struct bench *bench =
		start("expect a\nsend go\nexpect b\npin 17 within 2\npin 17 within 2");

	bench->edges[17] = 5;
	say(bench, "a", 0);
	bench->edges[17] = 6; /* between the send and the prompt: seen */
	say(bench, "b", S);
	assert_true(script_run_wants_pin(&bench->run));
	assert_int_equal(bench->run.at, 4);
	script_run_poll(&bench->run, 3 * S);
	assert_failed(bench, "s:5: pin 17 within 2: the pin did not move within 2 s");
}

static void the_power_button_is_pressed_once_a_line(void **state)
{
	struct bench *bench = start("expect a\npower\nexpect b\npower");

	assert_int_equal(bench->run.presses, 0);
	say(bench, "a", 0);
	assert_int_equal(bench->run.presses, 1);
	bench->run.presses--;
	say(bench, "b", S);
	assert_int_equal(bench->run.presses, 1);
	assert_passed(bench);
}

static void off_waits_for_the_board_to_stop(void **state)
{
	struct bench *bench = start("off");

	say(bench, "bye", 0);
	assert_int_equal(bench->run.state, SCRIPT_RUNNING);
	script_run_ended(&bench->run, "switched off", S);
	assert_passed(bench);
	bench = start("timeout 3\noff");
	script_run_poll(&bench->run, 3 * S);
	assert_failed(bench, "s:2: off: the board is still on after 3 s");
}

static void a_board_that_stops_early_is_a_failure(void **state)
{
	struct bench *bench = start("expect a\nexpect b");

	say(bench, "a", 0);
	script_run_ended(&bench->run, "the board switched itself off", S);
	assert_failed(bench, "s:2: expect b: the board switched itself off");
}

static void quit_ends_the_script_early(void **state)
{
	struct bench *bench = start("expect a\nquit\nexpect b");

	say(bench, "a", 0);
	assert_int_equal(bench->run.result[2].outcome, SCRIPT_NOT_REACHED);
	assert_passed(bench);
}

static void a_stop_from_outside_fails_the_current_line(void **state)
{
	struct bench *bench = start("expect a");

	script_run_stop(&bench->run, "interrupted", S);
	script_run_add(&bench->run, "and more");
	assert_failed(bench, "s:1: expect a: interrupted; and more");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_login_is_typed_step_by_step),
		cmocka_unit_test(the_outcome_does_not_depend_on_the_pieces),
		cmocka_unit_test(text_before_a_match_is_gone),
		cmocka_unit_test(what_came_during_another_wait_still_counts),
		cmocka_unit_test(silence_fails_at_the_timeout),
		cmocka_unit_test(a_timeout_counts_for_the_lines_behind_it),
		cmocka_unit_test(a_dollar_behind_a_prompt_gets_a_hint),
		cmocka_unit_test(a_kernel_panic_fails_at_once_with_its_reason),
		cmocka_unit_test(a_panic_that_stops_half_way_is_not_waited_for_long),
		cmocka_unit_test(a_panic_may_be_expected),
		cmocka_unit_test(a_fault_counts_only_before_the_match),
		cmocka_unit_test(a_fault_counts_from_its_line_on),
		cmocka_unit_test(a_fault_counts_while_a_pin_is_waited_for),
		cmocka_unit_test(a_pin_counts_from_the_last_send),
		cmocka_unit_test(the_power_button_is_pressed_once_a_line),
		cmocka_unit_test(off_waits_for_the_board_to_stop),
		cmocka_unit_test(a_board_that_stops_early_is_a_failure),
		cmocka_unit_test(quit_ends_the_script_early),
		cmocka_unit_test(a_stop_from_outside_fails_the_current_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
