/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class net: a network interface, which sends and receives Ethernet frames. A frame is from the
 * address that it is for to the end of its payload: without preamble and checksum.
 */
#ifndef FERRY_NET_H
#define FERRY_NET_H

#include <ferry/driver.h>

#define FY_NET_ADDRESS 6 /* bytes */
/* bytes: two addresses and a type; the driver fills up what the wire wants more */
#define FY_NET_FRAME_MIN 14
#define FY_NET_FRAME_MAX 1518 /* bytes: those, a VLAN tag, and 1500 of payload */

struct fy_net; /* by the port; part of the driver's state */

/* What a driver offers. */
struct fy_net_ops {
	/*
	 * Somebody uses the interface from now on: frames come in that are for its address, and for
	 * several; and with ALL those for others too, as far as the device can. Returns 0 or an
	 * error; then nobody does. Context: thread.
	 */
	int (*start)(struct fy_device *dev, bool all);
	/*
	 * Nobody does any more: none come in, and what waits to be sent may be dropped. Context:
	 * thread.
	 */
	void (*stop)(struct fy_device *dev);
	/*
	 * Sends the frame of LEN bytes, FY_NET_FRAME_MIN to _MAX, which is the caller's again
	 * afterwards. Returns 0; FY_ERR_AGAIN: there is no room now (it calls fy_net_ready() when
	 * there is); or an error: the frame is lost. Between start and stop alone; never two at
	 * once. It may not wait. Context: any.
	 */
	int (*send)(struct fy_device *dev, const void *frame, size_t len);
};

/*
 * Offers the interface, whose own address is ADDRESS, with its link up. Returns 0,
 * FY_ERR_NO_MEMORY, FY_ERR_INVALID when that is no address of one interface. Context: thread, from
 * probe.
 */
static inline int fy_net_offer(struct fy_device *dev, struct fy_net *net,
			       const uint8_t address[FY_NET_ADDRESS], const struct fy_net_ops *ops);
/*
 * Withdraws it: after it returns no op runs or is called. Stops it first if need be. Context:
 * thread.
 */
static inline void fy_net_withdraw(struct fy_net *net);
/*
 * A frame came in, which is the driver's again afterwards; one that nobody has room for is dropped,
 * and one that is too long or short. Not from within an op. Context: any, one at a time.
 */
static inline void fy_net_received(struct fy_net *net, const void *frame, size_t len);
/* There is room again: who has a frame to send tries again, later. Context: any. */
static inline void fy_net_ready(struct fy_net *net);
/* The link is up, or down. Context: any. */
static inline void fy_net_set_link(struct fy_net *net, bool up);

#include <ferry/port/net.h>

#endif
