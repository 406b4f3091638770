/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * virtio-net (Virtual I/O Device specification 1.3, section 5.1), one pair of queues, no offloads:
 * Ethernet frames both ways.
 */
#ifndef VIRTIO_NET_H
#define VIRTIO_NET_H

#include "virtio-device.h"

enum {
	VIRTIO_NET_F_MAC = 5,
	VIRTIO_NET_F_STATUS = 16,
	VIRTIO_NET_RECEIVE_QUEUE = 0, /* into the guest */
	VIRTIO_NET_TRANSMIT_QUEUE = 1,
};

#define VIRTIO_NET_HEADER    12	  /* bytes before each frame */
#define VIRTIO_NET_FRAME_MIN 14	  /* bytes: addresses and type */
#define VIRTIO_NET_FRAME_MAX 1518 /* bytes: those, a VLAN tag, and 1500 of payload; no checksum */

struct virtio_net_ops {
	/*
	 * Sends the frame of LENGTH bytes. False: no room now; call virtio_net_ready() when there
	 * is.
	 */
	bool (*send)(void *arg, const void *frame, size_t length);
	/*
	 * The guest has buffers for frames again, after virtio_net_receive() refused one. NULL: not
	 * called.
	 */
	void (*room)(void *arg);
};

struct virtio_net {
	struct virtio_device device;
	const struct virtio_net_ops *ops;
	void *arg;
	bool receive_waits; /* a frame was refused */
	/* bytes in `frame` that wait to be sent; their chain was given back */
	unsigned pending;
	/* frames too long, too short, with a header that asks for what was not offered */
	uint64_t dropped;
	unsigned char frame[VIRTIO_NET_FRAME_MAX];
	unsigned char config[12];
};

/*
 * Makes *NET a device with the hardware address MAC, its link up. Then call
 * virtio_device_connect().
 */
void virtio_net_init(struct virtio_net *net, const unsigned char mac[6],
		     const struct virtio_net_ops *ops, void *arg);
/* There is room to send again. Returns true if there is more to do: see virtio_device_run(). */
bool virtio_net_ready(struct virtio_net *net);
/*
 * Passes a frame to the guest. Returns false if the guest has no buffer now: try again later. A
 * frame that is too long or too short is dropped, and the call returns true.
 */
bool virtio_net_receive(struct virtio_net *net, const void *frame, size_t length);
/*
 * Sets the link's state. Returns whether it has changed: then the transport notifies the guest of a
 * configuration change.
 */
bool virtio_net_set_link(struct virtio_net *net, bool up);

#endif
