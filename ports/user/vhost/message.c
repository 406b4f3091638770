// SPDX-License-Identifier: GPL-2.0-only
/* Messages of vhost-user: see message.h. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

void vhost_message_init(struct vhost_message *message)
{
	memset(message, 0, sizeof(*message));
}

void vhost_message_clear(struct vhost_message *message)
{
	for (unsigned i = 0; i < message->fds; i++)
		if (message->fd[i] >= 0)
			close(message->fd[i]);
	vhost_message_init(message);
}

/* Where the next bytes go, and how many of them belong to this message. */
static size_t next_part(struct vhost_message *message, void **to)
{
	const size_t header = sizeof(message->header);

	if (message->received < header) {
		*to = (unsigned char *)&message->header + message->received;
		return header - message->received;
	}
	*to = message->bytes + (message->received - header);
	return header + message->header.size - message->received;
}

/* Reads one part of the message. */
static enum vhost_received receive_part(struct vhost_message *message, int socket, const char **why)
{
	void *to;
	size_t size = next_part(message, &to);
	bool fit;
	ssize_t count = vhost_fds_receive(socket, to, size, message->fd, &message->fds, &fit);

	if (count < 0)
		return errno == EAGAIN || errno == EINTR ? VHOST_INCOMPLETE : VHOST_ENDED;
	if (!fit) {
		*why = "too many file descriptors";
		return VHOST_BROKEN;
	}
	if (!count)
		return VHOST_ENDED;
	message->received += (size_t)count;
	return VHOST_RECEIVED;
}

enum vhost_received vhost_message_receive(struct vhost_message *message, int socket,
					  const char **why)
{
	const size_t header = sizeof(message->header);

	while (message->received < header || message->received < header + message->header.size) {
		enum vhost_received part = receive_part(message, socket, why);

		if (part != VHOST_RECEIVED)
			return part;
		if (message->received >= header && message->header.size > sizeof(message->bytes)) {
			*why = "its size is more than any request has";
			return VHOST_BROKEN;
		}
	}
	return VHOST_RECEIVED;
}

static bool send_message(int socket, struct vhost_header header, const void *payload, const int *fd,
			 unsigned count)
{
	const struct iovec part[] = { { &header, sizeof(header) },
				      { (void *)payload, header.size } };

	return vhost_fds_send(socket, part, 2, fd, count);
}

bool vhost_message_reply(struct vhost_message *message, int socket, uint32_t size, int fd)
{
	struct vhost_header header = { message->header.request, VHOST_VERSION | VHOST_REPLY, size };

	return send_message(socket, header, message->bytes, &fd, fd >= 0);
}

bool vhost_message_send(const struct vhost_message *message, int socket)
{
	return send_message(socket, message->header, message->bytes, message->fd, message->fds);
}
