// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class net as virtio-net: see net-service.h. A frame for a guest without a buffer is dropped and
 * counted. When the interface has no room, the guest's frames wait.
 */
#include "net-service.h"

#include "virtio/virtio-net.h"

enum { DESTINATION = 0, SOURCE = FY_NET_ADDRESS }; /* offsets in a frame */

struct net_client {
	struct virtio_net net; /* first */
	struct net_service *from;
	struct service_session *session;
	struct net_client *next;
	unsigned number;
	uint32_t dropped;		 /* frames that its guest had no buffer for */
	uint8_t address[FY_NET_ADDRESS]; /* that it was last seen with */
};

/* ---- The switch ---- */

static bool is_multicast(const uint8_t *address)
{
	return address[0] & 1;
}

static struct net_client *find_client(const struct net_service *service, const uint8_t *address)
{
	struct net_client *client = service->clients;

	while (client && __builtin_memcmp(client->address, address, FY_NET_ADDRESS) != 0)
		client = client->next;
	return client;
}

static void hand_to(struct net_client *client, const void *frame, size_t length)
{
	if (!virtio_net_receive(&client->net, frame, length) && client->dropped < UINT32_MAX)
		client->dropped++;
}

/* Hands a frame to all front ends but EXCEPT. */
static void flood(struct net_service *service, const struct net_client *except, const void *frame,
		  size_t length)
{
	for (struct net_client *client = service->clients; client; client = client->next)
		if (client != except)
			hand_to(client, frame, length);
}

static bool send_frame(void *arg, const void *frame, size_t length)
{
	struct net_client *client = arg, *to;
	const uint8_t *bytes = frame;

	if (!is_multicast(bytes + SOURCE))
		__builtin_memcpy(client->address, bytes + SOURCE, FY_NET_ADDRESS);
	to = find_client(client->from, bytes + DESTINATION);
	if (to) {
		if (to != client)
			hand_to(to, frame, length);
		return true;
	}
	if (client->from->ops->send(client->from->net, frame, length) == FY_ERR_AGAIN)
		return false;
	flood(client->from, client, frame, length);
	return true;
}

static const struct virtio_net_ops ops = { .send = send_frame };

/* ---- The interface ---- */

void net_service_received(struct net_service *service, const void *frame, size_t length)
{
	struct net_client *to = find_client(service, (const uint8_t *)frame + DESTINATION);

	if (to)
		hand_to(to, frame, length);
	else
		flood(service, NULL, frame, length);
}

void net_service_ready(struct net_service *service)
{
	for (struct net_client *client = service->clients; client; client = client->next)
		client->session->ops->more(client->session, VIRTIO_NET_TRANSMIT_QUEUE);
}

void net_service_set_link(struct net_service *service, bool up)
{
	for (struct net_client *client = service->clients; client; client = client->next)
		if (virtio_net_set_link(&client->net, up))
			client->session->ops->config_changed(client->session);
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

	__builtin_memcpy(client->address, client->from->address, FY_NET_ADDRESS);
	if (!client->number)
		return;
	client->address[0] |= LOCAL;
	client->address[FY_NET_ADDRESS - 1] =
		(uint8_t)(client->address[FY_NET_ADDRESS - 1] + client->number);
}

static struct virtio_device *open_client(struct service *at, struct service_session *session,
					 void *memory)
{
	struct net_service *service = (struct net_service *)at;
	struct net_client *client = memory;

	if (!service->clients && service->ops->start(service, service->net)) {
		fy_error(service->service.dev, "the interface does not start");
		return NULL;
	}
	client->from = service;
	client->session = session;
	client->number = free_number(service);
	make_address(client);
	virtio_net_init(&client->net, client->address, &ops, client);
	virtio_net_set_link(&client->net, service->ops->link_is_up(service->net));
	client->next = service->clients;
	service->clients = client;
	return &client->net.device;
}

static void close_client(struct virtio_device *device)
{
	struct net_client *client = (struct net_client *)device;
	struct net_service *service = client->from;
	struct net_client **at = &service->clients;

	if (client->dropped && service->service.dev)
		fy_info(service->service.dev,
			"guest %u missed %u frames, for which it had no buffers",
			client->number + 1, (unsigned)client->dropped);
	while (*at != client)
		at = &(*at)->next;
	*at = client->next;
	if (!service->clients)
		service->ops->stop(service, service->net);
}

void net_service_init(struct net_service *service, struct fy_device *dev, struct fy_net *net,
		      const uint8_t address[FY_NET_ADDRESS], const struct net_service_ops *port)
{
	*service = (struct net_service){
		.service = {
			.name = "net",
			.dev = dev,
			.session_size = sizeof(struct net_client),
			.open = open_client,
			.close = close_client,
		},
		.net = net,
		.ops = port,
	};
	__builtin_memcpy(service->address, address, FY_NET_ADDRESS);
}
