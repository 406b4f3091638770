// SPDX-License-Identifier: GPL-2.0-only
/* Class rng as virtio-rng. See vhost/services.h. */
#include <stdlib.h>
#include <sys/random.h>

#include "vhost/services.h"
#include "virtio/virtio-rng.h"

enum { RETRY_NS = 1000 * 1000 }; /* how soon a device that has no bytes is asked again */

struct rng_service {
	struct vhost_service service;
	struct user_world *world;
	struct fy_rng *rng;
};

struct rng_client {
	struct virtio_rng rng; /* first */
	struct rng_service *from;
	struct vhost_session *session;
	struct fy_timer retry;
};

static uint64_t try_again(void *arg, uint64_t due)
{
	struct rng_client *client = arg;

	vhost_session_more(client->session, 0);
	return FY_TIMER_STOP;
}

static long fill(void *arg, void *to, size_t length)
{
	struct rng_client *client = arg;
	long count = client->from->rng ? user_rng_read(client->from->rng, to, length) :
					 getrandom(to, length, GRND_NONBLOCK);

	if (count <= 0)
		user_timer_start(&client->retry, user_world_now(client->from->world) + RETRY_NS);
	return count;
}

static const struct virtio_rng_ops ops = { fill };

static struct virtio_device *open_client(struct vhost_service *service,
					 struct vhost_session *session)
{
	struct rng_client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	client->from = (struct rng_service *)service;
	client->session = session;
	virtio_rng_init(&client->rng, &ops, client);
	user_timer_init(&client->retry, client->from->world, try_again, client);
	return &client->rng.device;
}

static void close_client(struct virtio_device *device)
{
	struct rng_client *client = (struct rng_client *)device;

	user_timer_stop(&client->retry);
	free(client);
}

struct vhost_service *vhost_rng_service(struct user_world *world, struct fy_rng *rng)
{
	struct rng_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	service->service = (struct vhost_service){ .name = "rng",
						   .dev = rng ? rng->dev : NULL,
						   .open = open_client,
						   .close = close_client };
	service->world = world;
	service->rng = rng;
	return &service->service;
}
