/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/net.h>: a network device. What it does is in ports/linux/linux-net.c.
 */
#ifndef FERRY_PORT_NET_H
#define FERRY_PORT_NET_H

struct net_device;

struct fy_net {
	struct net_device *netdev;
};

int fy_linux_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		       const struct fy_net_ops *ops);
void fy_linux_net_withdraw(struct fy_net *net);
void fy_linux_net_received(struct fy_net *net, const void *frame, size_t len);
void fy_linux_net_ready(struct fy_net *net);
void fy_linux_net_set_link(struct fy_net *net, bool up);

static inline int fy_net_offer(struct fy_device *dev, struct fy_net *net,
			       const uint8_t address[FY_NET_ADDRESS], const struct fy_net_ops *ops)
{
	return fy_linux_net_offer(dev, net, address, ops);
}

static inline void fy_net_withdraw(struct fy_net *net)
{
	fy_linux_net_withdraw(net);
}

static inline void fy_net_received(struct fy_net *net, const void *frame, size_t len)
{
	fy_linux_net_received(net, frame, len);
}

static inline void fy_net_ready(struct fy_net *net)
{
	fy_linux_net_ready(net);
}

static inline void fy_net_set_link(struct fy_net *net, bool up)
{
	fy_linux_net_set_link(net, up);
}

#endif
