/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Recordings of pins: the file that `ferry boot --record` writes and `ferry pins` reads.
 * docs/pins.md describes the format. A recording is checked whole when it is opened, so that going
 * through it afterwards cannot fail.
 */
#ifndef LIB_PINS_RECORDING_H
#define LIB_PINS_RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/outfile.h"
#include "pins/levels.h"

#define RECORDING_BOARD_MAX 32

struct recording_info {
	char board[RECORDING_BOARD_MAX]; /* ends with a zero byte */
	bool instructions;		 /* times are instruction counts, not nanoseconds */
	bool calibrated;		 /* times are right across idle, too */
	int icount_shift;		 /* or -1 */
	uint64_t pins;			 /* bit N: pin N was recorded */
	struct levels start;		 /* of the GPIO block at time 0 */
	uint64_t end;			 /* time when the recording ended */
	uint64_t edges;			 /* how many there are */
};

/* A pin's change to STATE. Several pins may change at one time, then by rising pin number. */
struct edge {
	uint64_t time;
	uint8_t pin;
	uint8_t state; /* enum pin_state */
};

/* Writing. */
struct recording_writer;

/*
 * Starts the recording that shall be PATH; `edges` and `end` of INFO are found out. -1 with ERR set
 * on failure.
 */
int recording_create(struct recording_writer **writer, const char *path,
		     const struct recording_info *info, struct error *err);
/*
 * The same into FD, an empty file that stays the caller's, open for writing. NAME is for messages,
 * and must live as long as the writer.
 */
int recording_create_fd(struct recording_writer **writer, int fd, const char *name,
			const struct recording_info *info, struct error *err);
/* Adds an edge, not earlier than the one before. */
int recording_add(struct recording_writer *writer, const struct edge *edge, struct error *err);
/*
 * Ends the recording at time END and puts it in place; nothing has to be put anywhere when the file
 * is the caller's. WRITER is gone afterwards, in either case.
 */
int recording_commit(struct recording_writer *writer, uint64_t end, struct error *err);
/* Forgets the recording; nothing is left behind. NULL is allowed. */
void recording_abort(struct recording_writer *writer);

/* Reading. */
struct recording {
	struct recording_info info;
	const uint8_t *body;
	size_t body_len;
	void *map; /* or NULL when the bytes are the caller's */
	size_t map_len;
};

int recording_open(struct recording *rec, const char *path, struct error *err);
/* The same with a file that is open; FD stays the caller's. NAME is for messages. */
int recording_open_fd(struct recording *rec, int fd, const char *name, struct error *err);
/* The same with bytes in memory, which must stay. NAME is for messages. */
int recording_parse(struct recording *rec, const uint8_t *data, size_t len, const char *name,
		    struct error *err);
void recording_close(struct recording *rec);

/* Goes through the edges in order of time. */
struct recording_cursor {
	const uint8_t *at, *end;
	uint64_t time;
};

struct recording_cursor recording_begin(const struct recording *rec);
/* The next edge; false at the end. */
bool recording_next(struct recording_cursor *cursor, struct edge *edge);

#endif
