// SPDX-License-Identifier: GPL-2.0-only
/* What is put into a FAT volume arrives where it belongs, and zeros take no room. */
#include "fat-scratch.h"

#include "base/progress.h"
#include "image/fat/fat-stream.h"

#define BLOCK 4096

struct counter {
	struct progress sink;
	uint64_t done, total;
	int calls;
};

static void count(struct progress *p, const char *what, uint64_t done, uint64_t total)
{
	struct counter *counter = (struct counter *)p;

	assert_true(done >= counter->done);
	counter->done = done;
	counter->total = total;
	counter->calls++;
}

/* Pieces of many sizes, some of them zero, at an offset that is not at a block. */
static void pieces_arrive_in_order(void **state)
{
	struct counter counter = { .sink.report = count };
	const uint64_t start = 1234;
	uint8_t *want = test_calloc(1, 8 << 20), *got = test_malloc(8 << 20);
	FILE *file = tmpfile();
	struct fat_stream stream;
	size_t at = 0;

	assert_int_equal(
		fat_stream_open(&stream, fileno(file), start, 4 << 20, &counter.sink, NULL), 0);
	for (size_t len = 1; at < 4 << 20; len = len * 3 % 700001 + 1) {
		if (len % 4) {
			memset(want + at, (int)(len % 255 + 1), len);
			assert_int_equal(fat_stream_put(&stream, want + at, len, NULL), 0);
		} else {
			assert_int_equal(fat_stream_zeros(&stream, len, NULL), 0);
		}
		at += len;
		assert_int_equal(fat_stream_position(&stream), at);
	}
	assert_int_equal(fat_stream_put(&stream, "end", 3, NULL), 0);
	memcpy(want + at, "end", 3);
	at += 3;
	assert_int_equal(fat_stream_flush(&stream, NULL), 0);
	fat_stream_close(&stream);
	assert_int_equal(pread(fileno(file), got, 8 << 20, 0), start + at);
	for (size_t i = 0; i < start; i++)
		assert_int_equal(got[i], 0);
	assert_memory_equal(got + start, want, at);
	assert_int_equal(counter.done, at);
	assert_int_equal(counter.total, 4 << 20);
	assert_true(counter.calls > 4);
	fclose(file);
	test_free(want);
	test_free(got);
}

/* A block of data, 100 of zeros, a block of data, in a file that is copied. */
static void zeros_in_files_become_holes(void **state)
{
	static uint8_t data[102 * BLOCK];
	struct scratch *s = scratch_new();
	FILE *file = tmpfile();
	struct fat_stream stream;
	struct tree_node *node;
	struct stat st;

	data[0] = data[101 * BLOCK + 1] = 'x';
	node = scratch_file(s, s->tree, "file", data, sizeof(data));
	assert_int_equal(fat_stream_open(&stream, fileno(file), BLOCK, 0, NULL, NULL), 0);
	assert_int_equal(fat_stream_put_file(&stream, node->source, sizeof(data), &s->err), 0);
	assert_int_equal(fat_stream_flush(&stream, NULL), 0);
	fat_stream_close(&stream);
	assert_int_equal(fstat(fileno(file), &st), 0);
	assert_int_equal(st.st_size, BLOCK + sizeof(data));
	assert_int_equal(st.st_blocks * 512, 2 * BLOCK);
	fclose(file);
	scratch_free(s);
}

static void a_full_disk_is_an_error(void **state)
{
	struct fat_stream stream;
	struct error err = { "" };
	int fd = open("/dev/full", O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(fat_stream_open(&stream, fd, 0, 0, NULL, NULL), 0);
	assert_int_equal(fat_stream_put(&stream, "x", 1, &err), 0);
	assert_int_equal(fat_stream_flush(&stream, &err), -1);
	assert_non_null(strstr(err.text, "No space left on device"));
	fat_stream_close(&stream);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_arrive_in_order),
		cmocka_unit_test(zeros_in_files_become_holes),
		cmocka_unit_test(a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests_name("fat-stream", tests, NULL, NULL);
}
