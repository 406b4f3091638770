// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class stream as virtio-console: a front end has a port of the stream's name. Who opens it in the
 * guest is a writer of its own. What the driver has no room for waits in the guest's memory, and so
 * does what the next writer writes until all of this one's has taken effect, as it does at the end
 * of a write to a device of Linux.
 */
#include "console-service.h"

#include "virtio/virtio-console.h"

/* after bytes that the driver refused, for it may log each of them */
enum { PAUSE_NS = 100 * 1000 * 1000 };

struct console_client {
	struct virtio_console console; /* first */
	struct console_service *from;
	struct service_session *session;
	void *writer; /* NULL: nothing was written since the port was opened */
	bool ended;   /* the writer has closed the port */
	bool pauses;
};

static void end_writer(struct console_client *client)
{
	client->from->ops->close(client->writer);
	client->writer = NULL;
	client->ended = false;
}

static void ready(void *arg)
{
	struct console_client *client = arg;

	if (client->ended && client->from->ops->drained(client->writer))
		end_writer(client);
	if (virtio_console_ready(&client->console))
		client->session->ops->more(client->session, VIRTIO_CONSOLE_TRANSMIT_QUEUE);
}

static void expired(struct virtio_device *device)
{
	struct console_client *client = (struct console_client *)device;

	client->pauses = false;
	ready(client);
}

static long take(void *arg, const void *from, size_t length)
{
	struct console_client *client = arg;
	const struct console_service_ops *port = client->from->ops;
	long taken;

	if (client->ended || client->pauses)
		return 0;
	if (!client->writer)
		client->writer = port->open(client->from->stream, ready, client);
	if (!client->writer)
		return FY_ERR_NO_MEMORY;
	taken = port->write(client->writer, from, length);
	if (taken == FY_ERR_AGAIN)
		return 0;
	client->pauses = taken < 0;
	if (client->pauses)
		client->session->ops->set_timer(client->session, PAUSE_NS);
	return taken;
}

static void end(void *arg)
{
	struct console_client *client = arg;

	client->ended = client->writer && !client->from->ops->drained(client->writer);
	if (!client->ended)
		end_writer(client);
}

static const struct virtio_console_ops ops = { .write = take, .end = end };

static struct virtio_device *open_client(struct service *service, struct service_session *session,
					 void *memory)
{
	struct console_client *client = memory;

	client->from = (struct console_service *)service;
	client->session = session;
	virtio_console_init(&client->console, client->from->name, &ops, client);
	return &client->console.device;
}

static void close_client(struct virtio_device *device)
{
	end_writer((struct console_client *)device);
}

void console_service_init(struct console_service *service, struct fy_device *dev,
			  struct fy_stream *stream, const char *name,
			  const struct console_service_ops *port)
{
	*service = (struct console_service){
		.service = {
			.name = "console",
			.dev = dev,
			.session_size = sizeof(struct console_client),
			.open = open_client,
			.close = close_client,
			.expired = expired,
		},
		.stream = stream,
		.name = name,
		.ops = port,
	};
}
