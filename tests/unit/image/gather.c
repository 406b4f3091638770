// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever the order of writes, the file ends up as if each had been done at once (image/gather.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "image/gather.h"

#define FILE_SIZE (1 << 20)

static int open_file(void **state)
{
	struct gather *g = calloc(1, sizeof(*g));
	int fd = memfd_create("test", 0);

	*state = g;
	return g && fd >= 0 && ftruncate(fd, FILE_SIZE) == 0 ? gather_open(g, fd, NULL) : -1;
}

static int close_file(void **state)
{
	struct gather *g = *state;

	close(g->fd);
	gather_close(g);
	free(g);
	return 0;
}

static void neighbours_are_gathered(void **state)
{
	struct gather *g = *state;
	char buf[8];

	assert_int_equal(gather_write(g, 100, "abc", 3, NULL), 0);
	assert_int_equal(gather_write(g, 103, "def", 3, NULL), 0);
	assert_int_equal(pread(g->fd, buf, 6, 100), 6);
	assert_memory_equal(buf, "\0\0\0\0\0\0", 6);
	assert_int_equal(gather_flush(g, NULL), 0);
	assert_int_equal(pread(g->fd, buf, 6, 100), 6);
	assert_memory_equal(buf, "abcdef", 6);
}

static void a_gap_is_not_written(void **state)
{
	struct gather *g = *state;
	char buf[4];

	assert_int_equal(pwrite(g->fd, "old", 3, 103), 3);
	assert_int_equal(gather_write(g, 100, "abc", 3, NULL), 0);
	assert_int_equal(gather_write(g, 106, "def", 3, NULL), 0);
	assert_int_equal(gather_flush(g, NULL), 0);
	assert_int_equal(pread(g->fd, buf, 3, 103), 3);
	assert_memory_equal(buf, "old", 3);
}

static void reads_see_writes(void **state)
{
	struct gather *g = *state;
	char buf[8];

	assert_int_equal(gather_write(g, 100, "abcdef", 6, NULL), 0);
	assert_int_equal(gather_write(g, 102, "X", 1, NULL), 0);
	assert_int_equal(gather_read(g, 101, buf, 3, NULL), 0);
	assert_memory_equal(buf, "bXd", 3);
	assert_int_equal(gather_read(g, FILE_SIZE - 1, buf, 4, NULL), 0);
	assert_memory_equal(buf, "\0\0\0\0", 4);
}

static void random_writes_are_as_at_once(void **state)
{
	struct gather *g = *state;
	uint8_t *want = calloc(1, FILE_SIZE), *got = calloc(1, FILE_SIZE),
		*data = malloc(2 * GATHER_SIZE);
	uint32_t seed = 1;
	uint64_t at = 0;

	for (int i = 0; i < 2000; i++) {
		size_t len;

		seed = seed * 1103515245 + 12345;
		len = (seed >> 8) % (i % 100 == 0 ? 2 * GATHER_SIZE : 3000);
		if (seed % 3 == 0)
			at = (seed >> 4) % FILE_SIZE;
		if (at + len > FILE_SIZE)
			at = 0;
		memset(data, i, len);
		memcpy(want + at, data, len);
		assert_int_equal(gather_write(g, at, data, len, NULL), 0);
		at += len;
	}
	assert_int_equal(gather_flush(g, NULL), 0);
	assert_int_equal(pread(g->fd, got, FILE_SIZE, 0), FILE_SIZE);
	assert_memory_equal(got, want, FILE_SIZE);
	free(want);
	free(got);
	free(data);
}

static void without_a_file_it_reads_zeros(void **state)
{
	struct gather g;
	char buf[4] = "abc";

	assert_int_equal(gather_open(&g, -1, NULL), 0);
	assert_int_equal(gather_write(&g, 0, "abc", 3, NULL), 0);
	assert_int_equal(gather_flush(&g, NULL), 0);
	assert_int_equal(gather_read(&g, 0, buf, 3, NULL), 0);
	assert_memory_equal(buf, "\0\0\0", 3);
	gather_close(&g);
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, open_file, close_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILE(neighbours_are_gathered),
		WITH_FILE(a_gap_is_not_written),
		WITH_FILE(reads_see_writes),
		WITH_FILE(random_writes_are_as_at_once),
		cmocka_unit_test(without_a_file_it_reads_zeros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
