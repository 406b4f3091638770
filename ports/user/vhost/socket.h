/* SPDX-License-Identifier: GPL-2.0-only */
/* The socket that front ends connect to, or that one listens at. */
#ifndef PORTS_USER_VHOST_SOCKET_H
#define PORTS_USER_VHOST_SOCKET_H

#include <sys/un.h>

#include <user.h>

struct vhost_socket {
	struct user_world *world;
	struct user_fd fd; /* -1: it does not listen */
	struct sockaddr_un address;
	/* A front end has connected: FD is the callee's own. */
	void (*connected)(void *arg, int fd);
	void *arg;
};

/*
 * Listens at PATH, in place of a socket that nobody listens at any more; `connected` and `arg` have
 * been set. Returns 0, or -1 with errno; EADDRINUSE: somebody else listens there. All else of
 * *SOCKET is set in either case.
 */
int vhost_socket_listen(struct vhost_socket *socket, struct user_world *world, const char *path);
/* Connects to PATH, once. Returns the connection, or -1 with errno. */
int vhost_socket_connect(const char *path);
/* Listens no more; harmless on one that does not. REMOVE: and removes the socket if that can be. */
void vhost_socket_close(struct vhost_socket *socket, bool remove);

#endif
