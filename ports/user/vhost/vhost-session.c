// SPDX-License-Identifier: GPL-2.0-only
/* Sessions of front ends: see vhost-session.h. */
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "requests.h"
#include "restart/state.h"

enum { MESSAGES = 16 }; /* that are served before others get their turn */

/* Ends the session by itself. */
static void end(struct vhost_session *session)
{
	void (*ended)(void *arg, struct vhost_session *session) = session->ended;
	void *arg = session->ended_arg;

	ended(arg, session);
	vhost_session_free(session);
}

/* Serves one message, if it is there. False: there is none, or the session has ended. */
static bool serve(struct vhost_session *session)
{
	struct vhost_message *message = &session->message;
	const char *why = NULL;

	switch (vhost_message_receive(message, session->socket.fd, &why)) {
	case VHOST_INCOMPLETE:
		return false;
	case VHOST_ENDED:
		vhost_session_log(session, USER_LOG_INFO, "disconnected");
		end(session);
		return false;
	case VHOST_RECEIVED:
		why = vhost_serve_request(session);
		break;
	case VHOST_BROKEN:
		break;
	}
	if (why) {
		vhost_session_log(session, USER_LOG_WARN,
				  "its request %u (%s) ends the connection: %s",
				  message->header.request,
				  vhost_request_name(message->header.request), why);
		end(session);
		return false;
	}
	vhost_message_clear(message);
	return true;
}

static void ready(void *arg, short revents)
{
	struct vhost_session *session = arg;

	for (unsigned i = 0; i < MESSAGES; i++)
		if (!serve(session))
			return;
}

/* ---- What the service asks for ---- */

static struct vhost_session *session_of(const struct service_session *serves)
{
	return (struct vhost_session *)((unsigned char *)serves -
					offsetof(struct vhost_session, serves));
}

static void more(struct service_session *serves, unsigned queue)
{
	vhost_session_more(session_of(serves), queue);
}

static void config_changed(struct service_session *serves)
{
	const struct vhost_session *session = session_of(serves);
	struct vhost_message message = { .header = { VHOST_BACKEND_CONFIG_CHANGED, VHOST_VERSION,
						     0 } };

	/* One that does not listen will look by itself, at its next start. */
	if (session->backend_fd >= 0)
		vhost_message_send(&message, session->backend_fd);
}

static uint64_t expired(void *arg, uint64_t due)
{
	struct vhost_session *session = arg;

	session->service->expired(session->device);
	return FY_TIMER_STOP;
}

static void set_timer(struct service_session *serves, uint64_t ns)
{
	struct vhost_session *session = session_of(serves);

	if (ns == SERVICE_TIMER_STOP)
		user_timer_stop(&session->timer);
	else
		user_timer_start(&session->timer, user_world_now(session->world) + ns);
}

static unsigned char *kept_state(const struct service_session *serves)
{
	return vhost_record_state(&session_of(serves)->record);
}

static const struct service_session_ops session_ops = { more, config_changed, set_timer,
							kept_state };

/* ---- Its life ---- */

static int open_state(struct vhost_session *session, int fd)
{
	const unsigned queues = session->device->model->queues;
	const size_t state_size = session->service->state_size;
	const uint64_t size = vhost_record_size(queues, VIRTIO_DEVICE_QUEUE_SIZE, state_size);

	if (vhost_state_prepare(fd, session->service, size))
		return -1;
	return vhost_record_open(&session->record, fd, size, VHOST_STATE_HEADER, queues,
				 VIRTIO_DEVICE_QUEUE_SIZE, state_size);
}

struct vhost_session *vhost_session_new(struct user_world *world, struct service *service,
					int socket, int state,
					void (*ended)(void *arg, struct vhost_session *session),
					void *ended_arg)
{
	static unsigned number;
	struct vhost_session *session = calloc(1, sizeof(*session));

	if (!session)
		goto no_session;
	session->world = world;
	session->service = service;
	session->number = ++number;
	session->ended = ended;
	session->ended_arg = ended_arg;
	session->backend_fd = -1;
	session->serves.ops = &session_ops;
	user_timer_init(&session->timer, world, expired, session);
	session->device_memory = calloc(1, service->session_size);
	if (session->device_memory)
		session->device = service->open(service, &session->serves, session->device_memory);
	if (!session->device)
		goto no_device;
	if (state >= 0 && open_state(session, state)) {
		vhost_session_log(session, USER_LOG_ERROR,
				  "the file or memory for its state cannot be used");
		goto not_watched;
	}
	virtio_device_connect(session->device, &session->memory.table, ~service->withheld,
			      &vhost_transport, session);
	vhost_message_init(&session->message);
	vhost_queues_init(session);
	session->socket =
		(struct user_fd){ .fd = socket, .events = POLLIN, .ready = ready, .arg = session };
	if (user_watch_fd(world, &session->socket))
		goto not_watched;
	vhost_session_log(session, USER_LOG_INFO, "connected");
	return session;

not_watched:
	vhost_record_close(&session->record);
	service->close(session->device);
no_device:
	free(session->device_memory);
	free(session);
no_session:
	close(socket);
	return NULL;
}

void vhost_session_set_proxied(struct vhost_session *session)
{
	session->proxied = true;
	session->protocol_features = UINT64_C(1) << VHOST_PROTOCOL_F_REPLY_ACK;
}

void vhost_session_free(struct vhost_session *session)
{
	if (!session)
		return;
	user_timer_stop(&session->more);
	user_unwatch_fd(session->world, &session->socket);
	virtio_device_reset(session->device);
	vhost_queues_free(session);
	user_timer_stop(&session->timer);
	session->service->close(session->device);
	free(session->device_memory);
	vhost_record_close(&session->record);
	vhost_memory_free(&session->memory);
	vhost_message_clear(&session->message);
	vhost_queue_set_fd(&session->backend_fd, -1);
	close(session->socket.fd);
	free(session);
}
