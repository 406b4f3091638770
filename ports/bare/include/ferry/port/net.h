/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/net.h>: the board's interfaces, whose user is the app (<ferry/app-net.h>).
 * See core/bare-net.c.
 */
#ifndef FERRY_PORT_NET_H
#define FERRY_PORT_NET_H

struct bare_net_user;

struct fy_net {
	struct fy_net *next;
	struct fy_device *dev;
	const struct fy_net_ops *ops;
	uint8_t address[FY_NET_ADDRESS];
	volatile bool up;
	volatile unsigned changes; /* counts changes of the link, and that there is room to send */
	const struct bare_net_user *volatile user; /* NULL: it is not started */
};

int bare_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		   const struct fy_net_ops *ops);
void bare_net_withdraw(struct fy_net *net);
void bare_net_received(struct fy_net *net, const void *frame, size_t len);

static inline int fy_net_offer(struct fy_device *dev, struct fy_net *net,
			       const uint8_t address[FY_NET_ADDRESS], const struct fy_net_ops *ops)
{
	return bare_net_offer(dev, net, address, ops);
}

static inline void fy_net_withdraw(struct fy_net *net)
{
	bare_net_withdraw(net);
}

static inline void fy_net_received(struct fy_net *net, const void *frame, size_t len)
{
	bare_net_received(net, frame, len);
}

static inline void fy_net_ready(struct fy_net *net)
{
	net->changes++;
}

static inline void fy_net_set_link(struct fy_net *net, bool up)
{
	net->up = up;
	net->changes++;
}

#endif
