/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The user's terminal: raw while the emulated board has it, and the keys that stay ours (Ctrl-A and
 * one more).
 */
#ifndef LIB_BOOT_TERMINAL_H
#define LIB_BOOT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Makes the terminal on FD raw until terminal_restore. Returns 0, or -1 with ERR set. */
int terminal_raw(int fd, struct error *err);
/* Harmless when terminal_raw was not called, and when called twice. */
void terminal_restore(void);

enum terminal_key {
	TERMINAL_NONE,
	TERMINAL_LEAVE, /* Ctrl-A x */
	TERMINAL_HELP,	/* Ctrl-A h */
	TERMINAL_RESET, /* Ctrl-A r */
};

/*
 * Takes one typed byte. *PENDING is the state between calls, false at first. What goes to the board
 * is put into OUT (one byte at most) and counted in *OUT_LEN. Ctrl-A Ctrl-A (or Ctrl-A a) sends a
 * Ctrl-A.
 */
enum terminal_key terminal_key(bool *pending, char typed, char *out, size_t *out_len);

#define TERMINAL_PENDING 32

struct terminal_mute {
	char pending[TERMINAL_PENDING]; /* an escape sequence that has not ended */
	size_t len;
};

/*
 * Copies LEN bytes of the console to OUT, with room for LEN + TERMINAL_PENDING, without the
 * questions that a terminal would answer (where the cursor is, what it can do): for when the board
 * cannot hear the answer, which would be typed into the user's shell. MUTE is zeroed at first.
 * Returns the bytes in OUT.
 */
size_t terminal_unasked(struct terminal_mute *mute, const char *bytes, size_t len, char *out);

#endif
