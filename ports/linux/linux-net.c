// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class net: a network device, ethN. It has one queue, which stops while the driver has
 * no room. What is received goes to the kernel's backlog, from any context.
 */
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <ferry/net.h>

#include "kernel-compat.h"
#include "linux-error.h"

struct interface {
	struct fy_device *dev;
	const struct fy_net_ops *ops;
};

static bool is_promiscuous(const struct net_device *netdev)
{
	return netdev->flags & IFF_PROMISC;
}

static int net_open(struct net_device *netdev)
{
	struct interface *own = netdev_priv(netdev);
	int rc = own->ops->start(own->dev, is_promiscuous(netdev));

	if (rc)
		return fy_error_to_errno(rc);
	netif_start_queue(netdev);
	return 0;
}

/* Nothing is being sent once the queue is disabled. */
static int net_stop(struct net_device *netdev)
{
	struct interface *own = netdev_priv(netdev);

	netif_tx_disable(netdev);
	own->ops->stop(own->dev);
	return 0;
}

/*
 * The driver may have got room, and said so, between the two: so after the queue has stopped it is
 * asked once more.
 */
static int send(struct net_device *netdev, const struct sk_buff *skb)
{
	struct interface *own = netdev_priv(netdev);
	int rc = own->ops->send(own->dev, skb->data, skb->len);

	if (rc != FY_ERR_AGAIN)
		return rc;
	netif_stop_queue(netdev);
	smp_mb();
	rc = own->ops->send(own->dev, skb->data, skb->len);
	if (rc != FY_ERR_AGAIN)
		netif_start_queue(netdev);
	return rc;
}

static netdev_tx_t net_xmit(struct sk_buff *skb, struct net_device *netdev)
{
	int rc = FY_ERR_INVALID;

	if (skb->len >= FY_NET_FRAME_MIN && skb->len <= FY_NET_FRAME_MAX)
		rc = send(netdev, skb);
	if (rc == FY_ERR_AGAIN)
		return NETDEV_TX_BUSY;
	if (rc) {
		netdev->stats.tx_errors++;
	} else {
		netdev->stats.tx_packets++;
		netdev->stats.tx_bytes += skb->len;
	}
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

/* The driver learns at its start what it is to receive. */
static void net_change_flags(struct net_device *netdev, int changed)
{
	struct interface *own = netdev_priv(netdev);

	if (!(changed & IFF_PROMISC) || !netif_running(netdev))
		return;
	netif_tx_disable(netdev);
	own->ops->stop(own->dev);
	if (own->ops->start(own->dev, is_promiscuous(netdev))) {
		netdev_err(netdev, "it does not start again\n");
		netif_carrier_off(netdev);
		return;
	}
	netif_wake_queue(netdev);
}

static const struct net_device_ops netdev_ops = {
	.ndo_open = net_open,
	.ndo_stop = net_stop,
	.ndo_start_xmit = net_xmit,
	.ndo_change_rx_flags = net_change_flags,
	.ndo_validate_addr = eth_validate_addr,
};

static void get_drvinfo(struct net_device *netdev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, KBUILD_MODNAME, sizeof(info->driver));
}

static const struct ethtool_ops ethtool_ops = {
	.get_drvinfo = get_drvinfo,
	.get_link = ethtool_op_get_link,
};

int fy_linux_net_offer(struct fy_device *dev, struct fy_net *net, const uint8_t *address,
		       const struct fy_net_ops *ops)
{
	struct net_device *netdev;
	struct interface *own;
	int rc;

	if (!is_valid_ether_addr(address))
		return FY_ERR_INVALID;
	netdev = alloc_etherdev(sizeof(*own));
	if (!netdev)
		return FY_ERR_NO_MEMORY;
	own = netdev_priv(netdev);
	own->dev = dev;
	own->ops = ops;
	fy_eth_hw_addr_set(netdev, address);
	netdev->netdev_ops = &netdev_ops;
	netdev->ethtool_ops = &ethtool_ops;
	netdev->max_mtu = ETH_DATA_LEN;
	SET_NETDEV_DEV(netdev, dev->dev);
	netif_carrier_on(netdev);
	net->netdev = netdev;
	rc = register_netdev(netdev);
	if (rc) {
		net->netdev = NULL;
		free_netdev(netdev);
	}
	return fy_error_from_errno(rc);
}

void fy_linux_net_withdraw(struct fy_net *net)
{
	unregister_netdev(net->netdev); /* stops it */
	free_netdev(net->netdev);
	net->netdev = NULL;
}

/* Before 5.18 the backlog wants softirqs off, which they are in a handler. */
static void pass_on(struct sk_buff *skb)
{
	if (irqs_disabled()) {
		netif_rx(skb);
		return;
	}
	local_bh_disable();
	netif_rx(skb);
	local_bh_enable();
}

void fy_linux_net_received(struct fy_net *net, const void *frame, size_t len)
{
	struct net_device *netdev = net->netdev;
	struct sk_buff *skb;

	if (!netif_running(netdev))
		return;
	if (len < FY_NET_FRAME_MIN || len > FY_NET_FRAME_MAX) {
		netdev->stats.rx_length_errors++;
		netdev->stats.rx_errors++;
		return;
	}
	skb = netdev_alloc_skb_ip_align(netdev, len);
	if (!skb) {
		netdev->stats.rx_dropped++;
		return;
	}
	skb_put_data(skb, frame, len);
	skb->protocol = eth_type_trans(skb, netdev);
	netdev->stats.rx_packets++;
	netdev->stats.rx_bytes += len;
	pass_on(skb);
}

void fy_linux_net_ready(struct fy_net *net)
{
	if (netif_running(net->netdev))
		netif_wake_queue(net->netdev);
}

void fy_linux_net_set_link(struct fy_net *net, bool up)
{
	if (up)
		netif_carrier_on(net->netdev);
	else
		netif_carrier_off(net->netdev);
}
