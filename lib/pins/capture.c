// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's side of a capture: makes the raw file, watches it grow, turns it into a recording. See
 * capture.h.
 */
#include "pins/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pins/calibrate.h"
#include "pins/levels.h"
#include "pins/plugin-path.h"
#include "pins/raw.h"
#include "pins/recording.h"

struct pins_capture {
	struct pins_capture_options options;
	char board[RECORDING_BOARD_MAX];
	char *path;
	char *plugin; /* QEMU's argument */
	int fd;
	struct raw_header *header;     /* mapped */
	const struct raw_event *chunk; /* mapped, the one that `seen` is in, or NULL */

	uint64_t seen;	      /* events looked at so far */
	struct levels levels; /* after those */
	uint64_t high;	      /* the level that each pin was last driven to */
	uint64_t edges[PINS_COUNT];

	/* Where the recording begins: the first event, the instructions before it, the time. */
	uint64_t first, started, begin_ns;
	struct levels start;
};

static int create_file(struct pins_capture *c, struct error *err)
{
	c->fd = open(c->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (c->fd < 0)
		return error_errno(err, "%s: cannot create", c->path);
	errno = posix_fallocate(c->fd, 0, RAW_HEADER_SIZE);
	if (errno)
		return error_errno(err, "%s: cannot make room for the capture", c->path);
	c->header = mmap(NULL, RAW_HEADER_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, c->fd, 0);
	if (c->header == MAP_FAILED) {
		c->header = NULL;
		return error_errno(err, "%s: cannot map", c->path);
	}
	*c->header = (struct raw_header){
		.magic = RAW_MAGIC,
		.block = c->options.block,
		.gpio_base = c->options.gpio_base,
		.systimer_base = c->options.systimer_base,
		.icount_shift = c->options.icount_shift,
	};
	return 0;
}

int pins_capture_create(struct pins_capture **capture, const char *path,
			const struct pins_capture_options *options, struct error *err)
{
	struct pins_capture *c = calloc(1, sizeof(*c));

	*capture = NULL;
	if (!c)
		return error_set(err, "out of memory");
	c->fd = -1;
	c->options = *options;
	c->options.board = c->board;
	snprintf(c->board, sizeof(c->board), "%s", options->board ? options->board : "");
	c->path = strdup(path);
	if (!c->path) {
		error_set(err, "out of memory");
		goto fail;
	}
	c->plugin = plugin_argument(path, err);
	if (!c->plugin || create_file(c, err) < 0)
		goto fail;
	*capture = c;
	return 0;

fail:
	pins_capture_free(c);
	return -1;
}

const char *pins_capture_plugin(const struct pins_capture *capture)
{
	return capture->plugin;
}

static int map_chunk(struct pins_capture *c)
{
	off_t at = (off_t)(RAW_HEADER_SIZE + c->seen / RAW_CHUNK_EVENTS * RAW_CHUNK_SIZE);
	void *map;

	if (c->chunk)
		munmap((void *)c->chunk, RAW_CHUNK_SIZE);
	map = mmap(NULL, RAW_CHUNK_SIZE, PROT_READ, MAP_SHARED, c->fd, at);
	c->chunk = map == MAP_FAILED ? NULL : map;
	return c->chunk ? 0 : -1;
}

/* Changes between low and high; what a pin does while it is not driven does not count. */
static void count_edges(struct pins_capture *c, uint64_t changed)
{
	uint64_t edges = changed & c->levels.outputs & (c->levels.latch ^ c->high);

	c->high ^= edges;
	for (; edges; edges &= edges - 1)
		c->edges[__builtin_ctzll(edges)]++;
}

uint64_t pins_capture_edges(struct pins_capture *c, unsigned pin)
{
	uint64_t events = __atomic_load_n(&c->header->events, __ATOMIC_ACQUIRE);

	for (; c->seen < events; c->seen++) {
		const struct raw_event *event;

		if ((c->seen % RAW_CHUNK_EVENTS == 0 || !c->chunk) && map_chunk(c) < 0)
			break;
		event = &c->chunk[c->seen % RAW_CHUNK_EVENTS];
		if (event->kind == RAW_STORE)
			count_edges(c, levels_store(&c->levels, event->reg, event->value));
	}
	return pin < PINS_COUNT ? c->edges[pin] : 0;
}

void pins_capture_mark(struct pins_capture *c, struct pins_mark *mark)
{
	pins_capture_edges(c, 0);
	*mark = (struct pins_mark){ .levels = c->levels, .high = c->high };
}

void pins_capture_restart(struct pins_capture *c, const struct pins_mark *mark, uint64_t time)
{
	pins_capture_edges(c, 0);
	c->levels = c->start = mark->levels;
	c->high = mark->high;
	c->first = c->seen;
	c->started = c->header->last_count;
	c->begin_ns = time;
	c->header->outputs = (uint32_t)mark->levels.outputs;
	__atomic_add_fetch(&c->header->restarts, 1, __ATOMIC_RELEASE);
}

/*
 * Where the times of events come from: the calibration, or the bare count. Counts of CPUs that run
 * at once may be added up a little out of order; the times never fall below LAST.
 */
static uint64_t time_of(const struct pins_capture *c, struct calibration *cal, uint64_t index,
			uint64_t last)
{
	uint64_t time = c->options.icount_shift < 0 ? cal->events[index].count - c->started :
						      calibration_time(cal, index) - c->begin_ns;

	return time > last ? time : last;
}

static int write_edges(struct pins_capture *c, const struct raw_event *events, uint64_t count,
		       struct recording_writer *writer, uint64_t *end, struct error *err)
{
	struct calibration cal;
	struct levels levels = c->start;
	uint64_t time = 0;

	if (c->header->restarts)
		calibration_init_at(&cal, events, count, c->options.icount_shift, c->begin_ns,
				    c->started);
	else
		calibration_init(&cal, events, count, c->options.icount_shift);
	for (uint64_t i = 0; events && i < count; i++) {
		uint64_t changed;

		if (events[i].kind != RAW_STORE)
			continue;
		changed = levels_store(&levels, events[i].reg, events[i].value) & c->options.pins;
		if (changed)
			time = time_of(c, &cal, i, time);
		for (; changed; changed &= changed - 1) {
			unsigned int pin = (unsigned int)__builtin_ctzll(changed);
			struct edge edge = {
				.time = time,
				.pin = (uint8_t)pin,
				.state = (uint8_t)levels_state(&levels, pin),
			};

			if (recording_add(writer, &edge, err) < 0)
				return -1;
		}
	}
	*end = c->options.icount_shift < 0 ?
		       c->header->last_count - c->started :
		       calibration_end(&cal, c->header->last_count) - c->begin_ns;
	return 0;
}

/* Times are right across idle when the guest never went idle, or read the clock that we can see. */
static bool calibrated(const struct pins_capture *c, const struct raw_event *events, uint64_t count)
{
	bool idle = false;

	for (uint64_t i = 0; events && i < count; i++) {
		if (events[i].kind == RAW_CLOCK)
			return true;
		idle |= events[i].kind == RAW_IDLE;
	}
	return !idle && c->options.icount_shift >= 0;
}

/* Where a recording goes: a path, or a descriptor with a name for messages. */
struct target {
	const char *path;
	int fd;
	const char *name;
};

static int write_recording(struct pins_capture *c, const struct raw_event *events, uint64_t count,
			   const struct target *to, struct error *err)
{
	struct recording_info info = {
		.instructions = c->options.icount_shift < 0,
		.calibrated = calibrated(c, events, count),
		.icount_shift = c->options.icount_shift,
		.pins = c->options.pins & PINS_ALL,
		.start = c->start,
	};
	struct recording_writer *writer;
	uint64_t end = 0;
	int rc;

	memcpy(info.board, c->board, sizeof(info.board));
	rc = to->path ? recording_create(&writer, to->path, &info, err) :
			recording_create_fd(&writer, to->fd, to->name, &info, err);
	if (rc < 0)
		return -1;
	if (write_edges(c, events, count, writer, &end, err) < 0) {
		recording_abort(writer);
		return -1;
	}
	return recording_commit(writer, end, err);
}

static int finish(struct pins_capture *c, const struct target *to, struct error *err)
{
	uint64_t count = __atomic_load_n(&c->header->events, __ATOMIC_ACQUIRE);
	size_t len = count * sizeof(struct raw_event);
	struct stat st;
	const struct raw_event *events;
	void *map = NULL;
	int rc;

	if (c->header->fault == RAW_OLD_QEMU)
		return error_set(err, "recording pins needs QEMU 9.2 or newer");
	if (c->header->fault == RAW_NO_SPACE)
		return error_set(err,
				 "%s: no space left for the capture after %" PRIu64
				 " events: free some, or "
				 "record for a shorter time",
				 c->path, count);
	if (fstat(c->fd, &st) < 0)
		return error_errno(err, "%s: cannot read", c->path);
	if (count > ((uint64_t)st.st_size - RAW_HEADER_SIZE) / sizeof(struct raw_event))
		return error_set(err,
				 "%s: damaged: claims %" PRIu64
				 " events, more than it has room for",
				 c->path, count);
	if (!c->header->attached)
		return error_set(err, "QEMU did not load the pin recorder (%s)", c->plugin);
	if (len) {
		map = mmap(NULL, len, PROT_READ, MAP_SHARED, c->fd, RAW_HEADER_SIZE);
		if (map == MAP_FAILED)
			return error_errno(err, "%s: cannot map", c->path);
	}
	events = map;
	rc = write_recording(c, events ? events + c->first : NULL, count - c->first, to, err);
	if (map)
		munmap(map, len);
	return rc;
}

int pins_capture_finish(struct pins_capture *c, const char *record_path, struct error *err)
{
	return finish(c, &(struct target){ .path = record_path }, err);
}

int pins_capture_finish_fd(struct pins_capture *c, int fd, const char *name, struct error *err)
{
	return finish(c, &(struct target){ .fd = fd, .name = name }, err);
}

void pins_capture_free(struct pins_capture *c)
{
	if (!c)
		return;
	if (c->chunk)
		munmap((void *)c->chunk, RAW_CHUNK_SIZE);
	if (c->header)
		munmap(c->header, RAW_HEADER_SIZE);
	if (c->fd >= 0)
		close(c->fd);
	if (c->path)
		unlink(c->path);
	free(c->plugin);
	free(c->path);
	free(c);
}
