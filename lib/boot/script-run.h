/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A console script at work: console text and the time go in, what to type and the outcome come out.
 * It does no I/O and reads no clock, so that tests and fuzzers can drive it.
 */
#ifndef LIB_BOOT_SCRIPT_RUN_H
#define LIB_BOOT_SCRIPT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "boot/match.h"
#include "boot/script.h"

enum script_state {
	SCRIPT_RUNNING,
	SCRIPT_PASSED,
	SCRIPT_FAILED,
};

/* What became of a line. */
struct script_result {
	enum { SCRIPT_NOT_REACHED, SCRIPT_WAITING, SCRIPT_DONE, SCRIPT_MISSED } outcome;
	int64_t start_ns, end_ns;
};

/* How often PIN changed its level so far. */
typedef uint64_t (*script_edges_fn)(void *arg, unsigned pin);

struct script_run {
	const struct script *script;
	enum script_state state;
	size_t at;		      /* the line that is waited for; also the one that failed */
	struct script_result *result; /* for each line */
	struct error error;	      /* of SCRIPT_FAILED: "FILE:LINE: what" */
	struct strbuf typed;	      /* for the board; whoever types it sets its LEN to 0 */
	unsigned presses;	      /* of the power button; whoever does them counts it down */

	int64_t timeout_ns;
	int64_t deadline_ns; /* of the line AT */
	struct match_text text;
	struct match_cursor expect;
	regex_t panic; /* fails every script */
	struct match_cursor panic_cursor;
	struct match_cursor *fail; /* for each line: used by its `fail` lines */
	/* a `fail` was seen: when to stop listening to the rest of its line; or 0 */
	int64_t last_words_ns;
	bool ended; /* the board stopped */
	script_edges_fn edges;
	void *edges_arg;
	/* counts at the last `send`, or match of that pin */
	uint64_t edges_before[SCRIPT_PINS];
};

/*
 * Starts SCRIPT, which must outlive the run, at the time NOW. EDGES may be NULL when no line waits
 * for a pin. Returns 0, or -1 with ERR set. RUN is the caller's to free in either case.
 */
int script_run_start(struct script_run *run, const struct script *script, script_edges_fn edges,
		     void *edges_arg, int64_t now, struct error *err);
/* Takes what the console said. */
void script_run_console(struct script_run *run, const char *bytes, size_t len, int64_t now);
/* Time went by, or pins may have moved. */
void script_run_poll(struct script_run *run, int64_t now);
/* The board stopped, all that it said having been handed over; REASON is for the message. */
void script_run_ended(struct script_run *run, const char *reason, int64_t now);
/* Something outside the script ended the run: it failed at the line that it was at. */
void script_run_stop(struct script_run *run, const char *reason, int64_t now);
/* Adds to the error of a run that failed. */
void script_run_add(struct script_run *run, const char *what);
/* When script_run_poll must be called at the latest. */
int64_t script_run_deadline(const struct script_run *run);
/* Is the run waiting for a pin? Then script_run_poll should be called often. */
bool script_run_wants_pin(const struct script_run *run);
void script_run_free(struct script_run *run);

#endif
