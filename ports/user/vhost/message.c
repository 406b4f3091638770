// SPDX-License-Identifier: GPL-2.0-only
/* Messages of vhost-user: see message.h. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

/*
 * What a request must look like: the least and the largest payload, how many descriptors; whether
 * it has an answer of its own.
 */
static const struct shape {
	const char *name;
	uint16_t least, most;
	uint8_t fds_least, fds_most;
	bool answers;
} shapes[VHOST_REQUESTS] = {
	[VHOST_GET_FEATURES] = { "GET_FEATURES", 0, 0, 0, 0, true },
	[VHOST_SET_FEATURES] = { "SET_FEATURES", 8, 8, 0, 0 },
	[VHOST_SET_OWNER] = { "SET_OWNER", 0, 0, 0, 0 },
	[VHOST_RESET_OWNER] = { "RESET_OWNER", 0, 0, 0, 0 },
	[VHOST_SET_MEM_TABLE] = { "SET_MEM_TABLE", 8, sizeof(struct vhost_mem_table), 0,
				  VHOST_TABLE_REGIONS },
	[VHOST_SET_VRING_NUM] = { "SET_VRING_NUM", 8, 8, 0, 0 },
	[VHOST_SET_VRING_ADDR] = { "SET_VRING_ADDR", 40, 40, 0, 0 },
	[VHOST_SET_VRING_BASE] = { "SET_VRING_BASE", 8, 8, 0, 0 },
	[VHOST_GET_VRING_BASE] = { "GET_VRING_BASE", 8, 8, 0, 0, true },
	[VHOST_SET_VRING_KICK] = { "SET_VRING_KICK", 8, 8, 0, 1 },
	[VHOST_SET_VRING_CALL] = { "SET_VRING_CALL", 8, 8, 0, 1 },
	[VHOST_SET_VRING_ERR] = { "SET_VRING_ERR", 8, 8, 0, 1 },
	[VHOST_GET_PROTOCOL_FEATURES] = { "GET_PROTOCOL_FEATURES", 0, 0, 0, 0, true },
	[VHOST_SET_PROTOCOL_FEATURES] = { "SET_PROTOCOL_FEATURES", 8, 8, 0, 0 },
	[VHOST_GET_QUEUE_NUM] = { "GET_QUEUE_NUM", 0, 0, 0, 0, true },
	[VHOST_SET_VRING_ENABLE] = { "SET_VRING_ENABLE", 8, 8, 0, 0 },
	[VHOST_SET_BACKEND_REQ_FD] = { "SET_BACKEND_REQ_FD", 0, 0, 1, 1 },
	[VHOST_GET_CONFIG] = { "GET_CONFIG", VHOST_CONFIG_HEADER, sizeof(struct vhost_config), 0, 0,
			       true },
	[VHOST_SET_CONFIG] = { "SET_CONFIG", VHOST_CONFIG_HEADER, sizeof(struct vhost_config), 0,
			       0 },
	[VHOST_GET_INFLIGHT_FD] = { "GET_INFLIGHT_FD", VHOST_INFLIGHT_PAYLOAD,
				    sizeof(struct vhost_inflight), 0, 0, true },
	[VHOST_SET_INFLIGHT_FD] = { "SET_INFLIGHT_FD", VHOST_INFLIGHT_PAYLOAD,
				    sizeof(struct vhost_inflight), 1, 1 },
	[VHOST_RESET_DEVICE] = { "RESET_DEVICE", 0, 0, 0, 0 },
	[VHOST_GET_MAX_MEM_SLOTS] = { "GET_MAX_MEM_SLOTS", 0, 0, 0, 0, true },
	[VHOST_ADD_MEM_REG] = { "ADD_MEM_REG", 40, 40, 1, 1 },
	/* Some front ends send a descriptor, which is closed. */
	[VHOST_REM_MEM_REG] = { "REM_MEM_REG", 40, 40, 0, 1 },
	[VHOST_SET_STATUS] = { "SET_STATUS", 8, 8, 0, 0 },
	[VHOST_GET_STATUS] = { "GET_STATUS", 0, 0, 0, 0, true },
};

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

static const struct shape place_shape = { "SET_VRING_PLACE",
					  sizeof(struct vhost_vring_place),
					  sizeof(struct vhost_vring_place),
					  0,
					  0,
					  false };

static const struct shape *shape_of(uint32_t request)
{
	if (request == VHOST_SET_VRING_PLACE)
		return &place_shape;
	return request < VHOST_REQUESTS && shapes[request].name ? &shapes[request] : NULL;
}

const char *vhost_request_name(uint32_t request)
{
	const struct shape *shape = shape_of(request);

	return shape ? shape->name : "an unknown request";
}

bool vhost_request_answers(uint32_t request)
{
	const struct shape *shape = shape_of(request);

	return shape && shape->answers;
}

const char *vhost_message_check(const struct vhost_message *message)
{
	const struct shape *shape = shape_of(message->header.request);

	if ((message->header.flags & VHOST_VERSION_MASK) != VHOST_VERSION)
		return "another version of the protocol";
	if (message->header.flags & VHOST_REPLY)
		return "an answer that nobody asked for";
	if (!shape)
		return NULL;
	if (message->header.size < shape->least || message->header.size > shape->most)
		return "wrong size";
	if (message->fds < shape->fds_least)
		return "no file descriptor";
	if (message->fds > shape->fds_most)
		return "too many file descriptors";
	return NULL;
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
