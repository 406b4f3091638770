/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class net as virtio-net. Front ends and the driver's interface are on a switch: a frame goes to
 * the one front end that its address was last seen at, else to all and to the interface. The first
 * front end has the interface's address, further ones addresses made from it.
 */
#ifndef SERVICES_NET_SERVICE_H
#define SERVICES_NET_SERVICE_H

#include <ferry/net.h>

#include "service.h"

struct net_service;
struct net_client;

/* By the port: an interface that nobody else uses. */
struct net_service_ops {
	/*
	 * The service uses NET from now on, and gets all frames, whoever they are for. The port
	 * calls net_service_received() and so on, from then until `stop`. Returns 0 or an error.
	 */
	int (*start)(struct net_service *service, struct fy_net *net);
	void (*stop)(struct net_service *service, struct fy_net *net);
	/* As the op of class net. */
	int (*send)(struct fy_net *net, const void *frame, size_t length);
	bool (*link_is_up)(const struct fy_net *net);
};

struct net_service {
	struct service service;
	struct fy_net *net;
	uint8_t address[FY_NET_ADDRESS];
	const struct net_service_ops *ops;
	struct net_client *clients;
};

/* Makes *SERVICE one for NET, which DEV offers with ADDRESS. */
void net_service_init(struct net_service *service, struct fy_device *dev, struct fy_net *net,
		      const uint8_t address[FY_NET_ADDRESS], const struct net_service_ops *ops);

/*
 * What the interface does. They may be called from within the driver's handlers: the driver is not
 * called back.
 */
void net_service_received(struct net_service *service, const void *frame, size_t length);
/* There is room to send again. */
void net_service_ready(struct net_service *service);
void net_service_set_link(struct net_service *service, bool up);

#endif
