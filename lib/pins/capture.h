/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A capture under way: the file that the QEMU plugin appends raw GPIO accesses to, seen from `ferry
 * boot`. The file is mapped by both sides, so that nothing is lost when QEMU is killed and new
 * edges can be polled for without a system call.
 */
#ifndef LIB_PINS_CAPTURE_H
#define LIB_PINS_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "pins/levels.h"
#include "pins/raw.h"

struct pins_capture;

struct pins_capture_options {
	enum raw_block block;	/* what the GPIO block is like */
	uint64_t gpio_base;	/* its physical address */
	uint64_t systimer_base; /* of the BCM system timer, or 0 */
	int icount_shift;	/* an instruction is 2^shift ns; -1 without -icount (times are then
				   instruction counts) */
	uint64_t pins;		/* bit N: pin N is wanted */
	const char *board;	/* named in the recording */
};

/* Creates the raw capture file at PATH (in the caller's scratch directory). */
int pins_capture_create(struct pins_capture **capture, const char *path,
			const struct pins_capture_options *options, struct error *err);
/*
 * The argument for QEMU's -plugin: the plugin's file and its options. Valid as long as the capture.
 */
const char *pins_capture_plugin(const struct pins_capture *capture);
/* How often the level of PIN changed so far, as seen by reading what has newly come. Cheap. */
uint64_t pins_capture_edges(struct pins_capture *capture, unsigned pin);
/* The pins at a moment, to which the guest may be put back. */
struct pins_mark {
	struct levels levels;
	uint64_t high; /* the level that each pin was last driven to */
};

/* The pins now. The guest must stand still. */
void pins_capture_mark(struct pins_capture *capture, struct pins_mark *mark);
/*
 * The guest stands still and was put back to MARK, when its virtual time was TIME, ns: the
 * recording begins anew, with its time 0 here and the pins as they were. Edges go on being counted.
 */
void pins_capture_restart(struct pins_capture *capture, const struct pins_mark *mark,
			  uint64_t time);
/*
 * After QEMU has ended (or was killed): writes the recording, with virtual times calibrated, whole
 * or not at all. Also while the guest stands still: what was recorded so far.
 */
int pins_capture_finish(struct pins_capture *capture, const char *record_path, struct error *err);
/* The same into FD, an empty file that stays the caller's; NAME is for messages. */
int pins_capture_finish_fd(struct pins_capture *capture, int fd, const char *name,
			   struct error *err);
void pins_capture_free(struct pins_capture *capture);

#endif
