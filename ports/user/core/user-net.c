// SPDX-License-Identifier: GPL-2.0-only
/* Class net: the interfaces that drivers offer, and who uses them. */
#include <string.h>

#include "list.h"
#include "world.h"

/* ---- For drivers ---- */

int user_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		   const struct fy_net_ops *ops)
{
	static const uint8_t none[FY_NET_ADDRESS];
	int refused = user_refused(dev, USER_NET_OFFER);

	if (refused)
		return refused;
	/* The lowest bit of the first byte is that of multicast addresses. */
	if (address[0] & 1 || !memcmp(address, none, sizeof(none)))
		return FY_ERR_INVALID;
	*net = (struct fy_net){ .dev = dev, .ops = ops, .up = true };
	memcpy(net->address, address, sizeof(net->address));
	list_append(&dev->world->nets, net);
	return 0;
}

void user_net_withdraw(struct fy_net *net)
{
	user_net_stop(net);
	list_remove(&net->dev->world->nets, net);
}

void user_net_received(struct fy_net *net, const void *frame, size_t len)
{
	if (net->user && len >= FY_NET_FRAME_MIN && len <= FY_NET_FRAME_MAX)
		net->user->received(net->user->arg, frame, len);
}

void user_net_ready(struct fy_net *net)
{
	if (net->user)
		net->user->ready(net->user->arg);
}

void user_net_set_link(struct fy_net *net, bool up)
{
	bool changed = net->up != up;

	net->up = up;
	if (changed && net->user)
		net->user->link(net->user->arg, up);
}

/* ---- For outlets ---- */

struct fy_net *user_net_first(struct user_world *w)
{
	return w->nets;
}

int user_net_start(struct fy_net *net, bool promiscuous, const struct user_net_user *user)
{
	struct user_world *w = net->dev->world, *before;
	int error;

	if (net->user)
		return FY_ERR_BUSY;
	before = user_enter(w);
	net->user = user;
	error = net->ops->start(net->dev, promiscuous);
	if (error)
		net->user = NULL;
	user_leave(w, before);
	return error;
}

void user_net_stop(struct fy_net *net)
{
	struct user_world *w = net->dev->world, *before;

	if (!net->user)
		return;
	before = user_enter(w);
	net->user = NULL;
	net->ops->stop(net->dev);
	user_leave(w, before);
}

int user_net_send(struct fy_net *net, const void *frame, size_t len)
{
	struct user_world *w = net->dev->world, *before;
	int error;

	if (!net->user)
		return FY_ERR_GONE;
	before = user_enter(w);
	error = net->ops->send(net->dev, frame, len);
	user_leave(w, before);
	return error;
}
