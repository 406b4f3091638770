/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Progress of long work. A library calls progress_report on the sink that it was handed (NULL is
 * allowed and silent); the command decides what to draw: a line that is redrawn on a terminal,
 * nothing elsewhere.
 */
#ifndef LIB_BASE_PROGRESS_H
#define LIB_BASE_PROGRESS_H

#include <stdint.h>

struct progress {
	/* WHAT is a short phase name; DONE and TOTAL are bytes, TOTAL is 0 when it is not known. */
	void (*report)(struct progress *p, const char *what, uint64_t done, uint64_t total);
};

static inline void progress_report(struct progress *p, const char *what, uint64_t done,
				   uint64_t total)
{
	if (p)
		p->report(p, what, done, total);
}

/*
 * A sink that draws on standard error when that is a terminal: phase, bar, bytes, elapsed time,
 * speed.
 */
struct progress_bar {
	struct progress sink;
	int tty;
	int drawn;
	int64_t start_ns;
	int64_t last_ns;
};

void progress_bar_init(struct progress_bar *bar);
/* Wipes the line, so that a message can be printed. */
void progress_bar_clear(struct progress_bar *bar);

#endif
