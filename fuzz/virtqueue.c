// SPDX-License-Identifier: GPL-2.0-only
/*
 * Split and packed rings under a hostile guest: what is popped lies within memory, and counts
 * agree.
 */
#include "virtio-guest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SEGMENTS 12
#define KEPT	 4

static struct virtio_queue queue;
static struct ring ring;
static struct virtio_segment segments[KEPT][SEGMENTS];
static struct virtio_chain chain[KEPT];
static bool held[KEPT];

static void check(bool good)
{
	if (!good)
		abort();
}

/* Every byte of a chain is in memory that is there now. */
static void check_chain(const struct virtio_chain *c)
{
	uint64_t readable = 0, writable = 0;

	check(c->readable + c->writable <= SEGMENTS);
	for (unsigned i = 0; i < (unsigned)c->readable + c->writable; i++) {
		const struct virtio_segment *segment = &c->segment[i];
		size_t n;

		check(segment->length);
		check(virtio_memory_at(&memory, segment->address, segment->length, &n) ==
		      segment->base);
		check(n == segment->length);
		*(i < c->readable ? &readable : &writable) += n;
	}
	check(readable == c->to_read && writable == c->to_write);
	check(queue.in_flight <= queue.size && c->slots && c->slots <= queue.size);
}

static void pop(unsigned i)
{
	int popped;

	if (held[i])
		return;
	popped = virtio_queue_pop(&queue, &chain[i]);
	check(popped < 0 ? !virtio_queue_usable(&queue) : virtio_queue_usable(&queue));
	held[i] = popped > 0;
	if (held[i])
		check_chain(&chain[i]);
}

/* Uses a chain, which may have lost its memory: reads and writes it in pieces and gives it back. */
static void use(struct input *in, unsigned i)
{
	unsigned char bytes[64];
	unsigned piece = take8(in) % sizeof(bytes) + 1;
	uint32_t before = chain[i].to_write;

	if (!held[i])
		return;
	if (piece > 56)
		set_region(piece % REGIONS, false);
	while (virtio_chain_read(&queue, &chain[i], bytes, piece) == piece)
		continue;
	memset(bytes, piece, sizeof(bytes));
	while (virtio_chain_write(&queue, &chain[i], bytes, piece) == piece)
		continue;
	check(chain[i].written + chain[i].to_write == before);
	check(!virtio_queue_usable(&queue) || (!chain[i].to_read && !chain[i].to_write));
	virtio_queue_push(&queue, &chain[i], chain[i].written);
	held[i] = false;
}

static void keep(unsigned i)
{
	static struct virtio_segment two[2];
	struct virtio_chain kept;

	if (!held[i])
		return;
	virtio_chain_keep(&kept, two, 2, &chain[i]);
	check(kept.to_write <= chain[i].to_write && kept.writable <= 2 && !kept.to_read);
	virtio_chain_write(&queue, &kept, "kept", 4);
	virtio_queue_push(&queue, &kept, kept.written);
	held[i] = false;
}

/* The record of chains in flight is as bad as the guest. */
static bool again(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots)
{
	static unsigned char copy[16 * 4];
	struct input *in = arg;

	if (!in->size)
		return false;
	*id = take8(in) % 20;
	*slots = take8(in) % 5;
	(void)virtio_memory_read(&memory, FIRST + REGION_SIZE, copy, sizeof(copy));
	*descriptors = *slots == 4 ? NULL : copy;
	return take8(in) & 1;
}

static const struct virtio_tracker tracker = { .again = again };

static void start(struct input *in, uint32_t base, bool resume)
{
	uint8_t flags = take8(in);
	struct virtio_queue_setup setup = {
		.descriptors = ring.descriptors,
		.driver = ring.driver,
		.device = ring.device,
		.size = ring.size,
		.base = base,
		.resume = resume,
		.features = (ring.packed ? VIRTIO_FEATURE(VIRTIO_F_RING_PACKED) : 0) |
			    (flags & 1 ? VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX) : 0) |
			    (flags & 2 ? 0 : VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC)),
	};

	if (flags & 0x80)
		setup.descriptors = take_address(in);
	if (flags & 0x40)
		setup.driver = take_address(in);
	if (flags & 0x20)
		setup.device = take_address(in);
	if (flags & 0x10)
		setup.again = take8(in) % 20;
	if (!resume)
		memset(held, 0, sizeof(held));
	(void)virtio_queue_start(&queue, &memory, &setup, flags & 0x18 ? &tracker : NULL, in);
}

static void act(struct input *in)
{
	uint8_t action = take8(in), i = (action >> 4) % KEPT;
	uint32_t base;

	switch (action % 14) {
	case 0:
	case 1:
		act_descriptor(in, &ring, ring.descriptors);
		break;
	case 2:
		/* an indirect table */
		act_descriptor(in, &ring, FIRST + REGION_SIZE + 16 * (i + 1));
		break;
	case 3:
	case 4:
		act_available(in, &ring);
		break;
	case 5:
		act_poke(in);
		break;
	case 6:
	case 7:
		pop(i);
		break;
	case 8:
		use(in, i);
		break;
	case 9:
		keep(i);
		break;
	case 10:
		virtio_queue_disable_notify(&queue);
		(void)virtio_queue_enable_notify(&queue);
		(void)virtio_queue_should_notify(&queue);
		break;
	case 11:
		set_region(action % REGIONS, take8(in) & 1);
		break;
	case 12:
		start(in, virtio_queue_stop(&queue), true);
		break;
	default:
		(void)virtio_queue_stop(&queue);
		base = take8(in);
		base |= (uint32_t)take16(in) << 15;
		start(in,
		      i ? virtio_queue_fresh_base(
				  ring.packed ? VIRTIO_FEATURE(VIRTIO_F_RING_PACKED) : 0) :
			  base,
		      false);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	uint8_t kind = take8(&in);

	start_memory();
	memset(&queue, 0, sizeof(queue));
	for (unsigned i = 0; i < KEPT; i++) {
		held[i] = false;
		virtio_chain_init(&chain[i], segments[i], SEGMENTS);
	}
	ring = ring_at(0, kind & 1 ? 1 + (kind >> 4) : 1 << (kind >> 5) % 5, kind & 1);
	start(&in, virtio_queue_fresh_base(ring.packed ? VIRTIO_FEATURE(VIRTIO_F_RING_PACKED) : 0),
	      false);
	while (in.size)
		act(&in);
	return 0;
}
