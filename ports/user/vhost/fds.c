// SPDX-License-Identifier: GPL-2.0-only
/* Descriptors over sockets: see fds.h. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fds.h"

union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(VHOST_FDS_MAX * sizeof(int))];
};

bool vhost_fds_send(int socket, const struct iovec *part, unsigned parts, const int *fd,
		    unsigned count)
{
	union control control = { 0 };
	struct msghdr msg = { .msg_iov = (struct iovec *)part, .msg_iovlen = parts };
	size_t size = 0;

	for (unsigned i = 0; i < parts; i++)
		size += part[i].iov_len;
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

/* Takes the descriptors of one control message. */
static void take(const struct cmsghdr *c, int *fd, unsigned *count, bool *fit)
{
	unsigned came = (unsigned)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
	int one;

	for (unsigned i = 0; i < came; i++) {
		memcpy(&one, CMSG_DATA(c) + i * sizeof(int), sizeof(one));
		if (*count < VHOST_FDS_MAX) {
			fd[(*count)++] = one;
		} else {
			close(one);
			*fit = false;
		}
	}
}

ssize_t vhost_fds_receive(int socket, void *bytes, size_t size, int *fd, unsigned *count, bool *fit)
{
	union control control;
	struct iovec part = { bytes, size };
	struct msghdr msg = { .msg_iov = &part,
			      .msg_iovlen = 1,
			      .msg_control = &control,
			      .msg_controllen = sizeof(control) };
	ssize_t received = recvmsg(socket, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

	*fit = true;
	if (received < 0)
		return received;
	*fit = !(msg.msg_flags & MSG_CTRUNC);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
			take(c, fd, count, fit);
	return received;
}
