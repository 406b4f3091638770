// SPDX-License-Identifier: GPL-2.0-only
/* Sockets: see socket.h. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "socket.h"

enum { BACKLOG = 64 };

static void connected(void *arg, short revents)
{
	struct vhost_socket *socket = arg;
	int fd = accept4(socket->fd.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0)
		socket->connected(socket->arg, fd);
}

static int make_address(struct sockaddr_un *address, const char *path)
{
	memset(address, 0, sizeof(*address));
	address->sun_family = AF_UNIX;
	if (strlen(path) >= sizeof(address->sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address->sun_path, path);
	return 0;
}

/* Closes FD. Returns -1; errno stays. */
static int give_up(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

static int connect_to(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof(*address)))
		return give_up(fd);
	return fd;
}

/*
 * Whether a socket stands at the address that nobody listens at. (An ordinary file refuses
 * connections, too.)
 */
static bool is_stale(const struct sockaddr_un *address)
{
	struct stat st;
	int fd;

	if (lstat(address->sun_path, &st) || !S_ISSOCK(st.st_mode))
		return false;
	fd = connect_to(address);

	if (fd >= 0)
		close(fd);
	return fd < 0 && errno == ECONNREFUSED;
}

/* The new socket, listening, or -1. */
static int open_socket(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	if (is_stale(address))
		unlink(address->sun_path);
	if (!bind(fd, (const struct sockaddr *)address, sizeof(*address)) && !listen(fd, BACKLOG))
		return fd;
	return give_up(fd);
}

int vhost_socket_listen(struct vhost_socket *socket, struct user_world *world, const char *path)
{
	socket->world = world;
	socket->fd =
		(struct user_fd){ .fd = -1, .events = POLLIN, .ready = connected, .arg = socket };
	if (make_address(&socket->address, path))
		return -1;
	socket->fd.fd = open_socket(&socket->address);
	if (socket->fd.fd < 0)
		return -1;
	if (!user_watch_fd(world, &socket->fd))
		return 0;
	vhost_socket_close(socket, true);
	errno = ENOMEM;
	return -1;
}

int vhost_socket_connect(const char *path)
{
	struct sockaddr_un address;

	return make_address(&address, path) ? -1 : connect_to(&address);
}

void vhost_socket_close(struct vhost_socket *socket, bool remove)
{
	if (!socket->world || socket->fd.fd < 0)
		return;
	user_unwatch_fd(socket->world, &socket->fd);
	close(socket->fd.fd);
	socket->fd.fd = -1;
	if (remove)
		unlink(socket->address.sun_path);
}
