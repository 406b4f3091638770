// SPDX-License-Identifier: GPL-2.0-only
/* Bytes on their way: see queue.h. */
#include "boot/queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
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

int queue_write(struct queue *queue, int fd, size_t most)
{
	ssize_t n;

	if (!queue->len)
		return 0;
	n = write(fd, queue->bytes, queue->len < most ? queue->len : most);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	queue->len -= (size_t)n;
	memmove(queue->bytes, queue->bytes + n, queue->len);
	return 0;
}

void queue_free(struct queue *queue)
{
	free(queue->bytes);
	*queue = (struct queue){ 0 };
}
