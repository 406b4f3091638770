/* SPDX-License-Identifier: GPL-2.0-only */
/* What the terminal can do. A file of its own: <term.h> makes macros of common words. */
#ifndef TOOL_CMD_PICK_TERMINAL_H
#define TOOL_CMD_PICK_TERMINAL_H

#include <stdbool.h>

/* Whether the terminal is known, and its cursor can be moved: not with TERM=dumb. */
bool pick_terminal_has_cursor(void);

#endif
