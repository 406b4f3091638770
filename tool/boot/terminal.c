// SPDX-License-Identifier: GPL-2.0-only
/* The user's terminal: see terminal.h. */
#include "boot/terminal.h"

#include <termios.h>

#define CTRL_A 1

static struct termios saved;
static int raw_fd = -1;

int terminal_raw(int fd, struct error *err)
{
	struct termios raw;

	if (tcgetattr(fd, &saved) < 0)
		return error_errno(err, "cannot read the terminal's settings");
	raw = saved;
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSADRAIN, &raw) < 0)
		return error_errno(err, "cannot set the terminal");
	raw_fd = fd;
	return 0;
}

void terminal_restore(void)
{
	if (raw_fd >= 0)
		tcsetattr(raw_fd, TCSADRAIN, &saved);
	raw_fd = -1;
}

enum terminal_key terminal_key(bool *pending, char typed, char *out, size_t *out_len)
{
	*out_len = 0;
	if (!*pending && typed == CTRL_A) {
		*pending = true;
		return TERMINAL_NONE;
	}
	if (*pending) {
		*pending = false;
		switch (typed) {
		case 'x':
			return TERMINAL_LEAVE;
		case 'h':
		case '?':
			return TERMINAL_HELP;
		case 'r':
			return TERMINAL_RESET;
		case 'a':
			typed = CTRL_A;
			break;
		case CTRL_A:
			break;
		default:
			return TERMINAL_NONE;
		}
	}
	*out = typed;
	*out_len = 1;
	return TERMINAL_NONE;
}
