/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/net.h>: the world's list of interfaces, each with its user. See
 * core/user-net.c.
 */
#ifndef FERRY_PORT_NET_H
#define FERRY_PORT_NET_H

struct user_net_user;

struct fy_net {
	struct fy_net *next;
	struct fy_device *dev;
	const struct fy_net_ops *ops;
	uint8_t address[FY_NET_ADDRESS];
	bool up;
	const struct user_net_user *user; /* NULL: nobody */
};

int user_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		   const struct fy_net_ops *ops);
void user_net_withdraw(struct fy_net *net);
void user_net_received(struct fy_net *net, const void *frame, size_t len);
void user_net_ready(struct fy_net *net);
void user_net_set_link(struct fy_net *net, bool up);

static inline int fy_net_offer(struct fy_device *dev, struct fy_net *net,
			       const uint8_t address[FY_NET_ADDRESS], const struct fy_net_ops *ops)
{
	return user_net_offer(dev, net, address, ops);
}

static inline void fy_net_withdraw(struct fy_net *net)
{
	user_net_withdraw(net);
}

static inline void fy_net_received(struct fy_net *net, const void *frame, size_t len)
{
	user_net_received(net, frame, len);
}

static inline void fy_net_ready(struct fy_net *net)
{
	user_net_ready(net);
}

static inline void fy_net_set_link(struct fy_net *net, bool up)
{
	user_net_set_link(net, up);
}

#endif
