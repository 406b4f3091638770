/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What the queue, split and packed rings share among themselves: access to words that the guest may change at any moment, and
 * descriptors. Nobody else includes this.
 */
#ifndef VIRTIO_RING_H
#define VIRTIO_RING_H

#include "queue.h"

/* The three areas of a queue: its descriptors; what the driver writes; what the device writes. */
enum { DESCRIPTORS, DRIVER, DEVICE };

/* Descriptor flags (sections 2.7.5, 2.8). */
enum {
	DESC_NEXT = 1,
	DESC_WRITE = 2,
	DESC_INDIRECT = 4,
	DESC_AVAIL = 1 << 7, /* packed ring */
	DESC_USED = 1 << 15,
};
#define DESC_SIZE 16

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define le16(x) __builtin_bswap16(x)
#define le32(x) __builtin_bswap32(x)
#define le64(x) __builtin_bswap64(x)
#else
#define le16(x) ((uint16_t)(x))
#define le32(x) ((uint32_t)(x))
#define le64(x) ((uint64_t)(x))
#endif

/* Words of the rings: aligned, read and written whole, once, in the order that is asked for. */
static inline uint16_t load16(const unsigned char *at)
{
	return le16(__atomic_load_n((const uint16_t *)(const void *)at, __ATOMIC_RELAXED));
}

static inline uint16_t load16_acquire(const unsigned char *at)
{
	return le16(__atomic_load_n((const uint16_t *)(const void *)at, __ATOMIC_ACQUIRE));
}

static inline uint32_t load32(const unsigned char *at)
{
	return le32(__atomic_load_n((const uint32_t *)(const void *)at, __ATOMIC_RELAXED));
}

static inline void store16(unsigned char *at, uint16_t value)
{
	__atomic_store_n((uint16_t *)(void *)at, le16(value), __ATOMIC_RELAXED);
}

static inline void store16_release(unsigned char *at, uint16_t value)
{
	__atomic_store_n((uint16_t *)(void *)at, le16(value), __ATOMIC_RELEASE);
}

static inline void store32(unsigned char *at, uint32_t value)
{
	__atomic_store_n((uint32_t *)(void *)at, le32(value), __ATOMIC_RELAXED);
}

/* Between what this side wrote and what it reads next: the guest does the same with the roles swapped. */
static inline void full_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* A descriptor as it was when it was read. LINK: split ring: the next one; packed ring: the buffer id. */
struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags, link;
};

/* A table of descriptors: the ring itself, an indirect table, or what a tracker gives again. */
struct table {
	const unsigned char *here; /* NULL: it lies across regions, */
	uint64_t address;	   /* from this guest address on */
	uint32_t count;		   /* descriptors */
};

/*
 * The two 64-bit words at AT, which need not be aligned. The assembler statement changes nothing, but for all the compiler knows it
 * does: so it cannot read the guest's memory a second time in place of keeping the value.
 */
static inline void load_words(const unsigned char *at, uint64_t *low, uint64_t *high)
{
	__builtin_memcpy(low, at, sizeof(*low));
	__builtin_memcpy(high, at + sizeof(*low), sizeof(*high));
	__asm__ volatile("" : "+r"(*low), "+r"(*high));
	*low = le64(*low);
	*high = le64(*high);
}

/* Marks the queue broken, by the first fault that is found. Returns false. */
static inline bool virtio_queue_break(struct virtio_queue *queue, enum virtio_fault fault)
{
	if (!queue->fault)
		queue->fault = fault;
	return false;
}

/* Copies descriptor INDEX of a table that lies across regions. False: the queue is broken. */
bool virtio_descriptor_copy(struct virtio_queue *queue, const struct table *table, uint32_t index, unsigned char *copy);

/* Reads descriptor INDEX, below the table's count, of a ring that is PACKED or not. False: the queue is broken. */
static inline bool descriptor_load(struct virtio_queue *queue, const struct table *table, uint32_t index, bool packed,
				   struct descriptor *desc)
{
	unsigned char copy[DESC_SIZE];
	uint64_t low, high;

	if (table->here)
		load_words(table->here + (size_t)DESC_SIZE * index, &low, &high);
	else if (virtio_descriptor_copy(queue, table, index, copy))
		load_words(copy, &low, &high);
	else
		return false;
	desc->address = low;
	desc->length = (uint32_t)high;
	desc->flags = (uint16_t)(packed ? high >> 48 : high >> 32);
	desc->link = (uint16_t)(packed ? high >> 32 : high >> 48);
	return true;
}

/* Makes *TABLE the indirect table that DESC describes. False: the queue is broken. */
bool virtio_table_open(struct virtio_queue *queue, const struct descriptor *desc, struct table *table);
/* Appends the buffer that DESC describes to the chain. False: the queue is broken. */
static inline bool chain_add(struct virtio_queue *queue, struct virtio_chain *chain, const struct descriptor *desc)
{
	const unsigned first = chain->readable + chain->writable;
	uint64_t address = desc->address;
	uint32_t left = desc->length;
	unsigned at = first;

	if (!(desc->flags & DESC_WRITE) && chain->writable)
		return virtio_queue_break(queue, VIRTIO_FAULT_ORDER);
	if (left > UINT32_MAX - chain->to_read - chain->to_write)
		return virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_BYTES);
	for (; left; at++) {
		size_t contiguous;
		void *here;

		if (at == chain->capacity)
			return virtio_queue_break(queue, VIRTIO_FAULT_SEGMENTS);
		here = virtio_memory_at(queue->memory, address, left, &contiguous);
		if (!here)
			return virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
		chain->segment[at] = (struct virtio_segment){ here, contiguous, address };
		address += contiguous;
		left -= (uint32_t)contiguous;
	}
	if (desc->flags & DESC_WRITE) {
		chain->writable += (uint16_t)(at - first);
		chain->to_write += desc->length;
	} else {
		chain->readable += (uint16_t)(at - first);
		chain->to_read += desc->length;
	}
	return true;
}

/* What pop, push and so on do for each kind of ring. */
int virtio_split_pop(struct virtio_queue *queue, struct virtio_chain *chain);
bool virtio_split_again(struct virtio_queue *queue, struct virtio_chain *chain, uint16_t head);
void virtio_split_push(struct virtio_queue *queue, const struct virtio_chain *chain, uint32_t length);
bool virtio_split_wanted(struct virtio_queue *queue);
void virtio_split_notify(struct virtio_queue *queue, bool enable);
bool virtio_split_pending(const struct virtio_queue *queue);

int virtio_packed_pop(struct virtio_queue *queue, struct virtio_chain *chain);
bool virtio_packed_again(struct virtio_queue *queue, struct virtio_chain *chain, const struct table *table);
void virtio_packed_push(struct virtio_queue *queue, const struct virtio_chain *chain, uint32_t length);
bool virtio_packed_wanted(struct virtio_queue *queue);
void virtio_packed_notify(struct virtio_queue *queue, bool enable);
bool virtio_packed_pending(const struct virtio_queue *queue);

/*
 * Whether the place EVENT is among the COUNT last ones before NEXT: then the other side asked to be told now. All count modulo
 * 65536 (section 2.7.7.2).
 */
static inline bool event_passed(uint16_t event, uint16_t next, uint16_t count)
{
	return (uint16_t)(next - event - 1) < count;
}

#endif
