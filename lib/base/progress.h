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

#endif
