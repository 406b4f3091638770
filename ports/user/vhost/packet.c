// SPDX-License-Identifier: GPL-2.0-only
/* Packets with file descriptors: see packet.h. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fds.h"
#include "packet.h"

int vhost_packet_pair(int pair[2], bool stream)
{
	return socketpair(AF_UNIX,
			  (stream ? SOCK_STREAM : SOCK_SEQPACKET) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
			  pair);
}

bool vhost_packet_send(int socket, const void *bytes, size_t size, const int *fd, unsigned count)
{
	const struct iovec part = { (void *)bytes, size };

	return vhost_fds_send(socket, &part, 1, fd, count);
}

int vhost_packet_receive(int socket, void *bytes, size_t size, int *fd, unsigned room)
{
	int came[VHOST_FDS_MAX];
	unsigned count = 0, taken = 0;
	bool fit;
	ssize_t received = vhost_fds_receive(socket, bytes, size, came, &count, &fit);

	if (received < 0)
		return errno == EAGAIN || errno == EINTR ? VHOST_PACKET_NONE : VHOST_PACKET_ENDED;
	for (unsigned i = 0; i < count; i++) {
		if (received == (ssize_t)size && taken < room)
			fd[taken++] = came[i];
		else
			close(came[i]);
	}
	return received == (ssize_t)size ? (int)taken : VHOST_PACKET_ENDED;
}
