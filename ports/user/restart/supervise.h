/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Three processes in the place of one: a proxy that has the front ends' connections, a worker that
 * serves them, and a supervisor that starts these two, and the worker again when something has
 * killed it. docs/restart.md draws it.
 */
#ifndef PORTS_USER_RESTART_SUPERVISE_H
#define PORTS_USER_RESTART_SUPERVISE_H

#include <stdbool.h>

#include "base/error.h"

/* Where front ends come from. */
struct supervised_socket {
	const char *path, *state; /* state: the file for what is in flight, or NULL */
	bool connect;		  /* the front end listens there */
};

struct supervised {
	const char *name; /* of the program, for messages */
	const struct supervised_socket *socket;
	unsigned sockets;
	/*
	 * Takes from the proxy, whose sockets are open, what it does not need any more. Returns 0,
	 * or -1 with ERR.
	 */
	int (*confine_proxy)(void *arg, struct error *err);
	/*
	 * The worker: serves the front ends that come by CHANNEL (worker.h), and counts the eventfd
	 * READY up when it begins to. Returns the exit status.
	 */
	int (*work)(void *arg, int channel, int ready);
	void *arg;
};

/* Runs the three, from the supervisor's process. Returns the exit status. */
int supervise(const struct supervised *what);

#endif
