/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Recordings for tests: written by the real writer to a file in /tmp, opened by the real reader,
 * gone when closed.
 */
#ifndef TESTS_UNIT_PINS_EDGES_H
#define TESTS_UNIT_PINS_EDGES_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pins/recording.h"

#define PIN 17
#define MS  UINT64_C(1000000)

struct scene {
	struct recording_info info;
	struct edge edges[4096];
	size_t count;
	struct recording rec;
};

static inline void scene_begin(struct scene *s)
{
	memset(s, 0, sizeof(*s));
	s->info = (struct recording_info){
		.board = "rpi-zero", .calibrated = true, .icount_shift = 3, .pins = PINS_ALL
	};
	s->info.start.select[PIN / 10] = 1u << (PIN % 10 * 3); /* an output, low */
	levels_update(&s->info.start);
}

static inline void scene_edge(struct scene *s, uint64_t time, unsigned int pin, unsigned int state)
{
	assert_true(s->count < sizeof(s->edges) / sizeof(s->edges[0]));
	s->edges[s->count++] =
		(struct edge){ .time = time, .pin = (uint8_t)pin, .state = (uint8_t)state };
}

/* CYCLES of a square wave, high first. Returns the time after it. */
static inline uint64_t scene_tone(struct scene *s, uint64_t time, uint64_t period,
				  unsigned int cycles)
{
	for (unsigned int i = 0; i < cycles; i++, time += period) {
		scene_edge(s, time, PIN, PIN_HIGH);
		scene_edge(s, time + period / 2, PIN, PIN_LOW);
	}
	return time;
}

static inline void scene_write(struct scene *s, const char *path, uint64_t end)
{
	struct recording_writer *writer;
	struct error err;

	assert_int_equal(recording_create(&writer, path, &s->info, &err), 0);
	for (size_t i = 0; i < s->count; i++)
		assert_int_equal(recording_add(writer, &s->edges[i], &err), 0);
	assert_int_equal(recording_commit(writer, end, &err), 0);
}

static inline void scene_open(struct scene *s, uint64_t end)
{
	char path[] = "/tmp/ferry-pins-XXXXXX";
	struct error err = { "" };
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	scene_write(s, path, end);
	if (recording_open(&s->rec, path, &err) < 0)
		fail_msg("%s", err.text);
	unlink(path);
}

static inline void scene_close(struct scene *s)
{
	recording_close(&s->rec);
}

/* What a writer of text to a stream wrote; the caller frees it. */
#define written(call)                                       \
	({                                                  \
		char *text_ = NULL;                         \
		size_t size_ = 0;                           \
		FILE *out = open_memstream(&text_, &size_); \
		assert_non_null(out);                       \
		call;                                       \
		fclose(out);                                \
		text_;                                      \
	})

#endif
