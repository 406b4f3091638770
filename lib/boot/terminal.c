// SPDX-License-Identifier: GPL-2.0-only
/* The user's terminal: see terminal.h. */
#include "boot/terminal.h"

#include <string.h>
#include <termios.h>

#define CTRL_A 1
#define ESC    0x1b

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
