// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file's bytes land at their offset, its holes are left alone, and a file that shrank is found
 * out (image/copy.h).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "image/copy.h"

#define HOLE (8 << 20)

/* A file: "start", a hole, "end". */
static int make_source(void **state)
{
	char path[] = "/tmp/copy-test.XXXXXX";
	int fd = mkstemp(path);
	bool ok = fd >= 0 && pwrite(fd, "start", 5, 0) == 5 && pwrite(fd, "end", 3, HOLE) == 3;

	close(fd);
	*state = strdup(path);
	return ok && *state ? 0 : -1;
}

static int remove_source(void **state)
{
	unlink(*state);
	free(*state);
	return 0;
}

static void zeros_are_known(void **state)
{
	uint8_t buf[100] = { 0 };

	assert_true(copy_is_zero(buf, 100));
	assert_true(copy_is_zero(buf, 0));
	buf[99] = 1;
	assert_false(copy_is_zero(buf, 100));
	assert_true(copy_is_zero(buf, 99));
	buf[0] = 1;
	assert_false(copy_is_zero(buf, 1));
}

static void a_file_lands_at_its_offset(void **state)
{
	int fd = memfd_create("out", 0);
	char buf[8];
	struct stat st;

	assert_int_equal(copy_file(*state, 0, HOLE + 3, fd, 1 << 20, NULL, NULL), 0);
	assert_int_equal(pread(fd, buf, 5, 1 << 20), 5);
	assert_memory_equal(buf, "start", 5);
	assert_int_equal(pread(fd, buf, 3, (1 << 20) + HOLE), 3);
	assert_memory_equal(buf, "end", 3);
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(st.st_blocks * 512 < HOLE / 2);
	close(fd);
}

static void a_part_of_a_file(void **state)
{
	int fd = memfd_create("out", 0);
	char buf[8];

	assert_int_equal(copy_file(*state, 2, 3, fd, 1, NULL, NULL), 0);
	assert_int_equal(pread(fd, buf, 8, 0), 4);
	assert_memory_equal(buf, "\0art", 4);
	close(fd);
}

static void a_file_that_shrank_is_an_error(void **state)
{
	int fd = memfd_create("out", 0);
	struct error err;
	char want[128];

	assert_int_equal(copy_file(*state, 0, HOLE + 100, fd, 0, NULL, &err), -1);
	snprintf(want, sizeof(want), "%s: became shorter while it was being read", (char *)*state);
	assert_string_equal(err.text, want);
	close(fd);
}

static void a_full_disk_is_named(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct error err;

	assert_non_null(full);
	assert_int_equal(copy_bytes(fileno(full), 0, "x", 1, &err), -1);
	assert_string_equal(
		err.text, "the disk is full: free some space there, or choose another outputpath: "
			  "No space left on device");
	assert_int_equal(errno, ENOSPC);
	fclose(full);
}

#define WITH_SOURCE(test) cmocka_unit_test_setup_teardown(test, make_source, remove_source)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeros_are_known),	WITH_SOURCE(a_file_lands_at_its_offset),
		WITH_SOURCE(a_part_of_a_file),		WITH_SOURCE(a_file_that_shrank_is_an_error),
		cmocka_unit_test(a_full_disk_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
