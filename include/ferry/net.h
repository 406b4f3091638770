/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class net: a network interface, which sends and receives Ethernet frames. A frame starts with its
 * destination address and ends with its payload: no preamble, no checksum.
 */
#ifndef FERRY_NET_H
#define FERRY_NET_H

#include <ferry/driver.h>

#define FY_NET_ADDRESS 6 /* bytes */
/* bytes: two addresses and a type; the driver pads frames to the minimum of the wire */
#define FY_NET_FRAME_MIN 14
#define FY_NET_FRAME_MAX 1518 /* bytes: those, a VLAN tag, and 1500 of payload */

struct fy_net; /* by the port; part of the driver's state */

/* What a driver offers. */
struct fy_net_ops {
	/*
	 * Starts receiving and sending: the driver receives unicast frames to the interface's
	 * address, and multicast and broadcast frames. With PROMISCUOUS it receives unicast frames
	 * to other addresses, too, if the device supports that. Returns 0, or an error; then the
	 * interface is not started. Context: thread.
	 */
	int (*start)(struct fy_device *dev, bool promiscuous);
	/*
	 * Stops receiving and sending. Frames that wait to be sent may be dropped. Context: thread.
	 */
	void (*stop)(struct fy_device *dev);
	/*
	 * Sends the frame of LEN bytes, FY_NET_FRAME_MIN to _MAX; the caller owns it again after
	 * the call. Returns 0; FY_ERR_AGAIN: there is no room now (the driver calls fy_net_ready()
	 * when there is); or an error: the frame is lost. Called between start and stop only, never
	 * twice at the same time. It may not wait. Context: any.
	 */
	int (*send)(struct fy_device *dev, const void *frame, size_t len);
};

/*
 * Offers the interface, whose own address is ADDRESS, with its link up. Returns 0,
 * FY_ERR_NO_MEMORY, FY_ERR_INVALID when ADDRESS is not a unicast address. Context: thread, from
 * probe.
 */
static inline int fy_net_offer(struct fy_device *dev, struct fy_net *net,
			       const uint8_t address[FY_NET_ADDRESS], const struct fy_net_ops *ops);
/*
 * Withdraws the interface, and stops it first if it is started: after it returns no op runs or is
 * called. Context: thread.
 */
static inline void fy_net_withdraw(struct fy_net *net);
/*
 * Passes a received frame to the user of the interface; the driver owns it again after the call.
 * The frame is dropped if there is no room for it, or if it is too long or too short. Not from
 * within an op. Context: any, one at a time.
 */
static inline void fy_net_received(struct fy_net *net, const void *frame, size_t len);
/* There is room to send again: users that have a frame try again, later. Context: any. */
static inline void fy_net_ready(struct fy_net *net);
/* The link is up, or down. Context: any. */
static inline void fy_net_set_link(struct fy_net *net, bool up);

#include <ferry/port/net.h>

#endif
