/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shell's part for streams: a line that the driver has no room for waits, and the shell with
 * it.
 */
#ifndef PORTS_USER_PROGRAM_SHELL_FEED_H
#define PORTS_USER_PROGRAM_SHELL_FEED_H

#include <user.h>

#define SHELL_FEED_LINE 513 /* bytes, its end among them */

struct shell_feed {
	struct user_world *world;
	struct user_session *session; /* NULL: nothing has been fed */
	void (*ready)(void *arg);
	void *arg;
	bool busy; /* `line` from `taken` on waits for room */
	char line[SHELL_FEED_LINE];
	size_t length, taken;
};

/*
 * READY(ARG) is called when the line has been taken, and when something that was fed has taken
 * effect.
 */
void shell_feed_init(struct shell_feed *feed, struct user_world *world, void (*ready)(void *arg),
		     void *arg);
void shell_feed_end(struct shell_feed *feed);
/*
 * Writes TEXT as a line to the world's first stream. Returns an error, or 0: it has been taken, or
 * the shell is busy until it has.
 */
int shell_feed_line(struct shell_feed *feed, const char *text);
/* Whether all that was fed has taken effect. */
bool shell_feed_drained(const struct shell_feed *feed);

#endif
