// SPDX-License-Identifier: GPL-2.0-only
/* Bytes on their way: see queue.h. */
#include "boot/queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int queue_add(struct queue *queue, const char *bytes, size_t len)
{
	if (len > queue->size - queue->len) {
		size_t size = (queue->len + len) * 2;
		char *grown = realloc(queue->bytes, size);

		if (!grown)
			return -1;
		queue->bytes = grown;
		queue->size = size;
	}
	if (len)
		memcpy(queue->bytes + queue->len, bytes, len);
	queue->len += len;
	return 0;
}

/* Takes the first N bytes away. */
static void shorten(struct queue *queue, size_t n)
{
	queue->len -= n;
	memmove(queue->bytes, queue->bytes + n, queue->len);
}

int queue_write(struct queue *queue, int fd, size_t most)
{
	ssize_t n;

	if (!queue->len)
		return 0;
	n = write(fd, queue->bytes, queue->len < most ? queue->len : most);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	shorten(queue, (size_t)n);
	return 0;
}

ssize_t queue_send(struct queue *queue, int socket)
{
	ssize_t n;

	if (!queue->len)
		return 0;
	n = send(socket, queue->bytes, queue->len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	shorten(queue, (size_t)n);
	return n;
}

void queue_free(struct queue *queue)
{
	free(queue->bytes);
	*queue = (struct queue){ 0 };
}
