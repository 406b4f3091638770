// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class net: the board's interfaces, by the name of their device; the app is who uses them. */
#include <ferry/app-net.h>

#include "core.h"
#include "list.h"

static struct fy_net *interfaces;

int bare_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		   const struct fy_net_ops *ops)
{
	uint8_t any = 0;

	*net = (struct fy_net){ .dev = dev, .ops = ops, .up = true };
	for (unsigned i = 0; i < FY_NET_ADDRESS; i++)
		any |= net->address[i] = address[i];
	/* The lowest bit of the first byte is that of multicast addresses. */
	if (!any || address[0] & 1)
		return FY_ERR_INVALID;
	list_append(&interfaces, net);
	return 0;
}

static void stop(struct fy_net *net)
{
	if (!net->user)
		return;
	net->user = NULL;
	net->ops->stop(net->dev);
}

void bare_net_withdraw(struct fy_net *net)
{
	list_remove(&interfaces, net);
	stop(net);
}

void bare_net_received(struct fy_net *net, const void *frame, size_t len)
{
	const struct bare_net_user *user = net->user;

	if (user && len >= FY_NET_FRAME_MIN && len <= FY_NET_FRAME_MAX)
		user->received(user->arg, frame, len);
}

/* ---- For the app. ---- */

struct fy_net *fy_net_find(const char *name)
{
	struct fy_net *net = interfaces;

	while (net && name && !bare_device_is(net->dev, name))
		net = net->next;
	return net;
}

int fy_net_start(const char *name, bool promiscuous, const struct bare_net_user *user)
{
	struct fy_net *net = fy_net_find(name);
	int rc;

	if (!net)
		return FY_ERR_NOT_FOUND;
	if (net->user)
		return FY_ERR_BUSY;
	net->user = user;
	rc = net->ops->start(net->dev, promiscuous);
	if (rc)
		net->user = NULL;
	return rc;
}

void fy_net_stop(const char *name)
{
	struct fy_net *net = fy_net_find(name);

	if (net)
		stop(net);
}

int fy_net_send(const char *name, const void *frame, size_t len)
{
	struct fy_net *net = fy_net_find(name);

	if (!net)
		return FY_ERR_NOT_FOUND;
	if (len < FY_NET_FRAME_MIN || len > FY_NET_FRAME_MAX)
		return FY_ERR_INVALID;
	while (net->user) {
		const unsigned changes = net->changes;
		const int rc = net->ops->send(net->dev, frame, len);

		if (rc != FY_ERR_AGAIN)
			return rc;
		bare_wait_unless(&net->changes, changes);
	}
	return FY_ERR_GONE;
}
