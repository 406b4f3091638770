/* SPDX-License-Identifier: GPL-2.0-only */
/* Signals as events of a world. */
#ifndef PORTS_USER_RESTART_SIGNALS_H
#define PORTS_USER_RESTART_SIGNALS_H

#include <user.h>

#include "base/error.h"

/*
 * Has SIGTERM and SIGINT, and with CHILDREN SIGCHLD, come by SIGNALS, whose `ready` and `arg` the
 * caller has set, and ignores SIGPIPE. They are blocked from then on, in processes that are forked,
 * too. Returns 0 or -1.
 */
int user_watch_signals(struct user_world *world, struct user_fd *signals, bool children,
		       struct error *err);

#endif
