// SPDX-License-Identifier: GPL-2.0-only
/* Sockets: see listener.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "listener.h"

enum { SESSIONS_MAX = 64 };

struct vhost_listener {
	struct user_world *world;
	struct vhost_service *service;
	struct user_fd socket;
	struct sockaddr_un address;
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

	session = vhost_session_new(listener->world, listener->service, fd, listener->state, ended, listener);
	if (!session)
		return false;
	session->next = listener->sessions;
	listener->sessions = session;
	listener->count++;
	return true;
}

static void connected(void *arg, short revents)
{
	struct vhost_listener *listener = arg;
	const unsigned most = listener->state >= 0 ? 1 : SESSIONS_MAX;
	int fd = accept4(listener->socket.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (listener->count == most) {
		user_log(NULL, USER_LOG_WARN, "%s: a client more than the %u that there can be is refused", listener->address.sun_path, most);
		close(fd);
		return;
	}
	add_session(listener, fd);
}

/* Whether a socket stands at the address that nobody listens at. */
static bool is_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool stale;

	if (fd < 0)
		return false;
	stale = connect(fd, (const struct sockaddr *)address, sizeof(*address)) && errno == ECONNREFUSED;
	close(fd);
	return stale;
}

/* The new socket, listening, or -1. */
static int open_socket(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), saved;

	if (fd < 0)
		return -1;
	if (is_stale(address))
		unlink(address->sun_path);
	if (!bind(fd, (const struct sockaddr *)address, sizeof(*address)) && !listen(fd, SESSIONS_MAX))
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

/* Makes it, with the state file open and the address filled in, but no socket. NULL: errno says why. */
static struct vhost_listener *make(struct user_world *world, struct vhost_service *service, const char *path, const char *state)
{
	struct vhost_listener *listener = calloc(1, sizeof(*listener));
	int saved;

	if (!listener)
		return NULL;
	listener->world = world;
	listener->service = service;
	listener->state = -1;
	listener->address.sun_family = AF_UNIX;
	listener->socket = (struct user_fd){ .fd = -1, .events = POLLIN, .ready = connected, .arg = listener };
	if (strlen(path) >= sizeof(listener->address.sun_path)) {
		free(listener);
		errno = ENAMETOOLONG;
		return NULL;
	}
	strcpy(listener->address.sun_path, path);
	if (state) {
		listener->state = open(state, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (listener->state < 0) {
			saved = errno;
			free(listener);
			errno = saved;
			return NULL;
		}
	}
	return listener;
}

/* Frees one that has no session. Returns NULL; errno stays. */
static struct vhost_listener *unmake(struct vhost_listener *listener)
{
	int saved = errno;

	if (listener->socket.fd >= 0)
		close(listener->socket.fd);
	if (listener->state >= 0)
		close(listener->state);
	free(listener);
	errno = saved;
	return NULL;
}

struct vhost_listener *vhost_listen(struct user_world *world, struct vhost_service *service, const char *path, const char *state)
{
	struct vhost_listener *listener = make(world, service, path, state);

	if (!listener)
		return NULL;
	listener->socket.fd = open_socket(&listener->address);
	if (listener->socket.fd < 0)
		return unmake(listener);
	if (user_watch_fd(world, &listener->socket)) {
		errno = ENOMEM;
		return unmake(listener);
	}
	return listener;
}

struct vhost_listener *vhost_connect(struct user_world *world, struct vhost_service *service, const char *path, const char *state,
				     void (*told)(void *arg), void *arg)
{
	struct vhost_listener *listener = make(world, service, path, state);
	int fd;

	if (!listener)
		return NULL;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return unmake(listener);
	if (connect(fd, (const struct sockaddr *)&listener->address, sizeof(listener->address))) {
		close(fd);
		return unmake(listener);
	}
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
	user_unwatch_fd(listener->world, &listener->socket);
	if (listener->socket.fd >= 0)
		unlink(listener->address.sun_path);
	unmake(listener);
}
