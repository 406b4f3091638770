// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes console scripts: the input is a script, a zero byte, and what the console says. The
 * console's text is fed byte by byte and in one go: the outcome must be the same. Then time runs
 * out, and the report is made.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot/console.h"
#include "boot/junit.h"
#include "boot/script-run.h"

#define STEPS_MAX 2048 /* bytes of console text; what is behind them is fed in one go */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t no_edges(void *arg, unsigned pin)
{
	return pin == 17;
}

static void feed(struct script_run *run, const struct script *script, const char *text, size_t len,
		 size_t step)
{
	if (script_run_start(run, script, no_edges, NULL, 0, NULL) < 0)
		abort();
	for (size_t at = 0; at < len; at += step)
		script_run_console(run, text + at, len - at < step ? len - at : step, 0);
}

static bool same(const struct script_run *a, const struct script_run *b)
{
	return a->state == b->state && a->at == b->at && a->typed.len == b->typed.len &&
	       (!a->typed.len || !memcmp(a->typed.buf, b->typed.buf, a->typed.len)) &&
	       !strcmp(a->error.text, b->error.text);
}

static void finish(struct script_run *run, const char *text, size_t len)
{
	struct console_tail *tail = calloc(1, sizeof(*tail));
	char *last, *report;

	for (int polls = 0; run->state == SCRIPT_RUNNING; polls++) {
		script_run_poll(run, script_run_deadline(run));
		/* a deadline that passes ends a run, after the last words of a fault */
		if (polls > 2)
			abort();
	}
	if ((run->state == SCRIPT_FAILED) != (*run->error.text != '\0'))
		abort();
	console_keep(tail, text, len);
	last = console_last(tail, 5, "| ");
	report = junit_report(run, "fuzz", last);
	if (!last || !report)
		abort();
	free(report);
	free(last);
	free(tail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *script_text = (const char *)data;
	size_t script_len = size ? strnlen(script_text, size) : 0;
	const char *text = script_text + script_len + (script_len < size);
	size_t len = size - script_len - (script_len < size);
	struct script script;
	struct error err = { "" };

	if (script_parse(&script, "fuzz", script_text, script_len, &err) < 0) {
		if (!*err.text)
			abort();
	} else {
		struct script_run *slow = calloc(1, sizeof(*slow)),
				  *fast = calloc(1, sizeof(*fast));

		feed(slow, &script, text, len, len < STEPS_MAX ? 1 : 100);
		feed(fast, &script, text, len, len ? len : 1);
		/* GNU's \b and \> look at the byte behind the match, which may not be there yet. */
		if (!memchr(script_text, '\\', script_len) && !same(slow, fast))
			abort();
		finish(slow, text, len);
		finish(fast, text, len);
		script_run_free(slow);
		script_run_free(fast);
		free(slow);
		free(fast);
	}
	script_free(&script);
	return 0;
}
