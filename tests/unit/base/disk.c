// SPDX-License-Identifier: GPL-2.0-only
/* Reads of a disk never leave its range, whether it is memory, a file or a slice of one. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"

static void reads_memory_and_nothing_beyond_it(void **state)
{
	struct error err;
	struct disk disk;
	char buf[8];

	disk_from_memory(&disk, "0123456789", 10, "mem");
	assert_int_equal(disk_read(&disk, 2, buf, 8, &err), 0);
	assert_memory_equal(buf, "23456789", 8);
	assert_int_equal(disk_read(&disk, 3, buf, 8, &err), -1);
	assert_string_equal(err.text, "mem: bytes 3 to 11 are beyond its end at 10");
	assert_int_equal(disk_read(&disk, UINT64_MAX, buf, 8, &err), -1);
	assert_int_equal(disk_read(&disk, 10, buf, 0, &err), 0);
}

static void slices_stay_inside(void **state)
{
	struct disk disk, slice, inner;
	struct error err;
	char buf[4];

	disk_from_memory(&disk, "0123456789", 10, "mem");
	assert_int_equal(disk_slice(&slice, &disk, 4, 6, &err), 0);
	assert_int_equal(disk_slice(&inner, &slice, 2, 4, &err), 0);
	assert_int_equal(disk_read(&inner, 0, buf, 4, &err), 0);
	assert_memory_equal(buf, "6789", 4);
	assert_int_equal(disk_read(&inner, 1, buf, 4, &err), -1);
	assert_int_equal(disk_slice(&inner, &slice, 2, 5, &err), -1);
	assert_int_equal(disk_slice(&inner, &slice, 7, 0, &err), -1);
	assert_int_equal(disk_slice(&inner, &slice, 1, UINT64_MAX, &err), -1);
}

static void reads_a_file_at_its_offsets(void **state)
{
	char path[] = "/tmp/ferry-disk-XXXXXX";
	int fd = mkstemp(path);
	struct error err;
	struct disk disk;
	char buf[3];

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "abcdefgh", 8), 8);
	assert_int_equal(disk_open(&disk, path, &err), 0);
	assert_int_equal(disk.size, 8);
	assert_int_equal(disk_read(&disk, 5, buf, 3, &err), 0);
	assert_memory_equal(buf, "fgh", 3);

	/* A file that shrinks while it is being read is an error, not an endless loop. */
	assert_int_equal(ftruncate(fd, 6), 0);
	assert_int_equal(disk_read(&disk, 5, buf, 3, &err), -1);
	assert_non_null(strstr(err.text, "ended at byte 6 while being read"));
	disk_close(&disk);
	close(fd);
	unlink(path);
}

static void refuses_what_is_not_a_file(void **state)
{
	struct error err;
	struct disk disk;

	assert_int_equal(disk_open(&disk, "/nonexistent", &err), -1);
	assert_string_equal(err.text, "/nonexistent: cannot open: No such file or directory");
	assert_int_equal(disk_open(&disk, "/dev/null", &err), -1);
	assert_string_equal(err.text, "/dev/null: neither a regular file nor a block device");
	assert_int_equal(disk_open(&disk, "/tmp", &err), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_memory_and_nothing_beyond_it),
		cmocka_unit_test(slices_stay_inside),
		cmocka_unit_test(reads_a_file_at_its_offsets),
		cmocka_unit_test(refuses_what_is_not_a_file),
	};

	return cmocka_run_group_tests_name("disk", tests, NULL, NULL);
}
