// SPDX-License-Identifier: GPL-2.0-only
/* What descriptors of others may be: see foreign.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "foreign.h"

enum { PAGE = 4096 };

/*
 * Whether FD is a socket of this machine, which User Mode Linux has in the place of an eventfd.
 * Closing another one may take its time.
 */
static bool is_local_socket(int fd)
{
	int domain = 0;
	socklen_t size = sizeof(domain);

	return !getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) && domain == AF_UNIX;
}

/*
 * An eventfd has no type at all. Others might always be ready, or never have done what is asked of
 * them.
 */
const char *vhost_check_event(int fd)
{
	struct stat st;

	if (fstat(fd, &st) ||
	    (st.st_mode & S_IFMT && !S_ISFIFO(st.st_mode) && !is_local_socket(fd)))
		return "a file descriptor that is neither an eventfd nor a pipe, nor a local "
		       "socket";
	if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK))
		return "a file descriptor that nothing can be done with";
	return NULL;
}

const char *vhost_check_channel(int fd)
{
	return is_local_socket(fd) ? NULL : "a file descriptor that is no local socket";
}

uint64_t vhost_check_memory(int fd, uint64_t size, uint64_t offset)
{
	struct stat st;
	uint64_t page;

	errno = 0;
	if (!size || offset + size < offset || offset + size > PTRDIFF_MAX / 2 || fstat(fd, &st))
		return 0;
	if (st.st_size < 0 || (uint64_t)st.st_size < offset + size)
		return 0;
	/* Of a file of huge pages, whole ones are mapped. */
	page = st.st_blksize > PAGE && !(st.st_blksize & (st.st_blksize - 1)) ?
		       (uint64_t)st.st_blksize :
		       PAGE;
	return (offset + size + page - 1) & ~(page - 1);
}
