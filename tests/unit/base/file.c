// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file is read whole up to the limit, and not a byte more; if it cannot be read, the error says
 * why.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static char path[] = "/tmp/ferry-file-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);
	char block[1000];
	int rc = 0;

	memset(block, 'a', sizeof(block));
	for (int i = 0; i < 200; i++)
		rc |= write(fd, block, sizeof(block)) != sizeof(block);
	close(fd);
	return rc;
}

static int remove_file(void **state)
{
	return unlink(path);
}

static void reads_all_of_a_file_that_outgrows_the_first_buffer(void **state)
{
	struct error err;
	char *data;
	size_t len;

	assert_int_equal(file_read(path, 1 << 20, &data, &len, &err), 0);
	assert_int_equal(len, 200000);
	assert_int_equal(data[199999], 'a');
	assert_int_equal(data[200000], '\0');
	free(data);
}

static void a_file_of_exactly_the_limit_is_fine_and_a_byte_more_is_not(void **state)
{
	struct error err;
	char *data;
	size_t len;

	assert_int_equal(file_read(path, 200000, &data, &len, &err), 0);
	free(data);
	assert_int_equal(file_read(path, 199999, &data, &len, &err), -1);
	assert_non_null(strstr(err.text, "File too large"));
}

static void says_why_it_cannot_read(void **state)
{
	struct error err;
	char *data;
	size_t len;

	assert_int_equal(file_read("/nonexistent", 10, &data, &len, &err), -1);
	assert_string_equal(err.text, "/nonexistent: cannot open: No such file or directory");
	assert_int_equal(file_read("/tmp", 10, &data, &len, &err), -1);
	assert_string_equal(err.text, "/tmp: cannot read: Is a directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_of_a_file_that_outgrows_the_first_buffer),
		cmocka_unit_test(a_file_of_exactly_the_limit_is_fine_and_a_byte_more_is_not),
		cmocka_unit_test(says_why_it_cannot_read),
	};

	return cmocka_run_group_tests_name("file", tests, make_file, remove_file);
}
