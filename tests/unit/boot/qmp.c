// SPDX-License-Identifier: GPL-2.0-only
/*
 * QEMU's control channel is understood byte by byte and all at once, and what is no QMP is refused.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "boot/qmp.h"

static const char talk[] =
	"{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 2, \"minor\": 1, \"major\": 10}, "
	"\"package\": \"\"}, "
	"\"capabilities\": [\"oob\"]}}\r\n"
	"{\"return\": {}}\r\n"
	"{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESET\", \"data\": "
	"{\"guest\": true}}\r\n"
	"{\"event\": \"BLOCK_IO_ERROR\", \"data\": {\"reason\": \"No space left on device\"}}\r\n"
	"{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": "
	"\"guest-shutdown\"}}\r\n";

static void a_talk_is_understood_in_any_pieces(void **state)
{
	for (size_t step = 1; step < sizeof(talk); step += 13) {
		struct qmp qmp = { 0 };

		for (size_t at = 0; at < strlen(talk); at += step)
			assert_int_equal(
				qmp_feed(&qmp, talk + at,
					 strlen(talk) - at < step ? strlen(talk) - at : step, NULL),
				0);
		assert_int_equal(qmp.major, 10);
		assert_int_equal(qmp.minor, 1);
		assert_true(qmp.ready);
		assert_int_equal(qmp.resets, 1);
		assert_string_equal(qmp.trouble, "No space left on device");
		assert_string_equal(qmp.shutdown, "guest-shutdown");
		assert_true(qmp.by_guest);
		qmp_free(&qmp);
	}
}

static void what_is_no_qmp_is_refused(void **state)
{
	static const char *const lines[] = { "hello\n", "[]\n", "{\"a\":\n", "\xff\xfe\n",
					     "{}{}\n" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct qmp qmp = { 0 };
		struct error err = { "" };

		assert_int_equal(qmp_feed(&qmp, lines[i], strlen(lines[i]), &err), -1);
		assert_non_null(strstr(err.text, "does not talk QMP"));
		qmp_free(&qmp);
	}
}

static void odd_objects_do_no_harm(void **state)
{
	static const char odd[] =
		"{\"event\": 5}\n{\"QMP\": 1}\n{\"event\": \"SHUTDOWN\"}\n{\"error\": {}}\n\n";
	struct qmp qmp = { 0 };

	assert_int_equal(qmp_feed(&qmp, odd, strlen(odd), NULL), 0);
	assert_int_equal(qmp.major, 0);
	assert_false(qmp.ready);
	assert_string_equal(qmp.shutdown, "unknown");
	qmp_free(&qmp);
}

static void an_endless_line_is_refused(void **state)
{
	char *line = malloc(QMP_LINE_MAX + 1);
	struct qmp qmp = { 0 };

	assert_non_null(line);
	memset(line, 'x', QMP_LINE_MAX + 1);
	assert_int_equal(qmp_feed(&qmp, line, QMP_LINE_MAX + 1, NULL), -1);
	free(line);
	qmp_free(&qmp);
}

static void an_answer_belongs_to_the_last_question(void **state)
{
	static const char answers[] = "{\"return\": \"late\", \"id\": 1}\n"
				      "{\"return\": \"\", \"id\": 2}\n";
	static const char refusal[] =
		"{\"id\": 3, \"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}\n";
	struct qmp qmp = { .ready = true };
	char sent[200] = "";
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(qmp_ask(&qmp, fd[0], "stop", NULL), 0);
	assert_int_equal(read(fd[1], sent, sizeof(sent) - 1),
			 strlen("{\"execute\":\"stop\",\"id\":1}"));
	assert_string_equal(sent, "{\"execute\":\"stop\",\"id\":1}");
	assert_int_equal(qmp_ask(&qmp, fd[0], "x", json_pack("{s:s}", "a", "b")), 0);
	memset(sent, 0, sizeof(sent));
	assert_true(read(fd[1], sent, sizeof(sent) - 1) > 0);
	assert_non_null(strstr(sent, "\"arguments\":{\"a\":\"b\"}"));
	assert_false(qmp.replied);
	assert_int_equal(qmp_feed(&qmp, answers, strlen(answers), NULL), 0);
	assert_true(qmp.replied);
	assert_string_equal(json_string_value(qmp.reply), "");
	assert_int_equal(qmp_ask(&qmp, fd[0], "y", NULL), 0);
	assert_false(qmp.replied);
	assert_int_equal(qmp_feed(&qmp, refusal, strlen(refusal), NULL), 0);
	assert_true(qmp.replied);
	assert_null(qmp.reply);
	assert_string_equal(qmp.refusal, "no");
	close(fd[1]);
	assert_int_equal(qmp_ask(&qmp, fd[0], "z", NULL), -1);
	close(fd[0]);
	qmp_free(&qmp);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_talk_is_understood_in_any_pieces),
		cmocka_unit_test(what_is_no_qmp_is_refused),
		cmocka_unit_test(odd_objects_do_no_harm),
		cmocka_unit_test(an_endless_line_is_refused),
		cmocka_unit_test(an_answer_belongs_to_the_last_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
