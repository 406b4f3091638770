// SPDX-License-Identifier: GPL-2.0-only
/* What the terminal can do: see cmd-pick-terminal.h. */
#include "cmd-pick-terminal.h"

#include <curses.h>
#include <stdint.h>
#include <term.h>
#include <unistd.h>

bool pick_terminal_has_cursor(void)
{
	const char *move_cursor;
	bool has;
	int known;

	if (setupterm(NULL, STDOUT_FILENO, &known) != OK)
		return false;
	move_cursor = tigetstr("cup");
	has = move_cursor && (intptr_t)move_cursor != -1;
	del_curterm(cur_term);
	return has;
}
