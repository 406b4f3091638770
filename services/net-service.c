// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class net as virtio-net. Front ends and the driver's interface are on a switch: a frame goes to
 * the one front end that its address was last seen at, else to all and to the interface. Who has no
 * room for a frame misses it; the interface's lack of room is waited for.
 */
#include <stdlib.h>
#include <string.h>

#include "vhost/services.h"
#include "virtio/virtio-net.h"

enum { TO = 0, FROM = FY_NET_ADDRESS }; /* offsets in a frame */

struct net_client;

struct net_service {
	struct vhost_service service;
	struct fy_net *net;
	struct user_net_user user;
	struct net_client *clients;
	struct fy_timer again; /* those that wait to send go on */
};

struct net_client {
	struct virtio_net net; /* first */
	struct net_service *from;
	struct vhost_session *session;
	struct net_client *next;
	unsigned number;
	uint8_t address[FY_NET_ADDRESS]; /* that it was last seen with */
};

/* ---- The switch ---- */

static bool is_for_several(const uint8_t *address)
{
	return address[0] & 1;
}

static struct net_client *find_client(const struct net_service *service, const uint8_t *address)
{
	struct net_client *client = service->clients;

	while (client && memcmp(client->address, address, FY_NET_ADDRESS) != 0)
		client = client->next;
	return client;
}

/* Hands a frame to all front ends but NOT. */
static void hand_to_all(struct net_service *service, const struct net_client * not,
			const void *frame, size_t length)
{
	for (struct net_client *client = service->clients; client; client = client->next)
		if (client != not )
			virtio_net_receive(&client->net, frame, length);
}

static bool send_frame(void *arg, const void *frame, size_t length)
{
	struct net_client *client = arg, *to;
	const uint8_t *bytes = frame;

	if (!is_for_several(bytes + FROM))
		memcpy(client->address, bytes + FROM, FY_NET_ADDRESS);
	to = find_client(client->from, bytes + TO);
	if (to) {
		if (to != client)
			virtio_net_receive(&to->net, frame, length);
		return true;
	}
	if (user_net_send(client->from->net, frame, length) == FY_ERR_AGAIN)
		return false;
	hand_to_all(client->from, client, frame, length);
	return true;
}

static const struct virtio_net_ops ops = { .send = send_frame };

/* ---- The interface ---- */

static void received(void *arg, const void *frame, size_t length)
{
	struct net_service *service = arg;
	struct net_client *to = find_client(service, (const uint8_t *)frame + TO);

	if (to)
		virtio_net_receive(&to->net, frame, length);
	else
		hand_to_all(service, NULL, frame, length);
}

static void ready(void *arg)
{
	struct net_service *service = arg;

	user_timer_start(&service->again, 0);
}

static uint64_t send_again(void *arg, uint64_t due)
{
	struct net_service *service = arg;

	for (struct net_client *client = service->clients; client; client = client->next)
		if (virtio_net_ready(&client->net))
			vhost_session_more(client->session, VIRTIO_NET_TRANSMIT_QUEUE);
	return FY_TIMER_STOP;
}

static void link_changed(void *arg, bool up)
{
	struct net_service *service = arg;

	for (struct net_client *client = service->clients; client; client = client->next)
		if (virtio_net_set_link(&client->net, up))
			vhost_session_config_changed(client->session);
}

/* ---- Front ends ---- */

static unsigned free_number(const struct net_service *service)
{
	unsigned number = 0;

	for (const struct net_client *client = service->clients; client;)
		if (client->number == number) {
			number++;
			client = service->clients;
		} else {
			client = client->next;
		}
	return number;
}

/*
 * The interface's own address for the first; others get local ones, which differ from it in the
 * last byte, too.
 */
static void make_address(struct net_client *client)
{
	enum { LOCAL = 2 };

	memcpy(client->address, client->from->net->address, FY_NET_ADDRESS);
	if (!client->number)
		return;
	client->address[0] |= LOCAL;
	client->address[FY_NET_ADDRESS - 1] =
		(uint8_t)(client->address[FY_NET_ADDRESS - 1] + client->number);
}

static struct virtio_device *open_client(struct vhost_service *at, struct vhost_session *session)
{
	struct net_service *service = (struct net_service *)at;
	struct net_client *client = calloc(1, sizeof(*client));

	if (!client)
		return NULL;
	if (!service->clients && user_net_start(service->net, true, &service->user)) {
		user_log(service->net->dev, USER_LOG_ERROR, "the interface does not start");
		free(client);
		return NULL;
	}
	client->from = service;
	client->session = session;
	client->number = free_number(service);
	make_address(client);
	virtio_net_init(&client->net, client->address, &ops, client);
	virtio_net_set_link(&client->net, service->net->up);
	client->next = service->clients;
	service->clients = client;
	return &client->net.device;
}

static void close_client(struct virtio_device *device)
{
	struct net_client *client = (struct net_client *)device, **at = &client->from->clients;

	while (*at != client)
		at = &(*at)->next;
	*at = client->next;
	if (!client->from->clients) {
		user_net_stop(client->from->net);
		user_timer_stop(&client->from->again);
	}
	free(client);
}

struct vhost_service *vhost_net_service(struct user_world *world, struct fy_net *net)
{
	struct net_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	service->service = (struct vhost_service){
		.name = "net", .dev = net->dev, .open = open_client, .close = close_client
	};
	service->net = net;
	service->user = (struct user_net_user){ received, ready, link_changed, service };
	user_timer_init(&service->again, world, send_again, service);
	return &service->service;
}
