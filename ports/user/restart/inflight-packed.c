// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is in flight of a packed ring, whose descriptors are gone from the ring once they were
 * taken: see inflight.h.
 */
#include <stdlib.h>
#include <string.h>

#include "inflight-format.h"

enum { DESC_SIZE = 16, DESC_FLAGS = 14, DESC_USED = 1 << 15 };
enum { BASE_INDEX = 0x7fff, BASE_WRAP = 0x8000 };

static struct region_packed *region_of(const struct vhost_track *track)
{
	return (struct region_packed *)(void *)track->region;
}

/*
 * Stores the ring's used place, USED and WRAP, and the last place that is known to be in the ring,
 * OLD_USED and OLD_WRAP, in one word.
 */
static void store_used(struct vhost_track *track, uint16_t used, bool wrap, uint16_t old_used,
		       bool old_wrap)
{
	const union used_packed place = { { used, old_used, wrap, old_wrap, { 0 } } };

	store(&region_of(track)->used.whole, place.whole);
}

/* ---- Going on ---- */

/* Reads the flags of the ring's descriptor INDEX. */
static uint16_t ring_flags(const struct virtio_memory *memory,
			   const struct virtio_queue_setup *setup, uint16_t index)
{
	uint16_t flags = 0;

	virtio_memory_read(memory, setup->descriptors + (uint64_t)DESC_SIZE * index + DESC_FLAGS,
			   &flags, sizeof(flags));
	return le16toh(flags);
}

/*
 * The process ended between noting that a chain is about to be used and noting that it was used:
 * the ring shows whether it was. Sets *USED and *WRAP to the place where the queue goes on.
 */
static bool finish_batch(struct vhost_track *track, const struct virtio_memory *memory,
			 const struct virtio_queue_setup *setup, uint16_t *used, bool *wrap)
{
	struct region_packed *region = region_of(track);
	const union used_packed place = { .whole = load(&region->used.whole) };
	uint16_t freed = load(&region->free_head);

	*used = place.old_idx;
	*wrap = place.old_wrap_counter;
	if (*used >= track->size || place.idx >= track->size)
		return false;
	if (place.idx == *used && !!place.wrap_counter == *wrap)
		return true;
	/*
	 * The other flag has no information: the guest may have made that descriptor available
	 * again since.
	 */
	if (!!(ring_flags(memory, setup, *used) & DESC_USED) != *wrap)
		return true;
	if (freed >= track->size)
		return false;
	store(&region->desc[freed].inflight, 0);
	if (place.idx <= *used)
		*wrap = !*wrap;
	*used = place.idx;
	return true;
}

/*
 * Reads the chain that starts at entry HEAD; marks its entries in TAKEN. False: that is no chain.
 */
static bool read_chain(struct vhost_track *track, uint16_t head, bool *taken)
{
	const struct region_packed *region = region_of(track);
	struct vhost_track_chain chain = { load(&region->desc[head].counter), 0, head, head,
					   load(&region->desc[head].num) };
	uint16_t at = head;

	for (uint16_t n = 0; n < chain.slots; n++) {
		if (at >= track->size || taken[at])
			return false;
		taken[at] = true;
		track->next[at] = load(&region->desc[at].next);
		chain.last = at;
		chain.id = load(&region->desc[at].id);
		at = track->next[at];
	}
	track->chain[track->chains++] = chain;
	return chain.slots;
}

static int by_counter(const void *a, const void *b)
{
	const struct vhost_track_chain *one = a, *other = b;

	return one->counter < other->counter ? -1 : one->counter > other->counter;
}

/* Makes a list of the entries that are not TAKEN. */
static void list_free(struct vhost_track *track, const bool *taken)
{
	track->free = track->frees = 0;
	for (uint16_t i = track->size; i--;) {
		if (taken[i])
			continue;
		track->next[i] = track->free;
		store(&region_of(track)->desc[i].next, track->free);
		track->free = i;
		track->frees++;
	}
	store(&region_of(track)->free_head, track->free);
	store(&region_of(track)->old_free_head, track->free);
}

/* Reads all chains in flight. Sets *SLOTS to how many descriptors they have. */
static bool list_chains(struct vhost_track *track, unsigned *slots)
{
	bool taken[VIRTIO_DEVICE_QUEUE_SIZE] = { false };

	*slots = 0;
	for (uint16_t i = 0; i < track->size; i++)
		if (load(&region_of(track)->desc[i].inflight) == 1 && !read_chain(track, i, taken))
			return false;
	qsort(track->chain, track->chains, sizeof(track->chain[0]), by_counter);
	for (unsigned i = 0; i < track->chains; i++) {
		track->again[track->agains++] = (uint16_t)i;
		*slots += track->chain[i].slots;
	}
	track->counter = track->chains ? track->chain[track->chains - 1].counter + 1 : 0;
	list_free(track, taken);
	return *slots <= track->size;
}

/* A place of the ring with its wrap counter, as in a base. */
static uint32_t place(const struct vhost_track *track, unsigned index, bool wrap)
{
	if (index >= track->size) {
		index -= track->size;
		wrap = !wrap;
	}
	return index | (wrap ? BASE_WRAP : 0);
}

/* Whether the ring's descriptor INDEX was never written. */
static bool is_blank(const struct virtio_memory *memory, const struct virtio_queue_setup *setup,
		     uint16_t index)
{
	uint64_t address = 0;

	virtio_memory_read(memory, setup->descriptors + (uint64_t)DESC_SIZE * index, &address,
			   sizeof(address));
	return !address;
}

/* A place of the ring that is no longer empty when USED is the next that is used. */
static uint16_t last_place(const struct vhost_track *track, uint16_t used, bool wrap)
{
	if (used)
		return used - 1;
	return wrap ? 0 : track->size - 1;
}

bool vhost_recover_packed(struct vhost_track *track, const struct virtio_memory *memory,
			  struct virtio_queue_setup *setup, bool ours)
{
	struct region_packed *region = region_of(track);
	const uint32_t fresh = virtio_queue_fresh_base(setup->features);
	unsigned slots;
	uint32_t base;
	uint16_t used;
	bool wrap;

	if (load(&region->version) != INFLIGHT_VERSION || load(&region->desc_num) != track->size ||
	    !finish_batch(track, memory, setup, &used, &wrap) || !list_chains(track, &slots))
		return false;
	base = place(track, used, wrap) << 16 | place(track, used + slots, wrap);
	/*
	 * A front end that was not told where the queue is says again where it started. A ring that
	 * is really new has nothing in the place before the one that is used next; where that is
	 * the first one, in it.
	 */
	if (!ours && setup->base == fresh && base != fresh &&
	    is_blank(memory, setup, last_place(track, used, wrap)))
		return false;
	store_used(track, used, wrap, used, wrap);
	setup->base = base;
	setup->resume = ours || base != fresh;
	return setup->resume;
}

void vhost_fresh_packed(struct vhost_track *track, uint32_t base)
{
	const bool taken[VIRTIO_DEVICE_QUEUE_SIZE] = { false };
	struct region_packed *region = region_of(track);
	uint16_t used = (uint16_t)(base >> 16);

	memset(region, 0, sizeof(*region) + track->size * sizeof(region->desc[0]));
	track->chains = 0;
	list_free(track, taken);
	region->desc_num = track->size;
	store_used(track, used & BASE_INDEX, used & BASE_WRAP, used & BASE_INDEX, used & BASE_WRAP);
	store(&region->version, INFLIGHT_VERSION);
}

bool vhost_again_packed(struct vhost_track *track, uint16_t *id, const void **descriptors,
			uint16_t *slots)
{
	const struct vhost_track_chain *chain = &track->chain[track->again[track->given++]];
	uint16_t at = chain->entry;

	for (unsigned n = 0; n < chain->slots; n++) {
		const struct entry_packed *entry = &region_of(track)->desc[at];
		unsigned char *to = track->descriptors + (size_t)DESC_SIZE * n;
		uint64_t address = htole64(load(&entry->addr));
		uint32_t length = htole32(load(&entry->len));
		uint16_t link = htole16(load(&entry->id)), flags = htole16(load(&entry->flags));

		memcpy(to, &address, 8);
		memcpy(to + 8, &length, 4);
		memcpy(to + 12, &link, 2);
		memcpy(to + DESC_FLAGS, &flags, 2);
		at = track->next[at];
	}
	*id = chain->id;
	*slots = chain->slots;
	*descriptors = track->descriptors;
	return true;
}

/* ---- Serving ---- */

/*
 * Puts descriptor INDEX of the ring, as it is now, into the first free entry. Whoever goes on with
 * it checks it as if it were new.
 */
static void take_entry(struct vhost_track *track, const struct virtio_queue *queue, unsigned index)
{
	struct entry_packed *entry = &region_of(track)->desc[track->free];
	const unsigned char *desc = queue->ring[0] + (size_t)DESC_SIZE * (index % queue->size);
	uint64_t address;
	uint32_t length;
	uint16_t id, flags;

	memcpy(&address, desc, 8);
	memcpy(&length, desc + 8, 4);
	memcpy(&id, desc + 12, 2);
	memcpy(&flags, desc + DESC_FLAGS, 2);
	store(&entry->addr, le64toh(address));
	store(&entry->len, le32toh(length));
	store(&entry->id, le16toh(id));
	store(&entry->flags, le16toh(flags));
	track->free = track->next[track->free];
	track->frees--;
}

void vhost_popped_packed(struct vhost_track *track, const struct virtio_queue *queue,
			 const struct virtio_chain *chain)
{
	struct vhost_track_chain taken = { track->counter, chain->id, track->free, track->free,
					   chain->slots };
	struct region_packed *region = region_of(track);
	struct entry_packed *head = &region->desc[track->free];

	/* Only what came in with the record can make these fail. */
	if (chain->slots > track->frees || track->chains == VIRTIO_DEVICE_QUEUE_SIZE)
		return;
	for (unsigned i = 0; i < chain->slots; i++) {
		taken.last = track->free;
		take_entry(track, queue, chain->slot + i);
	}
	track->chain[track->chains++] = taken;
	store(&head->num, chain->slots);
	store(&head->last, taken.last);
	store(&head->counter, track->counter++);
	store(&region->free_head, track->free);
	store(&region->old_free_head, track->free);
	store(&head->inflight, 1);
}

void vhost_completing_packed(struct vhost_track *track, const struct virtio_queue *queue,
			     const struct virtio_chain *chain)
{
	struct region_packed *region = region_of(track);
	const unsigned next = queue->used.index + chain->slots;
	const bool over = next >= queue->size;
	struct vhost_track_chain *taken;

	for (track->completing = 0; track->completing < track->chains; track->completing++)
		if (track->chain[track->completing].id == chain->id)
			break;
	if (track->completing == track->chains)
		return;
	taken = &track->chain[track->completing];
	track->next[taken->last] = track->free;
	store(&region->desc[taken->last].next, track->free);
	track->free = taken->entry;
	track->frees += taken->slots;
	store(&region->free_head, taken->entry);
	store_used(track, (uint16_t)(over ? next - queue->size : next), queue->used.wrap != over,
		   queue->used.index, queue->used.wrap);
}

void vhost_completed_packed(struct vhost_track *track, const struct virtio_queue *queue)
{
	struct region_packed *region = region_of(track);

	if (track->completing < track->chains) {
		store(&region->desc[track->chain[track->completing].entry].inflight, 0);
		track->chain[track->completing] = track->chain[--track->chains];
	}
	store(&region->old_free_head, track->free);
	store_used(track, queue->used.index, queue->used.wrap, queue->used.index, queue->used.wrap);
}
