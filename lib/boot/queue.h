/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes on their way to a file descriptor that cannot take them yet. */
#ifndef LIB_BOOT_QUEUE_H
#define LIB_BOOT_QUEUE_H

#include <stddef.h>
#include <sys/types.h>

struct queue {
	char *bytes;
	size_t len, size;
};

/* Returns 0, or -1 when out of memory. */
int queue_add(struct queue *queue, const char *bytes, size_t len);
/*
 * Writes at most MOST bytes to FD, once. Returns 0, also when FD takes none at the moment, or -1
 * with errno when it never will again.
 */
int queue_write(struct queue *queue, int fd, size_t most);
/*
 * The same for all bytes and a socket, without a signal when its other end is closed. Returns how
 * many bytes it took, or -1 with errno.
 */
ssize_t queue_send(struct queue *queue, int socket);
void queue_free(struct queue *queue);

#endif
