// SPDX-License-Identifier: GPL-2.0-only
/* What is written to a recording is read back, and every kind of damage is an error. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ext2fs/ext2fs.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/file.h"
#include "edges.h"
#include "pins/recording-format.h"

#define PATH "/tmp/ferry-recording-test"

static struct scene scene;

/* A small recording as bytes; the caller frees them. */
static uint8_t *small(size_t *len)
{
	char path[64];
	char *data;
	struct error err;

	snprintf(path, sizeof(path), PATH ".%d", (int)getpid());
	scene_begin(&scene);
	scene_tone(&scene, 1000, 1000, 3);
	scene_edge(&scene, 9000, 47, PIN_OTHER);
	scene_write(&scene, path, 10000);
	assert_int_equal(file_read(path, 1 << 20, &data, len, &err), 0);
	unlink(path);
	return (uint8_t *)data;
}

static void what_is_written_is_read_back(void **state)
{
	struct recording_cursor cursor;
	struct edge edge;

	scene_begin(&scene);
	scene_edge(&scene, 0, PIN, PIN_HIGH);
	scene_edge(&scene, 0, 47, PIN_LOW);
	scene_edge(&scene, 127, PIN, PIN_LOW);
	scene_edge(&scene, 300, PIN, PIN_FLOATING);
	scene_edge(&scene, UINT64_C(1) << 62, 53, PIN_OTHER);
	scene_open(&scene, (UINT64_C(1) << 62) + 5);
	assert_string_equal(scene.rec.info.board, "rpi-zero");
	assert_true(scene.rec.info.calibrated);
	assert_false(scene.rec.info.instructions);
	assert_int_equal(scene.rec.info.icount_shift, 3);
	assert_int_equal(scene.rec.info.pins, PINS_ALL);
	assert_int_equal(scene.rec.info.end, (UINT64_C(1) << 62) + 5);
	assert_int_equal(scene.rec.info.edges, 5);
	assert_int_equal(levels_state(&scene.rec.info.start, PIN), PIN_LOW);
	assert_int_equal(levels_state(&scene.rec.info.start, 47), PIN_FLOATING);
	cursor = recording_begin(&scene.rec);
	for (size_t i = 0; i < 5; i++) {
		assert_true(recording_next(&cursor, &edge));
		assert_int_equal(edge.time, scene.edges[i].time);
		assert_int_equal(edge.pin, scene.edges[i].pin);
		assert_int_equal(edge.state, scene.edges[i].state);
	}
	assert_false(recording_next(&cursor, &edge));
	scene_close(&scene);
}

/* docs/pins.md says what the bytes are; this test holds them to it. */
static void the_format_is_the_documented_one(void **state)
{
	size_t len;
	uint8_t *data = small(&len);

	assert_memory_equal(data, "FERRYPIN\x01\x00\x80\x00", 12);
	assert_int_equal(get_le(data + 12, 4), 2);
	assert_int_equal(data[16], 3);
	assert_int_equal(get_le(data + 24, 8), PINS_ALL);
	assert_int_equal(get_le(data + 36, 4), 1u << 21);
	assert_int_equal(get_le(data + 64, 8), 10000);
	assert_int_equal(get_le(data + 72, 8), 7);
	assert_string_equal((char *)data + 92, "rpi-zero");
	/* 1000 ns: e8 07, pin 17 high: 11 | 40; 500 ns: f4 03, pin 17 low */
	assert_memory_equal(data + 128, "\xe8\x07\x51\xf4\x03\x11", 6);
	assert_int_equal(data[len - 1], 47 | PIN_OTHER << 6);
	free(data);
}

static void no_cut_off_file_is_read(void **state)
{
	struct recording rec;
	struct error err;
	size_t len;
	uint8_t *data = small(&len);

	assert_int_equal(recording_parse(&rec, data, len, "r", &err), 0);
	for (size_t cut = 0; cut < len; cut++)
		assert_int_equal(recording_parse(&rec, data, cut, "r", &err), -1);
	assert_int_equal(recording_parse(&rec, data, len - 1, "r", &err), -1);
	assert_string_equal(err.text, "r: cut off: 1 bytes are missing at its end");
	free(data);
}

static void no_changed_bit_is_read(void **state)
{
	struct recording rec;
	struct error err;
	size_t len;
	uint8_t *data = small(&len);

	for (size_t bit = 0; bit < len * 8; bit++) {
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(recording_parse(&rec, data, len, "r", &err), -1);
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	free(data);
}

/* Makes the checksums right again, so that what lies behind them is tested. */
static void seal(uint8_t *data, size_t len)
{
	put_le(data + AT_BODY_SIZE, len - RECORDING_HEADER_SIZE, 8);
	put_le(data + AT_BODY_CRC,
	       ~ext2fs_crc32c_le(~0u, data + RECORDING_HEADER_SIZE, len - RECORDING_HEADER_SIZE),
	       4);
	put_le(data + AT_HEADER_CRC, ~ext2fs_crc32c_le(~0u, data, AT_HEADER_CRC), 4);
}

static void edges_that_make_no_sense_are_refused(void **state)
{
	static const struct {
		const char *body, *message;
		size_t len;
	} cases[] = {
		{ "\x01\x51\x80", "r: damaged: edge 1 is not whole", 3 },
		{ "\x01\x51\x01", "r: damaged: edge 1 is not whole", 3 },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02\x51", "r: damaged: edge 0 is not whole",
		  11 },
		{ "\x91\x4e\x51", "r: damaged: edge 0 is after the end", 3 },
		{ "\x01\x76", "r: damaged: edge 0 is of pin 54, which was not recorded", 2 },
		{ "\x01\x11", "r: damaged: edge 0 of pin 17 changes nothing", 2 },
		{ "\x01\x51", "r: damaged: has 1 edges, not 7 as its header says", 2 },
	};
	struct recording rec;
	struct error err;
	size_t len;
	uint8_t *data = small(&len);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memcpy(data + RECORDING_HEADER_SIZE, cases[i].body, cases[i].len);
		seal(data, RECORDING_HEADER_SIZE + cases[i].len);
		assert_int_equal(recording_parse(&rec, data, RECORDING_HEADER_SIZE + cases[i].len,
						 "r", &err),
				 -1);
		assert_string_equal(err.text, cases[i].message);
	}
	free(data);
}

static void other_files_are_refused_by_name(void **state)
{
	struct recording rec;
	struct error err;

	assert_int_equal(recording_open(&rec, "/nowhere/x", &err), -1);
	assert_string_equal(err.text, "/nowhere/x: cannot open: No such file or directory");
	assert_int_equal(recording_open(&rec, "/", &err), -1);
	assert_string_equal(err.text, "/: not a regular file");
	assert_int_equal(recording_parse(&rec, (const uint8_t *)"something else", 14, "f", &err),
			 -1);
	assert_non_null(strstr(err.text, "f: not a recording of pins"));
	assert_int_equal(recording_parse(&rec, (const uint8_t *)"FERRYPIN\x02", 9, "f", &err), -1);
}

static void a_newer_version_is_named(void **state)
{
	struct recording rec;
	struct error err;
	size_t len;
	uint8_t *data = small(&len);

	data[AT_VERSION] = 9;
	assert_int_equal(recording_parse(&rec, data, len, "r", &err), -1);
	assert_string_equal(err.text, "r: version 9 of the format; this ferry reads version 1");
	free(data);
}

static void an_edge_into_the_past_is_refused(void **state)
{
	struct recording_writer *writer;
	struct edge edges[] = { { 10, 1, 1 }, { 9, 1, 0 } };
	struct recording_info info = { .pins = PINS_ALL };
	struct error err;
	struct stat st;
	char path[64];

	snprintf(path, sizeof(path), PATH "-past.%d", (int)getpid());
	assert_int_equal(recording_create(&writer, path, &info, &err), 0);
	assert_int_equal(recording_add(writer, &edges[0], &err), 0);
	assert_int_equal(recording_add(writer, &edges[1], &err), -1);
	recording_abort(writer);
	assert_int_equal(stat(path, &st), -1);
}

static void a_file_of_the_callers_is_written_and_read(void **state)
{
	struct edge edge = { 10, 1, 1 };
	struct recording_info info = { .board = "x", .pins = PINS_ALL };
	struct recording_writer *writer;
	struct recording rec;
	struct error err;
	int fd = memfd_create("recording", 0);

	assert_int_equal(recording_open_fd(&rec, fd, "NAME", &err), -1);
	assert_string_equal(err.text, "NAME: empty");
	assert_int_equal(recording_create_fd(&writer, fd, "NAME", &info, &err), 0);
	assert_int_equal(recording_add(writer, &edge, &err), 0);
	assert_int_equal(recording_commit(writer, 20, &err), 0);
	assert_int_equal(recording_open_fd(&rec, fd, "NAME", &err), 0);
	assert_int_equal(rec.info.edges, 1);
	assert_int_equal(rec.info.end, 20);
	recording_close(&rec);
	assert_int_equal(close(fd), 0); /* it stayed ours */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(the_format_is_the_documented_one),
		cmocka_unit_test(no_cut_off_file_is_read),
		cmocka_unit_test(no_changed_bit_is_read),
		cmocka_unit_test(edges_that_make_no_sense_are_refused),
		cmocka_unit_test(other_files_are_refused_by_name),
		cmocka_unit_test(a_newer_version_is_named),
		cmocka_unit_test(an_edge_into_the_past_is_refused),
		cmocka_unit_test(a_file_of_the_callers_is_written_and_read),
	};

	return cmocka_run_group_tests_name("pins/recording", tests, NULL, NULL);
}
