// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-rng: see virtio-rng.h. */
#include "virtio-rng.h"

enum { DEVICE_ID = 4 };

/* Gives one chain random bytes that nobody has seen, and forgets them. */
static void answer(struct virtio_rng *rng, struct virtio_chain *chain)
{
	unsigned count = chain->to_write < rng->left ? chain->to_write : rng->left;
	unsigned char *bytes = rng->pool + sizeof(rng->pool) - rng->left;

	virtio_chain_write(&rng->device.queue[0], chain, bytes, count);
	__builtin_memset(bytes, 0, count);
	rng->left -= count;
	virtio_device_push(&rng->device, 0, chain);
}

/* Fills the pool, which is empty. The bytes are kept at its end. False: there are none now. */
static bool refill(struct virtio_rng *rng)
{
	long count = rng->ops->fill(rng->arg, rng->pool, sizeof(rng->pool));

	if (count <= 0)
		return false;
	rng->left = (unsigned long)count < sizeof(rng->pool) ? (unsigned)count : sizeof(rng->pool);
	__builtin_memmove(rng->pool + sizeof(rng->pool) - rng->left, rng->pool, rng->left);
	return true;
}

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_rng *rng = (struct virtio_rng *)device;
	struct virtio_chain *chain;

	for (; budget; budget--) {
		if (!rng->left && !refill(rng))
			return VIRTIO_STALLED;
		chain = virtio_device_pop(device, queue);
		if (!chain)
			return VIRTIO_EMPTY;
		answer(rng, chain);
	}
	return VIRTIO_MORE;
}

/* Nothing of what the guest did is kept. */
static void reset(struct virtio_device *device)
{
	(void)device;
}

static const struct virtio_model rng_model = {
	.name = "rng",
	.id = DEVICE_ID,
	.queues = 1,
	.serve = serve,
	.reset = reset,
};

void virtio_rng_init(struct virtio_rng *rng, const struct virtio_rng_ops *ops, void *arg)
{
	*rng = (struct virtio_rng){ .ops = ops, .arg = arg };
	virtio_device_init(&rng->device, &rng_model, NULL, 0);
}

bool virtio_rng_ready(struct virtio_rng *rng)
{
	return virtio_device_run(&rng->device, 0, VIRTIO_DEVICE_QUEUE_SIZE);
}
