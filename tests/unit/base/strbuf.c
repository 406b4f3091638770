// SPDX-License-Identifier: GPL-2.0-only
/* Texts follow each other in a buffer of any size, and a failure is remembered to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"

static void texts_follow_each_other(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char *text;

	assert_int_equal(strbuf_puts(&sb, "pin"), 0);
	assert_int_equal(strbuf_addf(&sb, " %d is %s", 17, "high"), 0);
	assert_int_equal(strbuf_add(&sb, "\n?", 1), 0);
	assert_int_equal(sb.len, strlen("pin 17 is high\n"));
	text = strbuf_detach(&sb);
	assert_string_equal(text, "pin 17 is high\n");
	assert_null(sb.buf);
	assert_int_equal(sb.len, 0);
	free(text);
}

static void an_empty_buffer_is_an_empty_text(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char *text = strbuf_detach(&sb);

	assert_string_equal(text, "");
	free(text);
}

static void it_grows_over_any_size(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	for (int i = 0; i < 10000; i++)
		assert_int_equal(strbuf_addf(&sb, "%05d", i), 0);
	assert_int_equal(sb.len, 50000);
	assert_memory_equal(sb.buf + 5 * 4711, "04711", 5);
	assert_int_equal(sb.buf[sb.len], '\0');
	strbuf_free(&sb);
	assert_null(sb.buf);
}

static void bytes_can_be_put_in_their_place(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char *to;

	for (char c = 'a'; c <= 'z'; c++) {
		to = strbuf_grow(&sb, 100);
		assert_non_null(to);
		assert_ptr_equal(to, sb.buf + sb.len);
		assert_true(sb.room - sb.len > 100);
		memset(to, c, 100);
		strbuf_grew(&sb, 2);
	}
	assert_string_equal(sb.buf, "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz");
	assert_int_equal(sb.len, 52);
	assert_null(strbuf_grow(&sb, SIZE_MAX));
	assert_true(sb.failed);
	strbuf_free(&sb);
}

static void a_failure_is_remembered(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	assert_int_equal(strbuf_puts(&sb, "kept"), 0);
	assert_int_equal(strbuf_add(&sb, "", SIZE_MAX), -1);
	assert_true(sb.failed);
	assert_int_equal(strbuf_puts(&sb, "no more"), -1);
	assert_int_equal(strbuf_addf(&sb, "%d", 1), -1);
	assert_string_equal(sb.buf, "kept");
	assert_null(strbuf_detach(&sb));
	assert_null(sb.buf);
	assert_false(sb.failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_follow_each_other),
		cmocka_unit_test(an_empty_buffer_is_an_empty_text),
		cmocka_unit_test(it_grows_over_any_size),
		cmocka_unit_test(bytes_can_be_put_in_their_place),
		cmocka_unit_test(a_failure_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
