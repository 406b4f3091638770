/* SPDX-License-Identifier: GPL-2.0-only */
/* A scene with its report, for tests of what is written about it. */
#ifndef TESTS_UNIT_PINS_REPORTS_H
#define TESTS_UNIT_PINS_REPORTS_H

#include <stdio.h>

#include "edges.h"
#include "pins/report.h"

static struct scene scene;
static struct report report;

/* Writes and opens the scene, which ends at TO, and looks at the PINS (a mask) from FROM on. */
static inline void open_report(uint64_t from, uint64_t to, uint64_t pins)
{
	struct error err;

	scene_open(&scene, to);
	assert_int_equal(
		report_make(&report, &scene.rec, pins, (struct window){ from, to }, 0, &err), 0);
}

static inline void close_report(void)
{
	report_free(&report);
	scene_close(&scene);
}

#endif
