/* SPDX-License-Identifier: GPL-2.0-only */
/* Sending to a vhost-user back end: bytes as they stand, and descriptors beside them. */
#ifndef TESTS_UNIT_VHOST_SEND_H
#define TESTS_UNIT_VHOST_SEND_H

#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#define SEND_FDS_MAX 64

/* Returns what sendmsg() does, with FLAGS. COUNT is SEND_FDS_MAX at the most. */
static inline ssize_t send_with_fds(int socket, const void *bytes, size_t size, const int *fd,
				    unsigned count, int flags)
{
	char control[CMSG_SPACE(SEND_FDS_MAX * sizeof(int))] = { 0 };
	struct iovec iov = { (void *)(uintptr_t)bytes, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (count) {
		struct cmsghdr *c;

		msg.msg_control = control;
		msg.msg_controllen = CMSG_SPACE(count * sizeof(int));
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), fd, count * sizeof(int));
	}
	return sendmsg(socket, &msg, flags);
}

#endif
