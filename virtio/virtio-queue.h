/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A virtqueue as the device sees it (Virtual I/O Device specification 1.3, sections 2.6 to 2.8):
 * split and packed rings, indirect descriptors, event index. It knows no transport: the transport
 * starts the queue with the guest's addresses; a device model pops chains and pushes them back, and
 * decides when the guest has to be notified.
 *
 * Nothing that a guest writes is trusted. Each word of a ring or a descriptor is read once, and the
 * copy is checked. A guest that violates the rules breaks its queue: `fault` has the reason, pop
 * returns no more chains, and nothing is written any more, until the queue is stopped and started
 * again.
 */
#ifndef VIRTIO_QUEUE_H
#define VIRTIO_QUEUE_H

#include "virtio-memory.h"

#define VIRTIO_QUEUE_SIZE_MAX 32768

/* Feature bits that concern queues, as numbers of bits. */
enum {
	VIRTIO_F_INDIRECT_DESC = 28,
	VIRTIO_F_EVENT_IDX = 29,
	VIRTIO_F_VERSION_1 = 32,
	VIRTIO_F_RING_PACKED = 34,
};
#define VIRTIO_FEATURE(bit) (UINT64_C(1) << (bit))
#define VIRTIO_QUEUE_FEATURES                                                          \
	(VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC) | VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX) | \
	 VIRTIO_FEATURE(VIRTIO_F_VERSION_1) | VIRTIO_FEATURE(VIRTIO_F_RING_PACKED))

/* What a guest did wrong. */
enum virtio_fault {
	VIRTIO_FAULT_NONE,
	VIRTIO_FAULT_RING_GONE,	      /* a ring is no longer in memory */
	VIRTIO_FAULT_AVAILABLE_INDEX, /* it ran backwards, or further than the queue is long */
	VIRTIO_FAULT_HEAD,	      /* a chain starts outside the descriptor table */
	VIRTIO_FAULT_NEXT,	      /* a chain goes on outside its table */
	/* more descriptors than the queue has: a loop, most often */
	VIRTIO_FAULT_CHAIN_LENGTH,
	VIRTIO_FAULT_CHAIN_BYTES,	  /* more bytes than 32 bits count */
	VIRTIO_FAULT_SEGMENTS,		  /* more pieces than the device model takes */
	VIRTIO_FAULT_ADDRESS,		  /* a buffer or a table outside memory */
	VIRTIO_FAULT_ORDER,		  /* a device-readable buffer after a device-writable one */
	VIRTIO_FAULT_INDIRECT_UNEXPECTED, /* an indirect table, but the feature is not negotiated */
	VIRTIO_FAULT_INDIRECT_NESTED,	  /* an indirect table within an indirect table */
	VIRTIO_FAULT_INDIRECT_SIZE,	  /* not a whole number of descriptors, or none */
	VIRTIO_FAULT_INDIRECT_CHAINED,	  /* it has a next one; packed ring: or a previous one */
};

/* FAULT in plain English: "the available index ran backwards or too far". */
const char *virtio_fault_text(enum virtio_fault fault);

/*
 * A piece of a chain's memory. Use BASE only before the memory table can change; the calls below
 * check that themselves.
 */
struct virtio_segment {
	void *base;
	size_t length;	  /* bytes, 1 or more */
	uint64_t address; /* the guest's */
};

/*
 * A buffer of the guest: segments for the device to read, followed by segments to write. Made by
 * virtio_chain_init() on an array of the caller's, filled by virtio_queue_pop(), used up by the
 * calls of this file, given back by virtio_queue_push().
 */
struct virtio_chain {
	struct virtio_segment *segment;
	uint16_t capacity; /* of the array */
	uint16_t readable; /* segments to read: segment[0] and on */
	uint16_t writable; /* segments to write: segment[readable] and on */
	/* the guest's id of the chain: split ring: the head's index; packed ring: the buffer id */
	uint16_t id;
	/* packed ring: where it starts in the ring, and how many descriptors it takes there */
	uint16_t slot, slots;
	uint32_t to_read;	/* bytes not yet read */
	uint32_t to_write;	/* bytes not yet written */
	uint32_t written;	/* bytes written so far */
	uint32_t generation;	/* of the memory table when the segments were translated */
	uint16_t read_segment;	/* where reading goes on: among the readable segments, */
	uint16_t write_segment; /* and writing: among the writable ones */
	size_t read_offset, write_offset;
};

struct virtio_queue;

/*
 * Keeps a record of the chains in flight, so that they are served again after a crash (vhost-user's
 * VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD, whose layout is the transport's business). Each call may be
 * NULL.
 */
struct virtio_tracker {
	/*
	 * Whether a chain is to be served again; pop asks before it looks at the ring. Split ring:
	 * sets *ID to the head. Packed ring: sets *ID to the buffer id, *DESCRIPTORS to the chain's
	 * descriptors as they were in the ring (little endian; the queue reads each once), *SLOTS
	 * to their number. Chains given here are reported by `popped` too.
	 */
	bool (*again)(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots);
	/* CHAIN was popped. */
	void (*popped)(void *arg, const struct virtio_queue *queue,
		       const struct virtio_chain *chain);
	/*
	 * CHAIN is about to be added to the used ring, and has been added; queue->used is then the
	 * place before and after it.
	 */
	void (*completing)(void *arg, const struct virtio_queue *queue,
			   const struct virtio_chain *chain);
	void (*completed)(void *arg, const struct virtio_queue *queue,
			  const struct virtio_chain *chain);
};

/*
 * A position in a ring. Split: a counter that wraps at 65536. Packed: below the queue's size, with
 * its wrap counter.
 */
struct virtio_place {
	uint16_t index;
	bool wrap;
};

/* The fields are for reading. All zero: stopped. */
struct virtio_queue {
	struct virtio_memory *memory;
	/* an entry of its table: where the last buffer lay, and so most often the next one does */
	const struct virtio_region *recent;
	const struct virtio_tracker *tracker;
	void *tracker_arg;
	enum virtio_fault fault;
	bool running;
	bool packed, event_index, indirect; /* as negotiated */
	uint16_t size;
	/* guest addresses as they were at the start: descriptors, driver's area, device's area */
	uint64_t address[3];
	unsigned char *ring[3];	       /* the same here, */
	uint32_t generation;	       /* as of this generation of the memory table */
	struct virtio_place available; /* the next chain to pop */
	struct virtio_place used;      /* the next to give back */
	uint16_t available_end;	       /* split: the guest's available index as last read */
	/* popped and not pushed: split: chains; packed: descriptors */
	uint16_t in_flight;
	/* of those, what was in flight at the start and was not given again yet */
	uint16_t again;
	/* pushed since the last virtio_queue_should_notify(); units of in_flight */
	uint64_t unannounced;
	bool owes_notify; /* it was resumed, and the guest has not been notified since */
};

/*
 * How a queue starts. BASE says where it goes on, in the format of vhost-user's GET_VRING_BASE and
 * SET_VRING_BASE: split: the available index. Packed: bits 0 to 14 the next available place, 15 its
 * wrap counter, 16 to 30 the next used place, 31 its wrap counter. A queue that the guest has just
 * set up starts with virtio_queue_fresh_base().
 */
struct virtio_queue_setup {
	uint64_t descriptors, driver, device; /* guest addresses of the three areas */
	/* split: a power of two; up to VIRTIO_QUEUE_SIZE_MAX */
	uint16_t size;
	uint64_t features; /* as negotiated; VIRTIO_QUEUE_FEATURES count */
	uint32_t base;
	/*
	 * The queue was served before, and goes on: the guest gets a notification as soon as
	 * possible. Split ring: the used index is read from the ring, where the previous server
	 * left it, and chains between it and BASE are in flight. Without `resume` no chain is in
	 * flight.
	 */
	bool resume;
	/*
	 * Split ring, with resume: how many chains the tracker will give again. Unless it is 0,
	 * BASE is ignored: the queue goes on at the used index plus this number.
	 */
	uint16_t again;
};

/* The base of a queue from which nothing was taken yet. */
uint32_t virtio_queue_fresh_base(uint64_t features);

/*
 * Starts a stopped queue on MEMORY, which must outlive it. The addresses are latched: later changes
 * take effect at the next start. TRACKER may be NULL. Returns 0; VIRTIO_ERR_BUSY (it runs),
 * VIRTIO_ERR_INVALID (size, base, alignment, or a ring that is not in one region; the queue stays
 * stopped).
 */
int virtio_queue_start(struct virtio_queue *queue, struct virtio_memory *memory,
		       const struct virtio_queue_setup *setup, const struct virtio_tracker *tracker,
		       void *tracker_arg);
/*
 * Stops the queue, a broken one too, and forgets its rings. Returns the base to go on from. Chains
 * that were popped may be kept: when the queue is started with that base and `resume`, they can be
 * pushed; after any other start they must be dropped.
 */
uint32_t virtio_queue_stop(struct virtio_queue *queue);
/* The base that virtio_queue_stop() would return. */
uint32_t virtio_queue_base(const struct virtio_queue *queue);
/* Whether chains can be popped and pushed: it runs and the guest has not broken it. */
static inline bool virtio_queue_usable(const struct virtio_queue *queue)
{
	return queue->running && !queue->fault;
}

/* Breaks the queue from the device side, as if the guest had caused FAULT. */
void virtio_queue_fail(struct virtio_queue *queue, enum virtio_fault fault);

/* Makes *CHAIN an empty chain that up to CAPACITY segments fit in. */
void virtio_chain_init(struct virtio_chain *chain, struct virtio_segment *segments,
		       uint16_t capacity);
/*
 * Pops the next chain. Returns 1; 0: there is none; -1: the queue is not usable (perhaps only since
 * this call: see queue->fault). Descriptors of length 0 are skipped, so a chain may have no segment
 * at all.
 */
int virtio_queue_pop(struct virtio_queue *queue, struct virtio_chain *chain);
/*
 * Returns CHAIN to the guest as used, with LENGTH bytes written from the start of its writable part
 * (at most as many as it has). Chains may be pushed in any order. Does nothing on a queue that is
 * not usable.
 */
void virtio_queue_push(struct virtio_queue *queue, const struct virtio_chain *chain,
		       uint32_t length);
/*
 * Whether the guest wants a notification for the chains pushed since the last call: call it after
 * each batch. False on a queue that is not usable.
 */
bool virtio_queue_should_notify(struct virtio_queue *queue);
/* Asks the guest not to notify the device of new chains; it may do so all the same. */
void virtio_queue_disable_notify(struct virtio_queue *queue);
/*
 * Asks the guest to notify the device again. True: there are chains already, for which no
 * notification may come: go on popping.
 */
bool virtio_queue_enable_notify(struct virtio_queue *queue);

/*
 * Copies the next up to LENGTH bytes of the readable part to TO, or of FROM into the writable part.
 * Returns how many: fewer only at the end of the chain, or if its memory was removed: then QUEUE is
 * broken. The guest cannot change the copy.
 */
size_t virtio_chain_read(struct virtio_queue *queue, struct virtio_chain *chain, void *to,
			 size_t length);
size_t virtio_chain_write(struct virtio_queue *queue, struct virtio_chain *chain, const void *from,
			  size_t length);
/*
 * Copies the chain to *KEPT for a later answer: the rest of its writable part, at most CAPACITY
 * segments; nothing is left to read. For device models that answer when an event comes.
 */
void virtio_chain_keep(struct virtio_chain *kept, struct virtio_segment *segments,
		       uint16_t capacity, const struct virtio_chain *chain);

#endif
