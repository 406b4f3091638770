// SPDX-License-Identifier: GPL-2.0-only
/*
 * The progress line on a terminal: redrawn at most ten times a second, wiped before anything else
 * is printed.
 */
#include "cmd-progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REDRAW_NS   100000000
#define BAR_CELLS   30
#define SPEED_AFTER 0.5 /* seconds; before, it says little */

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void draw(struct progress *p, const char *what, uint64_t done, uint64_t total)
{
	struct progress_bar *bar = (struct progress_bar *)p;
	double seconds;
	int64_t now;
	int filled;

	if (!bar->tty)
		return;
	now = now_ns();
	if (bar->drawn && now - bar->last_ns < REDRAW_NS && done != total)
		return;
	bar->last_ns = now;
	bar->drawn = 1;
	seconds = (double)(now - bar->start_ns) / 1e9;
	filled = total ? (int)((double)done / (double)total * BAR_CELLS) : 0;
	if (filled > BAR_CELLS)
		filled = BAR_CELLS;
	fprintf(stderr, "\r\033[K%-12s [%.*s%*s] ", what, filled, "##############################",
		BAR_CELLS - filled, "");
	fprintf(stderr, "%.1f", (double)done / 1048576);
	if (total)
		fprintf(stderr, " of %.1f", (double)total / 1048576);
	fprintf(stderr, " MiB, %.1f s", seconds);
	if (seconds >= SPEED_AFTER)
		fprintf(stderr, ", %.1f MiB/s", (double)done / 1048576 / seconds);
	fflush(stderr);
}

void progress_bar_init(struct progress_bar *bar)
{
	memset(bar, 0, sizeof(*bar));
	bar->sink.report = draw;
	bar->tty = isatty(STDERR_FILENO);
	bar->start_ns = now_ns();
}

void progress_bar_clear(struct progress_bar *bar)
{
	if (bar->drawn)
		fputs("\r\033[K", stderr);
	bar->drawn = 0;
}
