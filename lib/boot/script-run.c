// SPDX-License-Identifier: GPL-2.0-only
/* A console script at work: see script-run.h. */
#include "boot/script-run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANIC "Kernel panic - not syncing"
/* for the rest of the line that a `fail` was seen in */
#define LAST_WORDS_NS INT64_C(1000000000)

static const struct script_line *current(const struct script_run *run)
{
	return &run->script->line[run->at];
}

static void finish(struct script_run *run, enum script_state state, int64_t now)
{
	struct script_result *result = &run->result[run->at];

	result->end_ns = now;
	result->outcome = state == SCRIPT_PASSED ? SCRIPT_DONE : SCRIPT_MISSED;
	run->state = state;
}

static void __attribute__((format(printf, 3, 4)))
fail(struct script_run *run, int64_t now, const char *fmt, ...)
{
	const struct script_line *line = current(run);
	char what[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	error_set(&run->error, "%s:%d: %s: %s", run->script->name, line->number, line->source,
		  what);
	finish(run, SCRIPT_FAILED, now);
}

static void start_line(struct script_run *run, int64_t now)
{
	const struct script_line *line = current(run);

	run->result[run->at] = (struct script_result){ .outcome = SCRIPT_WAITING, .start_ns = now };
	run->deadline_ns = now + (line->op == SCRIPT_PIN ? line->ns : run->timeout_ns);
}

static void note_edges(struct script_run *run)
{
	for (unsigned pin = 0; pin < SCRIPT_PINS; pin++)
		if (run->edges && script_pins(run->script) >> pin & 1)
			run->edges_before[pin] = run->edges(run->edges_arg, pin);
}

static void type(struct script_run *run, const struct script_line *line, int64_t now)
{
	if (strbuf_add(&run->typed, line->bytes, line->len) < 0)
		fail(run, now, "out of memory");
	else
		note_edges(run);
}

static void start_fail_line(struct script_run *run)
{
	/* Only what comes from here on counts. */
	run->fail[run->at] = run->expect;
}

/* Where the earliest `fail` expression that is in force ends in the text so far. */
static bool find_fault(struct script_run *run, uint64_t *end, const char **what)
{
	bool found = match_find(&run->text, &run->panic_cursor, &run->panic, end);
	uint64_t other;

	*what = PANIC;
	for (size_t i = 0; i < run->at; i++) {
		const struct script_line *line = &run->script->line[i];

		if (line->op != SCRIPT_FAIL ||
		    !match_find(&run->text, &run->fail[i], &line->regex, &other))
			continue;
		if (!found || other < *end) {
			*end = other;
			*what = line->source;
		}
		found = true;
	}
	return found;
}

/* Text that an `expect` matched is no fault any more. */
static void pass_text(struct script_run *run, uint64_t end)
{
	match_skip(&run->text, &run->expect, end);
	match_skip(&run->text, &run->panic_cursor, end);
	for (size_t i = 0; i < run->at; i++)
		if (run->script->line[i].op == SCRIPT_FAIL)
			match_skip(&run->text, &run->fail[i], end);
}

/*
 * The line that the console is in the middle of, or that ends at END, as far as it is known, for a
 * message.
 */
static void quote_line(const struct script_run *run, uint64_t end, char *quote, size_t size)
{
	size_t stop = (size_t)(end - run->text.start), start, n = 0;

	if (stop && run->text.bytes[stop - 1] == '\n')
		stop--;
	start = stop;
	while (start > 0 && run->text.bytes[start - 1] != '\n')
		start--;
	while (stop < run->text.len && run->text.bytes[stop] != '\n')
		stop++;
	for (; start < stop && n + 1 < size; start++) {
		unsigned char c = (unsigned char)run->text.bytes[start];

		quote[n++] = c >= 0x20 && c != 0x7f ? (char)c : '?';
	}
	quote[n] = '\0';
}

static bool line_is_whole(const struct script_run *run, uint64_t end)
{
	size_t at = (size_t)(end - run->text.start);

	return memchr(run->text.bytes + at, '\n', run->text.len - at) ||
	       (at && run->text.bytes[at - 1] == '\n');
}

/*
 * A `fail` was seen, ending at END: say so once its line is whole, or did not become so in a while.
 */
static void fault(struct script_run *run, uint64_t end, const char *what, int64_t now)
{
	char quote[200];

	if (!run->last_words_ns)
		run->last_words_ns = now + LAST_WORDS_NS;
	if (!line_is_whole(run, end) && now < run->last_words_ns && !run->ended)
		return;
	quote_line(run, end, quote, sizeof(quote));
	fail(run, now, "the console said '%s' (%s)", quote, what);
}

static bool step_expect(struct script_run *run, int64_t now)
{
	const struct script_line *line = current(run);
	uint64_t end = 0, fault_end = 0;
	const char *what;
	bool met = match_find(&run->text, &run->expect, &line->regex, &end);

	if (find_fault(run, &fault_end, &what) && (!met || fault_end < end)) {
		fault(run, fault_end, what, now);
		return false;
	}
	if (met) {
		pass_text(run, end);
		return true;
	}
	if (run->ended)
		return false;
	if (now >= run->deadline_ns)
		fail(run, now, "not seen within %g s%s", (double)run->timeout_ns / 1e9,
		     match_would_end(&run->text, &run->expect, &line->regex) ?
			     "; `$` waits for the end of the line, so leave it out behind a "
			     "prompt" :
			     "");
	return false;
}

/* Fails the run when a `fail` expression is in the text. */
static bool check_faults(struct script_run *run, int64_t now)
{
	const char *what;
	uint64_t end;

	if (!find_fault(run, &end, &what))
		return false;
	fault(run, end, what, now);
	return true;
}

static bool step_pin(struct script_run *run, int64_t now)
{
	const struct script_line *line = current(run);
	uint64_t edges = run->edges ? run->edges(run->edges_arg, line->pin) : 0;

	if (edges != run->edges_before[line->pin]) {
		run->edges_before[line->pin] = edges;
		return true;
	}
	if (!check_faults(run, now) && now >= run->deadline_ns)
		fail(run, now, "the pin did not move within %g s", (double)line->ns / 1e9);
	return false;
}

static bool step_off(struct script_run *run, int64_t now)
{
	if (check_faults(run, now))
		return false;
	if (run->ended)
		return true;
	if (now >= run->deadline_ns)
		fail(run, now, "the board is still on after %g s", (double)run->timeout_ns / 1e9);
	return false;
}

/* Does what the current line asks for. Returns true when that is done. */
static bool step(struct script_run *run, int64_t now)
{
	const struct script_line *line = current(run);

	switch (line->op) {
	case SCRIPT_EXPECT:
		return step_expect(run, now);
	case SCRIPT_PIN:
		return step_pin(run, now);
	case SCRIPT_OFF:
		return step_off(run, now);
	case SCRIPT_SEND:
		type(run, line, now);
		return run->state == SCRIPT_RUNNING;
	case SCRIPT_POWER:
		run->presses++;
		return true;
	case SCRIPT_TIMEOUT:
		run->timeout_ns = line->ns;
		return true;
	case SCRIPT_FAIL:
		start_fail_line(run);
		return true;
	case SCRIPT_QUIT:
		break;
	}
	finish(run, SCRIPT_PASSED, now);
	return false;
}

void script_run_poll(struct script_run *run, int64_t now)
{
	while (run->state == SCRIPT_RUNNING && step(run, now)) {
		finish(run, SCRIPT_PASSED, now);
		if (run->at + 1 == run->script->lines)
			return;
		run->state = SCRIPT_RUNNING;
		run->at++;
		start_line(run, now);
	}
}

void script_run_console(struct script_run *run, const char *bytes, size_t len, int64_t now)
{
	while (len && run->state == SCRIPT_RUNNING) {
		size_t n = len < MATCH_CHUNK ? len : MATCH_CHUNK;

		match_append(&run->text, bytes, n);
		script_run_poll(run, now);
		bytes += n;
		len -= n;
	}
}

void script_run_ended(struct script_run *run, const char *reason, int64_t now)
{
	run->ended = true;
	script_run_poll(run, now);
	if (run->state == SCRIPT_RUNNING)
		fail(run, now, "%s", reason);
}

void script_run_stop(struct script_run *run, const char *reason, int64_t now)
{
	if (run->state == SCRIPT_RUNNING)
		fail(run, now, "%s", reason);
}

void script_run_add(struct script_run *run, const char *what)
{
	size_t n = strlen(run->error.text);

	if (run->state == SCRIPT_FAILED)
		snprintf(run->error.text + n, sizeof(run->error.text) - n, "; %s", what);
}

int64_t script_run_deadline(const struct script_run *run)
{
	if (run->last_words_ns && run->last_words_ns < run->deadline_ns)
		return run->last_words_ns;
	return run->deadline_ns;
}

bool script_run_wants_pin(const struct script_run *run)
{
	return run->state == SCRIPT_RUNNING && current(run)->op == SCRIPT_PIN;
}

int script_run_start(struct script_run *run, const struct script *script, script_edges_fn edges,
		     void *edges_arg, int64_t now, struct error *err)
{
	*run = (struct script_run){
		.script = script,
		.timeout_ns = SCRIPT_TIMEOUT_NS,
		.edges = edges,
		.edges_arg = edges_arg,
	};
	run->result = calloc(script->lines, sizeof(*run->result));
	run->fail = calloc(script->lines, sizeof(*run->fail));
	if (!run->result || !run->fail || regcomp(&run->panic, PANIC, REG_EXTENDED))
		return error_set(err, "out of memory");
	start_line(run, now);
	script_run_poll(run, now);
	return 0;
}

void script_run_free(struct script_run *run)
{
	regfree(&run->panic);
	strbuf_free(&run->typed);
	free(run->result);
	free(run->fail);
	memset(run, 0, sizeof(*run));
}
