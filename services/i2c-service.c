// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class i2c as virtio-i2c: each front end has an adapter of its own on the one bus, where transfers
 * of all of them take turns.
 */
#include "i2c-service.h"

#include "virtio/virtio-i2c.h"

enum { WAIT_NS = 1000 * 1000 }; /* that the rest of a group has to come */

_Static_assert(VIRTIO_I2C_MESSAGES <= FY_I2C_MESSAGES_MAX,
	       "the bus takes as many messages as a group has");

struct i2c_client {
	struct virtio_i2c i2c; /* first */
	struct i2c_service *from;
	struct service_session *session;
	struct fy_i2c_message message[VIRTIO_I2C_MESSAGES];
	_Alignas(16) unsigned char transfer[]; /* the port's */
};

static void go_on(struct i2c_client *client, bool more)
{
	if (more)
		client->session->ops->more(client->session, VIRTIO_I2C_REQUEST_QUEUE);
}

static void ended(void *arg, unsigned done)
{
	struct i2c_client *client = arg;

	go_on(client, virtio_i2c_done(&client->i2c, done));
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
	client->session->ops->set_timer(client->session, SERVICE_TIMER_STOP);
	return client->from->ops->start(client->transfer, client->from->bus, client->message, count,
					ended, client);
}

static void cancel(void *arg)
{
	struct i2c_client *client = arg;

	client->session->ops->set_timer(client->session, SERVICE_TIMER_STOP);
	client->from->ops->cancel(client->transfer);
}

static void expired(struct virtio_device *device)
{
	struct i2c_client *client = (struct i2c_client *)device;

	go_on(client, virtio_i2c_ready(&client->i2c));
}

static void wait_for_rest(void *arg)
{
	struct i2c_client *client = arg;

	client->session->ops->set_timer(client->session, WAIT_NS);
}

static const struct virtio_i2c_ops ops = { start, cancel, wait_for_rest };

static struct virtio_device *open_client(struct service *service, struct service_session *session,
					 void *memory)
{
	struct i2c_client *client = memory;

	client->from = (struct i2c_service *)service;
	client->session = session;
	virtio_i2c_init(&client->i2c, &ops, client);
	return &client->i2c.device;
}

static void close_client(struct virtio_device *device)
{
	struct i2c_client *client = (struct i2c_client *)device;

	client->from->ops->cancel(client->transfer);
}

void i2c_service_init(struct i2c_service *service, struct fy_device *dev, struct fy_i2c_bus *bus,
		      const struct i2c_service_ops *port)
{
	*service = (struct i2c_service){
		.service = {
			.name = "i2c",
			.dev = dev,
			.session_size = sizeof(struct i2c_client) + port->transfer_size,
			.open = open_client,
			.close = close_client,
			.expired = expired,
		},
		.bus = bus,
		.ops = port,
	};
}
