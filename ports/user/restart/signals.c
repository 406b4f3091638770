// SPDX-License-Identifier: GPL-2.0-only
/* Signals as events of a world: see signals.h. */
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

#include "signals.h"

int user_watch_signals(struct user_world *world, struct user_fd *signals, bool children,
		       struct error *err)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (children)
		sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signals->events = POLLIN;
	signals->fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals->fd < 0)
		return error_errno(err, "cannot wait for signals");
	return user_watch_fd(world, signals) ? error_set(err, "out of memory") : 0;
}
