// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest that breaks the rules breaks its queue, which says how and touches nothing any more; for
 * split and packed rings.
 */
#include "guest.h"

#define PACKED	    VIRTIO_FEATURE(VIRTIO_F_RING_PACKED)
#define EVENT	    VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX)
#define INDIRECTION VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC)
#define SEGMENTS    24

static struct virtio_segment segments[SEGMENTS];
static struct virtio_chain chain = { .segment = segments, .capacity = SEGMENTS };

static uint64_t features_of(void **state)
{
	return *(const uint64_t *)*state;
}

/*
 * The next pop finds FAULT; and then the queue is dead: all of the guest's memory stays as it is.
 */
static void assert_breaks(struct guest *g, enum virtio_fault fault)
{
	const struct buffer buffer = { DATA, 1, true };
	struct virtio_chain old = {
		.segment = segments, .capacity = 2, .slots = 1, .to_write = 1, .writable = 1
	};
	unsigned char *before = malloc(REGION_SIZE);

	assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
	assert_int_equal(g->queue.fault, fault);
	assert_false(virtio_queue_usable(&g->queue));
	if (g->frees)
		guest_offer(g, &buffer, 1);
	memcpy(before, g->rings, REGION_SIZE);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
	virtio_queue_push(&g->queue, &old, 1);
	assert_int_equal(virtio_chain_write(&g->queue, &old, "x", 1), 0);
	virtio_queue_disable_notify(&g->queue);
	assert_false(virtio_queue_enable_notify(&g->queue));
	assert_false(virtio_queue_should_notify(&g->queue));
	assert_memory_equal(before, g->rings, REGION_SIZE);
	assert_int_equal(g->queue.fault, fault);
	assert_true(strlen(virtio_fault_text(fault)) > 10);
	free(before);
	guest_free(g);
}

static void buffers_outside_memory(void **state)
{
	static const struct buffer bad[] = {
		{ NOWHERE, 1, false },
		{ RINGS - 1, 2, false },
		{ DATA + REGION_SIZE - 1, 2, true }, /* over the end of a region */
		{ DATA + REGION_SIZE, 1, true },
		{ RINGS, UINT32_MAX - 8, true }, /* far over it */
		{ FAR + REGION_SIZE - 4, 5, false },
		{ UINT64_MAX, 1, false },
		{ UINT64_MAX - 2, 4, true },		  /* over the end of all addresses, */
		{ UINT64_MAX - RINGS, RINGS + 8, false }, /* as a sum that ends in memory */
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct guest *g = guest_start(features_of(state), 4);
		const struct buffer buffer[] = { { DATA, 8, bad[i].write }, bad[i] };

		guest_offer(g, buffer, 2);
		assert_breaks(g, VIRTIO_FAULT_ADDRESS);
	}
}

static void a_chain_of_more_bytes_than_32_bits_count(void **state)
{
	const struct buffer buffer[] = { { DATA, 16, false }, { FAR, UINT32_MAX - 15, true } };
	struct guest *g = guest_start(features_of(state), 4);

	guest_offer(g, buffer, 2);
	assert_breaks(g, VIRTIO_FAULT_CHAIN_BYTES);
}

static void a_readable_buffer_after_a_writable_one(void **state)
{
	const struct buffer buffer[] = { { DATA, 1, true }, { DATA, 1, false } };
	struct guest *g = guest_start(features_of(state), 4);

	guest_offer(g, buffer, 2);
	assert_breaks(g, VIRTIO_FAULT_ORDER);
}

static void more_pieces_than_the_device_takes(void **state)
{
	struct guest *g = guest_start(features_of(state), 64);
	struct buffer buffer[SEGMENTS + 1];

	for (unsigned i = 0; i <= SEGMENTS; i++)
		buffer[i] = (struct buffer){ DATA + i, 1, false };
	guest_offer(g, buffer, SEGMENTS + 1);
	assert_breaks(g, VIRTIO_FAULT_SEGMENTS);
	/* A border of regions makes two pieces of one. */
	g = guest_start(features_of(state), 64);
	buffer[SEGMENTS - 1] = (struct buffer){ DATA - 1, 2, false };
	guest_offer(g, buffer, SEGMENTS);
	assert_breaks(g, VIRTIO_FAULT_SEGMENTS);
	g = guest_start(features_of(state), 64);
	guest_offer(g, buffer, SEGMENTS - 1);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	guest_free(g);
}

static void loops_of_descriptors(void **state)
{
	const struct buffer buffer[] = { { DATA, 1, false },
					 { DATA, 1, false },
					 { DATA, 0, false } };

	/* Onto itself, onto the first, and one without any bytes. */
	for (unsigned i = 0; i < 3; i++) {
		struct guest *g = guest_start(features_of(state), 16);

		guest_offer(g, buffer + (i == 2 ? 2 : 0), i == 2 ? 1 : 2);
		if (g->packed) {
			for (unsigned n = 0; n < 16; n++) {
				packed(g, n)->addr = DATA;
				packed(g, n)->len = i != 2;
				packed(g, n)->flags = AVAIL | NEXT;
			}
		} else {
			split(g, i == 1 ? 1 : 0)->flags = NEXT;
			split(g, i == 1 ? 1 : 0)->next = 0;
		}
		assert_breaks(g, VIRTIO_FAULT_CHAIN_LENGTH);
	}
}

static void a_next_descriptor_outside_the_table(void **state)
{
	for (uint32_t next = 4; next <= UINT16_MAX; next = next * 2 + 1) {
		const struct buffer buffer[] = { { DATA, 1, false }, { DATA, 1, false } };
		struct guest *g = guest_start(features_of(state), 4);

		split(g, guest_offer(g, buffer, 2))->next = (uint16_t)next;
		assert_breaks(g, VIRTIO_FAULT_NEXT);
	}
}

static void a_head_outside_the_table(void **state)
{
	for (uint32_t head = 4; head <= UINT16_MAX; head = head * 2 + 1) {
		struct guest *g = guest_start(features_of(state), 4);

		driver_area(g)[2] = (uint16_t)head;
		driver_area(g)[1] = 1;
		assert_breaks(g, VIRTIO_FAULT_HEAD);
	}
}

static void an_available_index_too_far_or_backwards(void **state)
{
	const struct buffer buffer = { DATA, 1, false };

	for (unsigned popped = 0; popped < 4; popped++)
		for (unsigned i = 0; i < 4; i++) {
			struct guest *g = guest_start(features_of(state), 4);
			const uint16_t index[] = { 5, (uint16_t)(popped - 1), UINT16_MAX / 2,
						   UINT16_MAX - 1 };

			for (unsigned n = 0; n < popped; n++) {
				guest_offer(g, &buffer, 1);
				assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
			}
			driver_area(g)[1] = index[i];
			assert_breaks(g, VIRTIO_FAULT_AVAILABLE_INDEX);
		}
}

/* A guest that makes descriptors available which the device has not given back. */
static void more_chains_than_the_queue_is_long(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA, 1, false };

	for (unsigned n = 0; n < 4; n++) {
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	}
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);
	if (g->packed)
		packed(g, 0)->flags = USED;
	else
		driver_area(g)[1]++;
	assert_breaks(g, g->packed ? VIRTIO_FAULT_CHAIN_LENGTH : VIRTIO_FAULT_AVAILABLE_INDEX);
}

/* Damages an indirect table of two buffers, in and out. */
struct damage {
	struct guest *g;
	struct split_desc *split;
	struct packed_desc *packed;
};

static struct damage offer_damaged(uint64_t features, uint32_t length)
{
	const struct buffer buffer[] = { { DATA, 1, false }, { DATA + 8, 1, true } };
	struct guest *g = guest_start(features, 4);

	guest_table(g, FAR, buffer, 2);
	guest_offer_table(g, FAR, length);
	return (struct damage){ g, (void *)g->far, (void *)g->far };
}

static void an_indirect_table_that_was_not_negotiated(void **state)
{
	assert_breaks(offer_damaged(features_of(state), 32).g, VIRTIO_FAULT_INDIRECT_UNEXPECTED);
}

static void an_indirect_table_of_no_whole_descriptors(void **state)
{
	static const uint32_t length[] = { 0, 1, 15, 17, 31, 33, UINT32_MAX };

	for (size_t i = 0; i < sizeof(length) / sizeof(length[0]); i++)
		assert_breaks(offer_damaged(features_of(state) | INDIRECTION, length[i]).g,
			      VIRTIO_FAULT_INDIRECT_SIZE);
}

static void an_indirect_table_in_the_middle_of_a_chain(void **state)
{
	const struct buffer buffer[] = { { DATA, 1, false }, { FAR, 32, false } };
	struct damage d = offer_damaged(features_of(state) | INDIRECTION, 32);

	if (d.g->packed)
		packed(d.g, 0)->flags |= NEXT;
	else
		split(d.g, 0)->flags |= NEXT;
	if (!d.g->packed) {
		assert_breaks(d.g, VIRTIO_FAULT_INDIRECT_CHAINED);
		return;
	}
	/* A packed ring may not mix the kinds at all. */
	guest_free(d.g);
	d.g = guest_start(features_of(state) | INDIRECTION, 4);
	guest_offer(d.g, buffer, 2);
	packed(d.g, 1)->flags |= INDIRECT;
	assert_breaks(d.g, VIRTIO_FAULT_INDIRECT_CHAINED);
}

static void an_indirect_table_outside_memory(void **state)
{
	struct damage d = offer_damaged(features_of(state) | INDIRECTION, 32);

	split(d.g, 0)->addr = NOWHERE;
	assert_breaks(d.g, VIRTIO_FAULT_ADDRESS);
	d = offer_damaged(features_of(state) | INDIRECTION, 32);
	/* its second half; the first ends the chain or goes on */
	split(d.g, 0)->addr = FAR + REGION_SIZE - 16;
	d.split = (void *)(d.g->far + REGION_SIZE - 16);
	*d.split = (struct split_desc){ DATA, 1, NEXT, 1 };
	assert_breaks(d.g, VIRTIO_FAULT_ADDRESS);
	d = offer_damaged(features_of(state) | INDIRECTION, 32);
	split(d.g, 0)->addr = UINT64_MAX - 15;
	assert_breaks(d.g, VIRTIO_FAULT_ADDRESS);
}

static void an_indirect_table_within_another(void **state)
{
	struct damage d = offer_damaged(features_of(state) | INDIRECTION, 32);

	d.split[1].flags |= INDIRECT;
	d.split[1].addr = FAR;
	d.split[1].len = 32;
	assert_breaks(d.g, VIRTIO_FAULT_INDIRECT_NESTED);
}

static void an_indirect_table_longer_than_the_queue(void **state)
{
	struct buffer buffer[6];
	struct guest *g = guest_start(features_of(state) | INDIRECTION, 4);

	for (unsigned i = 0; i < 6; i++)
		buffer[i] = (struct buffer){ DATA + i, 1, false };
	guest_table(g, FAR, buffer, 4);
	guest_offer_table(g, FAR, 64);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	guest_table(g, FAR, buffer, 5);
	guest_offer_table(g, FAR, 80);
	assert_breaks(g, VIRTIO_FAULT_CHAIN_LENGTH);
	/* A loop within the table. */
	if (features_of(state) & PACKED)
		return;
	g = guest_start(features_of(state) | INDIRECTION, 4);
	guest_table(g, FAR, buffer, 3);
	((struct split_desc *)(void *)g->far)[2] = (struct split_desc){ DATA, 1, NEXT, 1 };
	guest_offer_table(g, FAR, 48);
	assert_breaks(g, VIRTIO_FAULT_CHAIN_LENGTH);
}

/* In a packed ring's table all flags but one are without meaning. */
static void reserved_flags_of_a_packed_table_are_ignored(void **state)
{
	struct damage d = offer_damaged(features_of(state) | INDIRECTION, 32);

	d.packed[0].flags |= (uint16_t)~WRITE;
	d.packed[1].flags |= (uint16_t)~WRITE;
	assert_int_equal(virtio_queue_pop(&d.g->queue, &chain), 1);
	assert_int_equal(chain.readable, 1);
	assert_int_equal(chain.writable, 1);
	guest_free(d.g);
}

static void a_queue_that_cannot_be_is_not_started(void **state)
{
	struct guest *g = guest_make(features_of(state), 4);
	struct virtio_queue_setup good = guest_setup(g), bad[12];
	size_t n = 0;

	for (; n < sizeof(bad) / sizeof(bad[0]); n++)
		bad[n] = good;
	bad[0].size = 0;
	bad[1].size = VIRTIO_QUEUE_SIZE_MAX + 1;
	bad[2].size = g->packed ? 32768 : 3; /* not a power of two; too long for memory */
	bad[3].descriptors += 8;
	bad[4].driver += 1;
	bad[5].device += 2;
	bad[6].descriptors = DATA - 32; /* over a border, even of adjacent regions */
	bad[7].driver = NOWHERE;
	bad[8].device = UINT64_MAX - 3;
	bad[9].descriptors = 0;
	bad[10].base = g->packed ? 4 : 5; /* outside the ring; more in flight than it is long */
	bad[10].resume = true;
	bad[11].base = g->packed ? 0x80018000 : 6; /* used past available */
	bad[11].resume = true;
	for (n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
		assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &bad[n], NULL, NULL),
				 VIRTIO_ERR_INVALID);
		assert_false(g->queue.running);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
	}
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &good, NULL, NULL), 0);
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &good, NULL, NULL),
			 VIRTIO_ERR_BUSY);
	guest_free(g);
}

static void a_used_index_that_the_guest_has_changed(void **state)
{
	struct guest *g = guest_make(features_of(state), 4);
	struct virtio_queue_setup setup = guest_setup(g);

	setup.resume = true;
	setup.base = 2;
	device_area(g)[1] = 9;
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, NULL, NULL),
			 VIRTIO_ERR_INVALID);
	device_area(g)[1] = 1;
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, NULL, NULL), 0);
	/* From then on the queue's own count is what counts. */
	device_area(g)[1] = 77;
	driver_area(g)[1] = 2;
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);
	assert_int_equal(g->queue.used.index, 1);
	guest_free(g);
}

/* What the driver asks for may be anything. */
static void nonsense_about_notifications(void **state)
{
	struct guest *g = guest_start(features_of(state) | EVENT, 4);
	const struct buffer buffer = { DATA, 1, true };
	uint16_t id;
	uint32_t length;

	for (uint32_t i = 0; i <= UINT16_MAX; i += 0xfff) {
		driver_area(g)[0] = (uint16_t)i;
		if (g->packed)
			driver_area(g)[1] = (uint16_t)(i * 7);
		else
			driver_area(g)[2 + g->size] = (uint16_t)i;
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		virtio_queue_push(&g->queue, &chain, 1);
		(void)virtio_queue_should_notify(&g->queue);
		assert_true(guest_collect(g, &id, &length));
	}
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_NONE);
	guest_free(g);
}

static bool endless(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots)
{
	const unsigned *kind = arg;
	static const struct packed_desc outside[2] = { { NOWHERE, 1, 0, NEXT },
						       { NOWHERE, 1, 0, 0 } };

	*id = *kind == 0 ? 0 : 9;
	*descriptors = *kind == 2 ? NULL : outside;
	*slots = *kind == 1 ? 999 : 2;
	return true;
}

/*
 * A record of chains in flight lies in shared memory: what it says is checked like the rings are.
 */
static void a_damaged_record_of_chains_in_flight(void **state)
{
	static const struct virtio_tracker tracker = { .again = endless };
	static const enum virtio_fault packed_fault[] = { VIRTIO_FAULT_ADDRESS,
							  VIRTIO_FAULT_CHAIN_LENGTH,
							  VIRTIO_FAULT_CHAIN_LENGTH };

	for (unsigned kind = 0; kind < 3; kind++) {
		struct guest *g = guest_make(features_of(state), 4);
		struct virtio_queue_setup setup = guest_setup(g);

		setup.resume = true;
		setup.again = 2;
		setup.base = g->packed ? 0x80008002 : 0;
		split(g, 0)->addr = NOWHERE;
		split(g, 0)->len = 1;
		assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, &tracker, &kind),
				 0);
		assert_breaks(g, g->packed ? packed_fault[kind] :
				 kind	   ? VIRTIO_FAULT_HEAD :
					     VIRTIO_FAULT_ADDRESS);
	}
}

static const uint64_t split_features, packed_features = PACKED;
#define SPLIT(test)                                                                   \
	{                                                                             \
		"split: " #test, test, NULL, NULL, (void *)(uintptr_t)&split_features \
	}
#define PACK(test)                                                                      \
	{                                                                               \
		"packed: " #test, test, NULL, NULL, (void *)(uintptr_t)&packed_features \
	}
#define BOTH(test) SPLIT(test), PACK(test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(buffers_outside_memory),
		BOTH(a_chain_of_more_bytes_than_32_bits_count),
		BOTH(a_readable_buffer_after_a_writable_one),
		BOTH(more_pieces_than_the_device_takes),
		BOTH(loops_of_descriptors),
		SPLIT(a_next_descriptor_outside_the_table),
		SPLIT(a_head_outside_the_table),
		SPLIT(an_available_index_too_far_or_backwards),
		BOTH(more_chains_than_the_queue_is_long),
		BOTH(an_indirect_table_that_was_not_negotiated),
		BOTH(an_indirect_table_of_no_whole_descriptors),
		BOTH(an_indirect_table_in_the_middle_of_a_chain),
		BOTH(an_indirect_table_outside_memory),
		SPLIT(an_indirect_table_within_another),
		BOTH(an_indirect_table_longer_than_the_queue),
		PACK(reserved_flags_of_a_packed_table_are_ignored),
		BOTH(a_queue_that_cannot_be_is_not_started),
		SPLIT(a_used_index_that_the_guest_has_changed),
		BOTH(nonsense_about_notifications),
		BOTH(a_damaged_record_of_chains_in_flight),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
