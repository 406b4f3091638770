// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench/virtqueue: Ferry's virtqueue takes the frames, copies each out, and gives its chain back.
 * usage: ferry KIND ROUNDS [SOCKET]
 */
#include "ring.h"
#include "virtio/virtio-queue.h"

static struct virtio_memory memory;
static struct virtio_queue queue;
static struct virtio_segment segments[SIZE];
static struct virtio_chain chain = { .segment = segments, .capacity = SIZE };

unsigned take_all(void *device, uint64_t *sum)
{
	unsigned char frame[FRAME];
	unsigned count = 0;

	(void)device;
	while (virtio_queue_pop(&queue, &chain) > 0) {
		virtio_chain_read(&queue, &chain, frame, sizeof(frame));
		virtio_queue_push(&queue, &chain, 0);
		*sum += frame[FRAME - 1];
		if (++count % 32 == 0)
			(void)virtio_queue_should_notify(&queue);
	}
	return count;
}

int main(int argc, char **argv)
{
	unsigned char *bytes = aligned_alloc(4096, MEMORY_SIZE);
	struct virtio_queue_setup setup = { .size = SIZE,
					    .descriptors = GUEST + DESCRIPTORS,
					    .driver = GUEST + DRIVER,
					    .device = GUEST + DEVICE };
	struct ring ring;

	if (argc < 3 || !bytes)
		return 2;
	memset(bytes, 0, MEMORY_SIZE);
	ring = prepare(argv[1], bytes);
	setup.features = ring.features;
	setup.base = virtio_queue_fresh_base(ring.features);
	if (virtio_memory_add(&memory, GUEST, MEMORY_SIZE, bytes) ||
	    virtio_queue_start(&queue, &memory, &setup, NULL, NULL))
		return 1;
	return measure(&ring, NULL, (unsigned)atoi(argv[2]));
}
