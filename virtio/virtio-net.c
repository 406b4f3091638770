// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-net: see virtio-net.h. */
#include "virtio-net.h"

enum { DEVICE_ID = 1 };
/* Offsets in the header before a frame, and in the configuration. */
enum { HEADER_FLAGS = 0, HEADER_GSO_TYPE = 1, HEADER_BUFFERS = 10 };
enum { CONFIG_MAC = 0, CONFIG_STATUS = 6 };
enum { STATUS_LINK_UP = 1 };

static bool good_length(size_t length)
{
	return length >= VIRTIO_NET_FRAME_MIN && length <= VIRTIO_NET_FRAME_MAX;
}

/* Takes the frame out of a chain. Returns its length; 0: it is not one to send. */
static unsigned take_frame(struct virtio_net *net, struct virtio_chain *chain)
{
	struct virtio_queue *queue = &net->device.queue[VIRTIO_NET_TRANSMIT_QUEUE];
	unsigned char header[VIRTIO_NET_HEADER];
	unsigned length;

	if (virtio_chain_read(queue, chain, header, sizeof(header)) < sizeof(header))
		return 0;
	length = chain->to_read;
	if (header[HEADER_FLAGS] || header[HEADER_GSO_TYPE] || !good_length(length))
		return 0;
	return virtio_chain_read(queue, chain, net->frame, length) == length ? length : 0;
}

static enum virtio_progress transmit(struct virtio_net *net, unsigned budget)
{
	struct virtio_chain *chain;

	for (; budget; budget--) {
		if (net->pending && !net->ops->send(net->arg, net->frame, net->pending))
			return VIRTIO_STALLED;
		net->pending = 0;
		chain = virtio_device_pop(&net->device, VIRTIO_NET_TRANSMIT_QUEUE);
		if (!chain)
			return VIRTIO_EMPTY;
		net->pending = take_frame(net, chain);
		net->dropped += !net->pending;
		virtio_device_push(&net->device, VIRTIO_NET_TRANSMIT_QUEUE, chain);
	}
	return VIRTIO_MORE;
}

/* The guest gave buffers for frames. They stay in the ring until there is one. */
static enum virtio_progress receive(struct virtio_net *net)
{
	if (net->receive_waits) {
		net->receive_waits = false;
		if (net->ops->room)
			net->ops->room(net->arg);
	}
	return VIRTIO_STALLED;
}

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_net *net = (struct virtio_net *)device;

	return queue == VIRTIO_NET_TRANSMIT_QUEUE ? transmit(net, budget) : receive(net);
}

static void reset(struct virtio_device *device)
{
	struct virtio_net *net = (struct virtio_net *)device;

	net->receive_waits = false;
	net->pending = 0;
}

static const struct virtio_model net_model = {
	.name = "net",
	.id = DEVICE_ID,
	.queues = 2,
	.features = VIRTIO_FEATURE(VIRTIO_NET_F_MAC) | VIRTIO_FEATURE(VIRTIO_NET_F_STATUS),
	.serve = serve,
	.reset = reset,
};

void virtio_net_init(struct virtio_net *net, const unsigned char mac[6],
		     const struct virtio_net_ops *ops, void *arg)
{
	*net = (struct virtio_net){ .ops = ops, .arg = arg };
	__builtin_memcpy(net->config + CONFIG_MAC, mac, 6);
	net->config[CONFIG_STATUS] = STATUS_LINK_UP;
	virtio_device_init(&net->device, &net_model, net->config, sizeof(net->config));
}

bool virtio_net_ready(struct virtio_net *net)
{
	return virtio_device_run(&net->device, VIRTIO_NET_TRANSMIT_QUEUE, VIRTIO_DEVICE_QUEUE_SIZE);
}

bool virtio_net_receive(struct virtio_net *net, const void *frame, size_t length)
{
	struct virtio_queue *queue = &net->device.queue[VIRTIO_NET_RECEIVE_QUEUE];
	const unsigned char header[VIRTIO_NET_HEADER] = { [HEADER_BUFFERS] = 1 };
	struct virtio_chain *chain;

	if (!good_length(length)) {
		net->dropped++;
		return true;
	}
	chain = virtio_device_pop(&net->device, VIRTIO_NET_RECEIVE_QUEUE);
	if (!chain && virtio_queue_enable_notify(queue))
		chain = virtio_device_pop(&net->device, VIRTIO_NET_RECEIVE_QUEUE);
	net->receive_waits = !chain;
	if (chain && chain->to_write >= VIRTIO_NET_HEADER + length) {
		virtio_chain_write(queue, chain, header, sizeof(header));
		virtio_chain_write(queue, chain, frame, length);
	} else if (chain) {
		net->dropped++;
	}
	if (chain)
		virtio_device_push(&net->device, VIRTIO_NET_RECEIVE_QUEUE, chain);
	virtio_device_announce(&net->device, VIRTIO_NET_RECEIVE_QUEUE);
	return chain;
}

bool virtio_net_set_link(struct virtio_net *net, bool up)
{
	unsigned char status = up ? STATUS_LINK_UP : 0;
	bool changed = net->config[CONFIG_STATUS] != status;

	net->config[CONFIG_STATUS] = status;
	return changed;
}
