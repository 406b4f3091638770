/* SPDX-License-Identifier: GPL-2.0-only */
/* File descriptors that go with bytes over a local socket. Nothing here waits. */
#ifndef PORTS_USER_VHOST_FDS_H
#define PORTS_USER_VHOST_FDS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

#define VHOST_FDS_MAX 8 /* at once */

/*
 * Sends PARTS pieces, with COUNT descriptors, which stay the caller's. False: not all of it was
 * taken.
 */
bool vhost_fds_send(int socket, const struct iovec *part, unsigned parts, const int *fd,
		    unsigned count);
/*
 * Receives up to SIZE bytes. Descriptors that come with them are put behind the *COUNT that FD has,
 * up to VHOST_FDS_MAX in all; *FIT is false when there were more, which are closed. Returns the
 * number of bytes, 0 at the end, or -1 with errno.
 */
ssize_t vhost_fds_receive(int socket, void *bytes, size_t size, int *fd, unsigned *count,
			  bool *fit);

#endif
