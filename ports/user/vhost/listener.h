/* SPDX-License-Identifier: GPL-2.0-only */
/* A socket that front ends connect to, or that one listens at, and their sessions. */
#ifndef PORTS_USER_VHOST_LISTENER_H
#define PORTS_USER_VHOST_LISTENER_H

#include "vhost-session.h"

struct vhost_listener;

/*
 * Listens at PATH, in place of a socket that nobody listens at any more. STATE, unless -1, is a
 * file (state.h) in which the session keeps what outlives this process, and the listener's own even
 * on an error: then there is one session at a time. NULL: errno says why; EADDRINUSE: somebody else
 * listens there.
 */
struct vhost_listener *vhost_listen(struct user_world *world, struct service *service,
				    const char *path, int state);
/*
 * The same, but the front end is the one that listens at PATH, and this process connects to it,
 * once. ENDED(ARG) is called when that session has ended by itself.
 */
struct vhost_listener *vhost_connect(struct user_world *world, struct service *service,
				     const char *path, int state, void (*ended)(void *arg),
				     void *arg);
/* Ends its sessions, and removes the socket if that can be. NULL is fine. */
void vhost_listener_free(struct vhost_listener *listener);

#endif
