/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Shared by the queue and its split and packed rings: access to words that the guest may change at
 * any time, and descriptors. No other file includes this.
 */
#ifndef VIRTIO_RING_H
#define VIRTIO_RING_H

#include "virtio-queue.h"

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

/*
 * Words of the rings: aligned; each is read or written once, by one access, with the named memory
 * order.
 */
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

/*
 * Orders this side's writes before its next reads. The guest does the same with the roles swapped.
 */
static inline void full_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/*
 * A descriptor as it was when it was read. LINK: split ring: the next one; packed ring: the buffer
 * id.
 */
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
 * The descriptor at AT, which need not be aligned, of a ring that is PACKED or not. The assembler
 * statement changes nothing, but the compiler has to assume that it does. So the compiler has to
 * keep the values, and cannot read the guest's memory a second time.
 */
static inline struct descriptor descriptor_at(const unsigned char *at, bool packed)
{
	uint16_t third, fourth;
	uint64_t address;
	uint32_t length;

	__builtin_memcpy(&address, at, sizeof(address));
	__builtin_memcpy(&length, at + 8, sizeof(length));
	__builtin_memcpy(&third, at + 12, sizeof(third));
	__builtin_memcpy(&fourth, at + 14, sizeof(fourth));
	__asm__ volatile("" : "+r"(address), "+r"(length), "+r"(third), "+r"(fourth));
	return (struct descriptor){
		.address = le64(address),
		.length = le32(length),
		.flags = le16(packed ? fourth : third),
		.link = le16(packed ? third : fourth),
	};
}

/* Marks the queue broken, by the first fault that is found. Returns false. */
static inline bool virtio_queue_break(struct virtio_queue *queue, enum virtio_fault fault)
{
	if (!queue->fault)
		queue->fault = fault;
	return false;
}

/*
 * Copies the descriptor at the guest's ADDRESS, of a table that lies across regions. False: the
 * queue is broken.
 */
bool virtio_descriptor_copy(struct virtio_queue *queue, uint64_t address, unsigned char *copy);

/*
 * Reads descriptor INDEX, below the table's count, of a ring that is PACKED or not. False: the
 * queue is broken.
 */
static inline bool descriptor_load(struct virtio_queue *queue, const struct table *table,
				   uint32_t index, bool packed, struct descriptor *desc)
{
	const size_t offset = (size_t)DESC_SIZE * index;
	unsigned char copy[DESC_SIZE];

	if (table->here)
		*desc = descriptor_at(table->here + offset, packed);
	else if (virtio_descriptor_copy(queue, table->address + offset, copy))
		*desc = descriptor_at(copy, packed);
	else
		return false;
	return true;
}

/* Makes *TABLE the indirect table that DESC describes. False: the queue is broken. */
bool virtio_table_open(struct virtio_queue *queue, struct table *table,
		       const struct descriptor *desc);

/* Whether the chain may go on with LENGTH bytes to WRITE or to read. False: the queue is broken. */
static inline bool chain_goes_on(struct virtio_queue *queue, const struct virtio_chain *chain,
				 uint32_t length, bool write)
{
	if (!write && chain->writable)
		return virtio_queue_break(queue, VIRTIO_FAULT_ORDER);
	if (length > UINT32_MAX - chain->to_read - chain->to_write)
		return virtio_queue_break(queue, VIRTIO_FAULT_CHAIN_BYTES);
	return true;
}

/* Appends SEGMENT, which chain_goes_on() has allowed. False: the queue is broken. */
static inline bool chain_append(struct virtio_queue *queue, struct virtio_chain *chain,
				struct virtio_segment segment, bool write)
{
	const unsigned segments = chain->readable + chain->writable;

	if (segments == chain->capacity)
		return virtio_queue_break(queue, VIRTIO_FAULT_SEGMENTS);
	chain->segment[segments] = segment;
	if (write) {
		chain->writable++;
		chain->to_write += (uint32_t)segment.length;
	} else {
		chain->readable++;
		chain->to_read += (uint32_t)segment.length;
	}
	return true;
}

/*
 * Like chain_add(), for any buffer: in another region than the last one, over borders of regions,
 * without bytes.
 */
bool virtio_chain_add_any(struct virtio_queue *queue, struct virtio_chain *chain, uint64_t address,
			  uint32_t length, bool write);

/* Appends the buffer that DESC describes to the chain. False: the queue is broken. */
static inline bool chain_add(struct virtio_queue *queue, struct virtio_chain *chain,
			     const struct descriptor *desc)
{
	const bool write = desc->flags & DESC_WRITE;
	void *here = virtio_region_at(queue->recent, desc->address, desc->length);

	if (!here)
		return virtio_chain_add_any(queue, chain, desc->address, desc->length, write);
	return chain_goes_on(queue, chain, desc->length, write) &&
	       chain_append(queue, chain,
			    (struct virtio_segment){ here, desc->length, desc->address }, write);
}

/* What pop, push and so on do for each kind of ring. */
int virtio_split_pop(struct virtio_queue *queue, struct virtio_chain *chain);
bool virtio_split_again(struct virtio_queue *queue, struct virtio_chain *chain, uint16_t head);
void virtio_split_push(struct virtio_queue *queue, const struct virtio_chain *chain,
		       uint32_t length);
bool virtio_split_wanted(struct virtio_queue *queue);
void virtio_split_notify(struct virtio_queue *queue, bool enable);
bool virtio_split_pending(const struct virtio_queue *queue);

int virtio_packed_pop(struct virtio_queue *queue, struct virtio_chain *chain);
bool virtio_packed_again(struct virtio_queue *queue, struct virtio_chain *chain,
			 const struct table *table);
void virtio_packed_push(struct virtio_queue *queue, const struct virtio_chain *chain,
			uint32_t length);
bool virtio_packed_wanted(struct virtio_queue *queue);
void virtio_packed_notify(struct virtio_queue *queue, bool enable);
bool virtio_packed_pending(const struct virtio_queue *queue);

/*
 * Whether the place EVENT is among the last COUNT places before NEXT: then the other side has asked
 * for a notification now. Places count modulo 65536 (section 2.7.7.2).
 */
static inline bool event_passed(uint16_t event, uint16_t next, uint64_t count)
{
	return (uint16_t)(next - event - 1) < count;
}

#endif
