// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a front end and its workers send, the proxy between them goes on or ends. By the first
 * bit, the front end sends anything, in messages as for vhost-message, and workers end before and
 * in the midst of them (bits 6 and 7 of a message's second byte); or a worker answers anything.
 */
#include <stdlib.h>

#include "vhost-front.h"
#include "restart/relay.h"

static struct vhost_relay *relay;
static struct vhost_session *session;

static void relay_ended(void *arg, struct vhost_relay *which)
{
	relay = NULL;
}

static void session_ended(void *arg, struct vhost_session *which)
{
	session = NULL;
}

static void make_pair(int pair[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair))
		__builtin_trap();
}

/* The worker ends, and another one starts. */
static void next_worker(struct user_world *world, struct service *service)
{
	int pair[2];

	vhost_session_free(session);
	session = NULL;
	if (!relay)
		return;
	make_pair(pair);
	session = vhost_session_new(world, service, pair[1], relay->state, session_ended, NULL);
	if (session)
		vhost_session_set_proxied(session);
	vhost_relay_attach(relay, pair[0]);
}

static void any_front_end(struct user_world *world, int front, const uint8_t *data,
			  const uint8_t *end)
{
	struct service *service = vhost_gpio_service(user_gpio_first(world));

	next_worker(world, service);
	for (unsigned n = 0; n < MESSAGES && data + 2 < end && relay; n++) {
		const uint8_t how = data[1];

		if (how & 0x40)
			next_worker(world, service);
		data += next_message(front, data, (size_t)(end - data));
		if (how & 0x80) {
			user_turn(world, 0);
			user_turn(world, 0);
			next_worker(world, service);
		}
		turn(world, front);
		/* A session that ends by itself, as its worker tells. */
		if (!session && relay)
			vhost_relay_end(relay);
	}
	vhost_session_free(session);
	session = NULL;
	free(service);
}

static void any_worker(struct user_world *world, int front, const uint8_t *data, const uint8_t *end)
{
	int pair[2];

	make_pair(pair);
	vhost_relay_attach(relay, pair[0]);
	for (unsigned n = 0; n < MESSAGES && data + 2 < end && relay; n++) {
		unsigned char answer[12 + 255];
		const uint8_t size = data[2] < end - data - 3 ? data[2] : (uint8_t)(end - data - 3);
		uint32_t request[3];
		/* It answers the last message that it got, or, as data has it, another one. */
		ssize_t got = recv(pair[1], request, sizeof(request), MSG_DONTWAIT);
		struct vhost_header header = { data[0], VHOST_VERSION | (data[1] & 0xc), size };

		if (got == sizeof(request) && !(data[1] & 1))
			header = (struct vhost_header){ request[0], VHOST_VERSION | VHOST_REPLY,
							size };
		memcpy(answer, &header, sizeof(header));
		memcpy(answer + sizeof(header), data + 3, size);
		send_message(pair[1], answer, sizeof(header) + size, 0, data[1] >> 4 & 3);
		data += 3 + size;
		recv(pair[1], answer, sizeof(answer), MSG_DONTWAIT);
		if (data + 2 < end)
			data += next_message(front, data, (size_t)(end - data));
		turn(world, front);
	}
	close(pair[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct user_world *world;
	int front[2];

	if (size < 4)
		return 0;
	set_up();
	world = make_world();
	make_pair(front);
	relay = vhost_relay_new(world, front[1], -1, relay_ended, NULL);
	if (!relay)
		__builtin_trap();
	memset(memory, 0, MEMORY);
	memcpy(memory, data, size < MEMORY ? size : MEMORY);
	if (*data & 1)
		any_worker(world, front[0], data + 1, data + size);
	else
		any_front_end(world, front[0], data + 1, data + size);
	vhost_relay_free(relay);
	close(front[0]);
	user_world_free(world);
	return 0;
}
