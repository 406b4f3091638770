// SPDX-License-Identifier: GPL-2.0-only
/* Relays: see relay.h. */
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "relay.h"
#include "vhost/requests.h"

static void __attribute__((format(printf, 2, 3)))
warn(const struct vhost_relay *relay, const char *fmt, ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	user_log(NULL, USER_LOG_WARN, "proxy: client %u: %s", relay->number, text);
}

void vhost_relay_end(struct vhost_relay *relay)
{
	void (*ended)(void *arg, struct vhost_relay *relay) = relay->ended;
	void *arg = relay->arg;

	ended(arg, relay);
	vhost_relay_free(relay);
}

/* Ends the connection, for what its request did. False, for callers to return. */
static bool refuse(struct vhost_relay *relay, const char *why)
{
	warn(relay, "its request %u (%s) ends the connection: %s", relay->request.header.request,
	     vhost_request_name(relay->request.header.request), why);
	vhost_relay_end(relay);
	return false;
}

/* ---- To the worker ---- */

/* Sends MESSAGE, which is to be answered. When the worker does not take it, its end is near. */
static void ask(struct vhost_relay *relay, const struct vhost_message *message)
{
	relay->asked = true;
	relay->question = message->header.request;
	if (vhost_message_send(message, relay->back.fd))
		return;
	user_unwatch_fd(relay->world, &relay->back);
}

/* Sends what is next: a step of the replay, or the front end's request. */
static void go_on(struct vhost_relay *relay)
{
	struct vhost_message message;

	if (relay->back.fd < 0 || relay->asked)
		return;
	if (relay->replaying && vhost_replay_next(&relay->replay, &relay->step, &message)) {
		ask(relay, &message);
		return;
	}
	relay->replaying = false;
	if (!relay->pending)
		return;
	vhost_replay_translate(&relay->replay, &relay->request, &message);
	ask(relay, &message);
}

/* ---- From the front end ---- */

/* One message at a time: the next is read when this one was answered. */
static void front_ready(void *arg, short revents)
{
	struct vhost_relay *relay = arg;
	const char *why = NULL;

	if (relay->pending) {
		if (revents & (POLLERR | POLLHUP))
			vhost_relay_end(relay);
		return;
	}
	switch (vhost_message_receive(&relay->request, relay->front.fd, &why)) {
	case VHOST_INCOMPLETE:
		return;
	case VHOST_ENDED:
		vhost_relay_end(relay);
		return;
	case VHOST_BROKEN:
		refuse(relay, why);
		return;
	case VHOST_RECEIVED:
		break;
	}
	why = relay->request.header.request >= VHOST_REQUESTS ?
		      "nobody knows it" :
		      vhost_request_check(&relay->request);
	if (why) {
		refuse(relay, why);
		return;
	}
	relay->pending = true;
	relay->front.events = 0;
	/*
	 * From now on: a worker that dies when it has reset its device must not be followed by one
	 * that starts the rings again.
	 */
	if (relay->request.header.request == VHOST_RESET_DEVICE)
		vhost_replay_served(&relay->replay, &relay->request, &relay->answer);
	go_on(relay);
}

/* ---- From the worker ---- */

/*
 * A worker must answer the request that it got, as the protocol defines it. So an attacker who
 * controls a worker cannot reach further through the relay.
 */
static bool is_answer(const struct vhost_message *answer, uint32_t request)
{
	return answer->header.request == request &&
	       answer->header.flags == (VHOST_VERSION | VHOST_REPLY) &&
	       (vhost_request_answers(request) || answer->header.size == sizeof(answer->u64)) &&
	       answer->fds == (request == VHOST_GET_INFLIGHT_FD) &&
	       (request != VHOST_GET_VRING_BASE || answer->header.size == sizeof(answer->state));
}

/* A front end may want the acknowledgement of what asks for acknowledgements. */
static bool wants_ack(const struct vhost_relay *relay)
{
	const struct vhost_message *request = &relay->request;
	const bool asks = request->header.request == VHOST_SET_PROTOCOL_FEATURES;
	const uint64_t features = asks ? request->u64 : relay->replay.protocol_features;

	return request->header.flags & VHOST_NEED_REPLY &&
	       features >> VHOST_PROTOCOL_F_REPLY_ACK & 1;
}

/* The request was served: passes the answer on, and remembers. False: the connection has ended. */
static bool pass_answer(struct vhost_relay *relay)
{
	struct vhost_message *request = &relay->request, *answer = &relay->answer;
	const bool has_answer = vhost_request_answers(request->header.request);
	const bool served = has_answer || !answer->u64;

	if (!served && !wants_ack(relay))
		return refuse(relay, "it cannot be served");
	answer->header.request = request->header.request;
	if ((has_answer || wants_ack(relay)) &&
	    !vhost_message_reply(answer, relay->front.fd, answer->header.size,
				 answer->fds ? answer->fd[0] : -1))
		return refuse(relay, "it does not read its answers");
	if (served)
		vhost_replay_served(&relay->replay, request, answer);
	vhost_message_clear(request);
	relay->pending = false;
	relay->front.events = POLLIN;
	return true;
}

static void back_ready(void *arg, short revents)
{
	struct vhost_relay *relay = arg;
	struct vhost_message *answer = &relay->answer;
	const uint32_t request = relay->question;
	const char *why = NULL;

	switch (vhost_message_receive(answer, relay->back.fd, &why)) {
	case VHOST_INCOMPLETE:
		return;
	case VHOST_RECEIVED:
		break;
	case VHOST_BROKEN:
		warn(relay, "the worker gave an answer that is none");
		vhost_relay_end(relay);
		return;
	case VHOST_ENDED:
		/* It died, or has ended the session: that is heard by another way. */
		user_unwatch_fd(relay->world, &relay->back);
		return;
	}
	if (!relay->asked || !is_answer(answer, request)) {
		warn(relay, "the worker gave an answer that is none");
		vhost_relay_end(relay);
		return;
	}
	relay->asked = false;
	if (relay->replaying && answer->u64) {
		warn(relay, "a new worker refuses what the one before took: %s",
		     vhost_request_name(request));
		vhost_relay_end(relay);
		return;
	}
	if (!relay->replaying && !pass_answer(relay))
		return;
	vhost_message_clear(answer);
	go_on(relay);
}

/* ---- Its life ---- */

/* Memory for what is in flight, which the worker gives its size. */
static int open_state(int file)
{
	return file >= 0 ? fcntl(file, F_DUPFD_CLOEXEC, 0) :
			   memfd_create("ferry in flight", MFD_CLOEXEC);
}

struct vhost_relay *vhost_relay_new(struct user_world *world, int front, int state,
				    void (*ended)(void *arg, struct vhost_relay *relay), void *arg)
{
	static unsigned number;
	struct vhost_relay *relay = calloc(1, sizeof(*relay));
	uint64_t start = 0;

	if (!relay)
		goto no_relay;
	relay->state = open_state(state);
	if (relay->state < 0 || getrandom(&start, sizeof(start), 0) != sizeof(start))
		goto no_state;
	relay->world = world;
	relay->number = ++number;
	relay->ended = ended;
	relay->arg = arg;
	/*
	 * So far from what another proxy wrote into the same file that they do not meet; and never
	 * 0.
	 */
	vhost_replay_init(&relay->replay, start >> 1 | 1);
	vhost_message_init(&relay->request);
	vhost_message_init(&relay->answer);
	relay->back =
		(struct user_fd){ .fd = -1, .events = POLLIN, .ready = back_ready, .arg = relay };
	relay->front = (struct user_fd){
		.fd = front, .events = POLLIN, .ready = front_ready, .arg = relay
	};
	if (!user_watch_fd(world, &relay->front))
		return relay;
	vhost_replay_free(&relay->replay);
no_state:
	if (relay->state >= 0)
		close(relay->state);
	free(relay);
no_relay:
	close(front);
	return NULL;
}

void vhost_relay_free(struct vhost_relay *relay)
{
	if (!relay)
		return;
	vhost_relay_detach(relay);
	user_unwatch_fd(relay->world, &relay->front);
	close(relay->front.fd);
	close(relay->state);
	vhost_replay_free(&relay->replay);
	vhost_message_clear(&relay->request);
	free(relay);
}

void vhost_relay_attach(struct vhost_relay *relay, int back)
{
	vhost_relay_detach(relay);
	relay->back.fd = back;
	relay->replaying = true;
	relay->step = 0;
	if (user_watch_fd(relay->world, &relay->back)) {
		warn(relay, "out of memory");
		vhost_relay_end(relay);
		return;
	}
	go_on(relay);
}

void vhost_relay_detach(struct vhost_relay *relay)
{
	if (relay->back.fd < 0)
		return;
	user_unwatch_fd(relay->world, &relay->back);
	close(relay->back.fd);
	relay->back.fd = -1;
	relay->asked = relay->replaying = false;
	vhost_message_clear(&relay->answer);
}
