// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class i2c as virtio-i2c: each front end has an adapter of its own on the one bus, where transfers
 * of all of them take turns. See vhost/services.h.
 */
#include <stdlib.h>

#include "vhost/services.h"
#include "virtio/virtio-i2c.h"

enum { WAIT_NS = 1000 * 1000 }; /* that the rest of a group has to come */

_Static_assert(VIRTIO_I2C_MESSAGES <= FY_I2C_MESSAGES_MAX,
	       "the bus takes as many messages as a group has");

struct i2c_service {
	struct vhost_service service;
	struct fy_i2c_bus *bus;
};

struct i2c_client {
	struct virtio_i2c i2c; /* first */
	struct i2c_service *from;
	struct vhost_session *session;
	struct fy_timer wait;
	struct user_i2c_transfer transfer;
	struct fy_i2c_message message[VIRTIO_I2C_MESSAGES];
};

static void go_on(struct i2c_client *client, bool more)
{
	if (more)
		vhost_session_more(client->session, VIRTIO_I2C_REQUEST_QUEUE);
}

static void ended(void *arg, struct user_i2c_transfer *transfer)
{
	struct i2c_client *client = arg;

	go_on(client, virtio_i2c_done(&client->i2c, transfer->done));
}

static int start(void *arg, const struct virtio_i2c_message *messages, unsigned count)
{
	struct i2c_client *client = arg;

	for (unsigned i = 0; i < count; i++)
		client->message[i] = (struct fy_i2c_message){
			.address = messages[i].address,
			.read = messages[i].read,
			.length = messages[i].length,
			.data = messages[i].data,
		};
	client->transfer.count = count;
	user_timer_stop(&client->wait);
	return user_i2c_start(client->from->bus, &client->transfer);
}

static void cancel(void *arg)
{
	struct i2c_client *client = arg;

	user_timer_stop(&client->wait);
	user_i2c_cancel(&client->transfer);
}

static uint64_t waited(void *arg, uint64_t due)
{
	struct i2c_client *client = arg;

	go_on(client, virtio_i2c_ready(&client->i2c));
	return FY_TIMER_STOP;
}

static void wait_for_rest(void *arg)
{
	struct i2c_client *client = arg;

	user_timer_start(&client->wait, user_world_now(client->session->world) + WAIT_NS);
}

static const struct virtio_i2c_ops ops = { start, cancel, wait_for_rest };

static struct virtio_device *open_client(struct vhost_service *service,
					 struct vhost_session *session)
{
	struct i2c_client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	client->from = (struct i2c_service *)service;
	client->session = session;
	client->transfer = (struct user_i2c_transfer){ .messages = client->message,
						       .ended = ended,
						       .arg = client };
	user_timer_init(&client->wait, session->world, waited, client);
	virtio_i2c_init(&client->i2c, &ops, client);
	return &client->i2c.device;
}

static void close_client(struct virtio_device *device)
{
	cancel(device); /* the client, whose first member it is */
	free(device);
}

struct vhost_service *vhost_i2c_service(struct fy_i2c_bus *bus)
{
	struct i2c_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	service->service = (struct vhost_service){
		.name = "i2c", .dev = bus->dev, .open = open_client, .close = close_client
	};
	service->bus = bus;
	return &service->service;
}
