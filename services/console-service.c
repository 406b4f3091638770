// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class stream as virtio-console: a front end has a port of the stream's name. Who opens it in the
 * guest is a writer of its own. What the driver has no room for waits in the guest's memory, and so
 * does what the next writer writes until all of this one's has taken effect, as it does at the end
 * of a write to a device of Linux. See vhost/services.h.
 */
#include <stdlib.h>

#include "vhost/services.h"
#include "virtio/virtio-console.h"

/* after bytes that the driver refused, for it may log each of them */
enum { PAUSE_NS = 100 * 1000 * 1000 };

struct stream_service {
	struct vhost_service service;
	struct fy_stream *stream;
};

struct stream_client {
	struct virtio_console console; /* first */
	struct stream_service *from;
	struct vhost_session *session;
	struct user_session *writer; /* NULL: nothing was written since the port was opened */
	bool ended;		     /* the writer has closed the port */
	bool pauses;
	struct fy_timer pause;
};

static void end_writer(struct stream_client *client)
{
	user_session_close(client->writer);
	client->writer = NULL;
	client->ended = false;
}

static void ready(void *arg)
{
	struct stream_client *client = arg;

	if (client->ended && user_session_drained(client->writer))
		end_writer(client);
	if (virtio_console_ready(&client->console))
		vhost_session_more(client->session, VIRTIO_CONSOLE_TRANSMIT_QUEUE);
}

static uint64_t end_pause(void *arg, uint64_t due)
{
	struct stream_client *client = arg;

	client->pauses = false;
	ready(client);
	return FY_TIMER_STOP;
}

static long take(void *arg, const void *from, size_t length)
{
	struct stream_client *client = arg;
	long taken;

	if (client->ended || client->pauses)
		return 0;
	if (!client->writer)
		client->writer = user_session_open(client->from->stream, ready, client);
	if (!client->writer)
		return FY_ERR_NO_MEMORY;
	taken = user_session_write(client->writer, from, length);
	if (taken == FY_ERR_AGAIN)
		return 0;
	client->pauses = taken < 0;
	if (client->pauses)
		user_timer_start(&client->pause, user_world_now(client->pause.world) + PAUSE_NS);
	return taken;
}

static void end(void *arg)
{
	struct stream_client *client = arg;

	client->ended = client->writer && !user_session_drained(client->writer);
	if (!client->ended)
		end_writer(client);
}

static const struct virtio_console_ops ops = { .write = take, .end = end };

static struct virtio_device *open_client(struct vhost_service *service,
					 struct vhost_session *session)
{
	struct stream_client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	client->from = (struct stream_service *)service;
	client->session = session;
	user_timer_init(&client->pause, client->from->stream->dev->world, end_pause, client);
	virtio_console_init(&client->console, client->from->stream->name, &ops, client);
	return &client->console.device;
}

static void close_client(struct virtio_device *device)
{
	struct stream_client *client = (struct stream_client *)device;

	user_timer_stop(&client->pause);
	end_writer(client);
	free(client);
}

struct vhost_service *vhost_stream_service(struct fy_stream *stream)
{
	struct stream_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	service->service = (struct vhost_service){
		.name = "console", .dev = stream->dev, .open = open_client, .close = close_client
	};
	service->stream = stream;
	return &service->service;
}
