/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The user's terminal: raw while the emulated board has it, and the keys that stay ours (Ctrl-A and
 * one more).
 */
#ifndef LIB_BOOT_TERMINAL_H
#define LIB_BOOT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/error.h"

/* A terminal, and its settings before it was made raw. */
struct terminal {
	int fd; /* -1: it was not */
	struct termios before;
};

#define TERMINAL_NONE ((struct terminal){ .fd = -1 })

/*
 * Makes the terminal on FD raw until terminal_restore(). Returns 0, or -1 with ERR set; TERMINAL is
 * TERMINAL_NONE then.
 */
int terminal_raw(struct terminal *terminal, int fd, struct error *err);
/* Harmless on TERMINAL_NONE, and when called twice. */
void terminal_restore(struct terminal *terminal);

enum terminal_key {
	TERMINAL_NO_KEY,
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
