// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Chains of buffers: indirect tables, and copying out of and into chains. */
#include "ring.h"

bool virtio_table_open(struct virtio_queue *queue, struct table *table,
		       const struct descriptor *desc)
{
	size_t contiguous = desc->length;

	if (!queue->indirect)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_UNEXPECTED);
	if (desc->flags & DESC_NEXT)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_CHAINED);
	if (!desc->length || desc->length % DESC_SIZE)
		return virtio_queue_break(queue, VIRTIO_FAULT_INDIRECT_SIZE);
	table->here = virtio_region_at(queue->recent, desc->address, desc->length);
	if (!table->here)
		table->here =
			virtio_memory_at(queue->memory, desc->address, desc->length, &contiguous);
	if (!table->here)
		return virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
	if (contiguous < desc->length)
		table->here = NULL;
	table->address = desc->address;
	table->count = desc->length / DESC_SIZE;
	return true;
}

bool virtio_descriptor_copy(struct virtio_queue *queue, uint64_t address, unsigned char *copy)
{
	return virtio_memory_read(queue->memory, address, copy, DESC_SIZE) ||
	       virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
}

void virtio_chain_init(struct virtio_chain *chain, struct virtio_segment *segments,
		       uint16_t capacity)
{
	*chain = (struct virtio_chain){ .segment = segments, .capacity = capacity };
}

bool virtio_chain_add_any(struct virtio_queue *queue, struct virtio_chain *chain, uint64_t address,
			  uint32_t length, bool write)
{
	if (!chain_goes_on(queue, chain, length, write))
		return false;
	while (length) {
		size_t part;
		void *here = virtio_memory_at(queue->memory, address, length, &part);

		if (!here)
			return virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
		if (!chain_append(queue, chain, (struct virtio_segment){ here, part, address },
				  write))
			return false;
		queue->recent = virtio_memory_region(queue->memory, address);
		address += part;
		length -= (uint32_t)part;
	}
	return true;
}

/* Whether the segments of the chain were translated with the table of memory as it is. */
static inline bool current(const struct virtio_queue *queue, const struct virtio_chain *chain)
{
	return chain->generation == queue->memory->generation;
}

/*
 * The next up to MOST bytes, which lie in SEGMENT. *INDEX is its number among those to read or to
 * write, *OFFSET the place in it; both move on past these bytes.
 */
static inline struct virtio_segment take(const struct virtio_segment *segment, size_t most,
					 uint16_t *index, size_t *offset)
{
	struct virtio_segment piece = {
		.base = (unsigned char *)segment->base + *offset,
		.length = segment->length - *offset,
		.address = segment->address + *offset,
	};

	if (piece.length > most) {
		piece.length = most;
		*offset += most;
	} else {
		++*index;
		*offset = 0;
	}
	return piece;
}

size_t virtio_chain_read(struct virtio_queue *queue, struct virtio_chain *chain, void *to,
			 size_t length)
{
	unsigned char *byte = to;
	struct virtio_segment piece;
	size_t left;

	if (!virtio_queue_usable(queue))
		return 0;
	if (length > chain->to_read)
		length = chain->to_read;
	for (left = length; left; left -= piece.length, byte += piece.length) {
		piece = take(&chain->segment[chain->read_segment], left, &chain->read_segment,
			     &chain->read_offset);
		if (current(queue, chain))
			__builtin_memcpy(byte, piece.base, piece.length);
		else if (!virtio_memory_read(queue->memory, piece.address, byte, piece.length))
			break;
	}
	/*
	 * From here on what was copied is all that there is: the compiler may not look into the
	 * guest's memory again.
	 */
	__asm__ volatile("" ::: "memory");
	if (left)
		virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
	length -= left;
	chain->to_read -= (uint32_t)length;
	return length;
}

size_t virtio_chain_write(struct virtio_queue *queue, struct virtio_chain *chain, const void *from,
			  size_t length)
{
	const unsigned char *byte = from;
	struct virtio_segment piece;
	size_t left;

	if (!virtio_queue_usable(queue))
		return 0;
	if (length > chain->to_write)
		length = chain->to_write;
	for (left = length; left; left -= piece.length, byte += piece.length) {
		piece = take(&chain->segment[chain->readable + chain->write_segment], left,
			     &chain->write_segment, &chain->write_offset);
		if (current(queue, chain))
			__builtin_memcpy(piece.base, byte, piece.length);
		else if (!virtio_memory_write(queue->memory, piece.address, byte, piece.length))
			break;
	}
	if (left)
		virtio_queue_break(queue, VIRTIO_FAULT_ADDRESS);
	length -= left;
	chain->to_write -= (uint32_t)length;
	chain->written += (uint32_t)length;
	return length;
}

void virtio_chain_keep(struct virtio_chain *kept, struct virtio_segment *segments,
		       uint16_t capacity, const struct virtio_chain *chain)
{
	size_t offset = chain->write_offset;

	*kept = *chain;
	kept->segment = segments;
	kept->capacity = capacity;
	kept->readable = kept->writable = kept->read_segment = kept->write_segment = 0;
	kept->to_read = kept->to_write = 0;
	kept->read_offset = kept->write_offset = 0;
	for (unsigned i = chain->write_segment; i < chain->writable && kept->writable < capacity;
	     i++) {
		struct virtio_segment *segment = &segments[kept->writable++];

		*segment = chain->segment[chain->readable + i];
		segment->base = (unsigned char *)segment->base + offset;
		segment->address += offset;
		segment->length -= offset;
		kept->to_write += (uint32_t)segment->length;
		offset = 0;
	}
}
