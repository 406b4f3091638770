// SPDX-License-Identifier: GPL-2.0-only
/* The user's terminal: see terminal.h. */
#include "boot/terminal.h"

#include <string.h>

#define CTRL_A 1
#define ESC    0x1b

int terminal_raw(struct terminal *terminal, int fd, struct error *err)
{
	struct termios raw;

	*terminal = TERMINAL_NONE;
	if (tcgetattr(fd, &terminal->before) < 0)
		return error_errno(err, "cannot read the terminal's settings");
	raw = terminal->before;
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSADRAIN, &raw) < 0)
		return error_errno(err, "cannot set the terminal");
	terminal->fd = fd;
	return 0;
}

void terminal_restore(struct terminal *terminal)
{
	if (terminal->fd >= 0)
		tcsetattr(terminal->fd, TCSADRAIN, &terminal->before);
	terminal->fd = -1;
}

enum terminal_key terminal_key(bool *pending, char typed, char *out, size_t *out_len)
{
	*out_len = 0;
	if (!*pending && typed == CTRL_A) {
		*pending = true;
		return TERMINAL_NO_KEY;
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
			return TERMINAL_NO_KEY;
		}
	}
	*out = typed;
	*out_len = 1;
	return TERMINAL_NO_KEY;
}

/* An escape sequence: ESC [ parameters letter, or ESC and one more. */
static bool is_whole(const char *sequence, size_t len)
{
	if (len < 2 || (len == 2 && sequence[1] == '['))
		return false;
	return sequence[1] != '[' || (unsigned char)sequence[len - 1] >= 0x40 ||
	       (unsigned char)sequence[len - 1] < 0x20;
}

/* ECMA-48 DSR and DA, DECREQTPARM, xterm's reports of the window, DECID. */
static bool is_question(const char *sequence, size_t len)
{
	return sequence[1] == '[' ? memchr("nctx", sequence[len - 1], 4) != NULL :
				    sequence[1] == 'Z';
}

size_t terminal_unasked(struct terminal_mute *mute, const char *bytes, size_t len, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (!mute->len && bytes[i] != ESC) {
			out[n++] = bytes[i];
			continue;
		}
		mute->pending[mute->len++] = bytes[i];
		if (!is_whole(mute->pending, mute->len) && mute->len < TERMINAL_PENDING)
			continue;
		if (!is_question(mute->pending, mute->len)) {
			memcpy(out + n, mute->pending, mute->len);
			n += mute->len;
		}
		mute->len = 0;
	}
	return n;
}
