// SPDX-License-Identifier: GPL-2.0-only
/* Packets with file descriptors: see packet.h. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "packet.h"

union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(VHOST_PACKET_FDS * sizeof(int))];
};

int vhost_packet_pair(int pair[2], bool stream)
{
	return socketpair(AF_UNIX, (stream ? SOCK_STREAM : SOCK_SEQPACKET) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair);
}

bool vhost_packet_send(int socket, const void *bytes, size_t size, const int *fd, unsigned count)
{
	union control control = { 0 };
	struct iovec iov = { (void *)bytes, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (count) {
		struct cmsghdr *c;

		msg.msg_control = &control;
		msg.msg_controllen = CMSG_SPACE(count * sizeof(int));
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), fd, count * sizeof(int));
	}
	return sendmsg(socket, &msg, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size;
}

int vhost_packet_receive(int socket, void *bytes, size_t size, int *fd, unsigned room)
{
	union control control;
	struct iovec iov = { bytes, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control) };
	ssize_t count = recvmsg(socket, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	unsigned fds = 0;
	bool good = count == (ssize_t)size;

	if (count < 0)
		return errno == EAGAIN || errno == EINTR ? VHOST_PACKET_NONE : VHOST_PACKET_ENDED;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
		unsigned n = (unsigned)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
		int one;

		for (unsigned i = 0; i < n && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS; i++) {
			memcpy(&one, CMSG_DATA(c) + i * sizeof(int), sizeof(one));
			if (fds < room)
				fd[fds++] = one;
			else
				close(one);
		}
	}
	if (good)
		return (int)fds;
	while (fds)
		close(fd[--fds]);
	return VHOST_PACKET_ENDED;
}
