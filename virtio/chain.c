// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Chains of buffers: indirect tables, and copying out of and into chains. */
#include "ring.h"

bool virtio_table_open(struct virtio_queue *queue, const struct descriptor *desc, struct table *table)
{
	size_t contiguous;
	const void *here;

	if (!queue->indirect)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_UNEXPECTED);
	if (desc->flags & DESC_NEXT)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_CHAINED);
	if (!desc->length || desc->length % DESC_SIZE)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_SIZE);
	here = virtio_memory_at(queue->memory, desc->address, desc->length, &contiguous);
	if (!here)
		return virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
	table->here = contiguous == desc->length ? here : NULL;
	table->address = desc->address;
	table->count = desc->length / DESC_SIZE;
	return true;
}

bool virtio_descriptor_copy(struct virtio_queue *queue, const struct table *table, uint32_t index, unsigned char *copy)
{
	return virtio_memory_read(queue->memory, table->address + (uint64_t)DESC_SIZE * index, copy, DESC_SIZE) ||
	       virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
}

void virtio_chain_init(struct virtio_chain *chain, struct virtio_segment *segments, uint16_t capacity)
{
	*chain = (struct virtio_chain){ .segment = segments, .capacity = capacity };
}

/* The memory of a chain was taken away since it was popped. */
static size_t copy_failed(struct virtio_queue *queue, size_t done)
{
	virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
	return done;
}

size_t virtio_chain_read(struct virtio_queue *queue, struct virtio_chain *chain, void *to, size_t length)
{
	bool current = chain->generation == queue->memory->generation;
	unsigned char *byte = to;
	size_t done = 0, part;

	if (!virtio_queue_usable(queue))
		return 0;
	while (done < length && chain->to_read) {
		const struct virtio_segment *segment = &chain->segment[chain->read_segment];

		part = segment->length - chain->read_offset;
		if (part > length - done)
			part = length - done;
		if (current)
			__builtin_memcpy(byte + done, (unsigned char *)segment->base + chain->read_offset, part);
		else if (!virtio_memory_read(queue->memory, segment->address + chain->read_offset, byte + done, part))
			return copy_failed(queue, done);
		done += part;
		chain->to_read -= (uint32_t)part;
		chain->read_offset += part;
		if (chain->read_offset == segment->length) {
			chain->read_segment++;
			chain->read_offset = 0;
		}
	}
	/* From here on what was copied is all that there is: the compiler may not look into the guest's memory again. */
	__asm__ volatile("" ::: "memory");
	return done;
}

size_t virtio_chain_write(struct virtio_queue *queue, struct virtio_chain *chain, const void *from, size_t length)
{
	bool current = chain->generation == queue->memory->generation;
	const unsigned char *byte = from;
	size_t done = 0, part;

	if (!virtio_queue_usable(queue))
		return 0;
	while (done < length && chain->to_write) {
		const struct virtio_segment *segment = &chain->segment[chain->readable + chain->write_segment];

		part = segment->length - chain->write_offset;
		if (part > length - done)
			part = length - done;
		if (current)
			__builtin_memcpy((unsigned char *)segment->base + chain->write_offset, byte + done, part);
		else if (!virtio_memory_write(queue->memory, segment->address + chain->write_offset, byte + done, part))
			return copy_failed(queue, done);
		done += part;
		chain->to_write -= (uint32_t)part;
		chain->written += (uint32_t)part;
		chain->write_offset += part;
		if (chain->write_offset == segment->length) {
			chain->write_segment++;
			chain->write_offset = 0;
		}
	}
	return done;
}

void virtio_chain_keep(struct virtio_chain *kept, struct virtio_segment *segments, uint16_t capacity,
		       const struct virtio_chain *chain)
{
	size_t offset = chain->write_offset;

	*kept = *chain;
	kept->segment = segments;
	kept->capacity = capacity;
	kept->readable = kept->writable = kept->read_segment = kept->write_segment = 0;
	kept->to_read = kept->to_write = 0;
	kept->read_offset = kept->write_offset = 0;
	for (unsigned i = chain->write_segment; i < chain->writable && kept->writable < capacity; i++) {
		struct virtio_segment *segment = &segments[kept->writable++];

		*segment = chain->segment[chain->readable + i];
		segment->base = (unsigned char *)segment->base + offset;
		segment->address += offset;
		segment->length -= offset;
		kept->to_write += (uint32_t)segment->length;
		offset = 0;
	}
}
