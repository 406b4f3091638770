// SPDX-License-Identifier: GPL-2.0-only
/* Sockets with the sessions of those who connect: see listener.h. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "listener.h"
#include "socket.h"

enum { SESSIONS_MAX = 64 };

struct vhost_listener {
	struct user_world *world;
	struct service *service;
	struct vhost_socket socket;
	int state; /* or -1 */
	struct vhost_session *sessions;
	unsigned count;
	void (*ended)(void *arg); /* or NULL */
	void *arg;
};

/* One of the sessions ends. */
static void ended(void *arg, struct vhost_session *session)
{
	struct vhost_listener *listener = arg;

	for (struct vhost_session **at = &listener->sessions; *at; at = &(*at)->next) {
		if (*at != session)
			continue;
		*at = session->next;
		listener->count--;
		break;
	}
	if (listener->ended)
		listener->ended(listener->arg);
}

static bool add_session(struct vhost_listener *listener, int fd)
{
	struct vhost_session *session;

	session = vhost_session_new(listener->world, listener->service, fd, listener->state, ended,
				    listener);
	if (!session)
		return false;
	session->next = listener->sessions;
	listener->sessions = session;
	listener->count++;
	return true;
}

static void connected(void *arg, int fd)
{
	struct vhost_listener *listener = arg;
	const unsigned most = listener->state >= 0 ? 1 : SESSIONS_MAX;

	if (listener->count == most) {
		user_log(NULL, USER_LOG_WARN,
			 "%s: a client more than the %u that there can be is refused",
			 listener->socket.address.sun_path, most);
		close(fd);
		return;
	}
	add_session(listener, fd);
}

/* Makes it, but no socket. NULL: errno says why. */
static struct vhost_listener *make(struct user_world *world, struct service *service, int state)
{
	struct vhost_listener *listener = calloc(1, sizeof(*listener));

	if (!listener) {
		if (state >= 0)
			close(state);
		errno = ENOMEM;
		return NULL;
	}
	listener->world = world;
	listener->service = service;
	listener->state = state;
	return listener;
}

/* Frees one that has no session. Returns NULL; errno stays. */
static struct vhost_listener *unmake(struct vhost_listener *listener)
{
	int saved = errno;

	vhost_socket_close(&listener->socket, true);
	if (listener->state >= 0)
		close(listener->state);
	free(listener);
	errno = saved;
	return NULL;
}

struct vhost_listener *vhost_listen(struct user_world *world, struct service *service,
				    const char *path, int state)
{
	struct vhost_listener *listener = make(world, service, state);

	if (!listener)
		return NULL;
	listener->socket.connected = connected;
	listener->socket.arg = listener;
	return vhost_socket_listen(&listener->socket, world, path) ? unmake(listener) : listener;
}

struct vhost_listener *vhost_connect(struct user_world *world, struct service *service,
				     const char *path, int state, void (*told)(void *arg),
				     void *arg)
{
	struct vhost_listener *listener = make(world, service, state);
	int fd;

	if (!listener)
		return NULL;
	fd = vhost_socket_connect(path);
	if (fd < 0)
		return unmake(listener);
	listener->ended = told;
	listener->arg = arg;
	if (!add_session(listener, fd)) {
		errno = ENOMEM;
		return unmake(listener);
	}
	return listener;
}

void vhost_listener_free(struct vhost_listener *listener)
{
	if (!listener)
		return;
	while (listener->sessions) {
		struct vhost_session *session = listener->sessions;

		listener->sessions = session->next;
		vhost_session_free(session);
	}
	unmake(listener);
}
