// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class rng as virtio-rng: a request that finds no bytes stays in the ring until there are some. */
#include "rng-service.h"

#include "virtio/virtio-rng.h"

enum { RETRY_NS = 1000 * 1000 }; /* how soon a device that has no bytes is asked again */
enum { REQUEST_QUEUE = 0 };

struct rng_client {
	struct virtio_rng rng; /* first */
	struct rng_service *from;
	struct service_session *session;
};

static void expired(struct virtio_device *device)
{
	struct rng_client *client = (struct rng_client *)device;

	client->session->ops->more(client->session, REQUEST_QUEUE);
}

static long fill(void *arg, void *to, size_t length)
{
	struct rng_client *client = arg;
	long count = client->from->read(client->from->arg, to, length);

	if (count <= 0)
		client->session->ops->set_timer(client->session, RETRY_NS);
	return count;
}

static const struct virtio_rng_ops ops = { fill };

static struct virtio_device *open_client(struct service *service, struct service_session *session,
					 void *memory)
{
	struct rng_client *client = memory;

	client->from = (struct rng_service *)service;
	client->session = session;
	virtio_rng_init(&client->rng, &ops, client);
	return &client->rng.device;
}

static void close_client(struct virtio_device *device)
{
	(void)device;
}

void rng_service_init(struct rng_service *service, struct fy_device *dev,
		      long (*read)(void *arg, void *data, size_t length), void *arg)
{
	*service = (struct rng_service){
		.service = {
			.name = "rng",
			.dev = dev,
			.session_size = sizeof(struct rng_client),
			.open = open_client,
			.close = close_client,
			.expired = expired,
		},
		.read = read,
		.arg = arg,
	};
}
