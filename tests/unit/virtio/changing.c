// SPDX-License-Identifier: GPL-2.0-only
/*
 * A running queue survives what changes under it: memory that goes or moves, descriptors that the
 * guest writes while they are read.
 */
#include <pthread.h>
#include <sched.h>

#include "guest.h"

#define PACKED	    VIRTIO_FEATURE(VIRTIO_F_RING_PACKED)
#define INDIRECTION VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC)
#define SEGMENTS    8

static struct virtio_segment segments[SEGMENTS];
static struct virtio_chain chain = { .segment = segments, .capacity = SEGMENTS };

static uint64_t features_of(void **state)
{
	return *(const uint64_t *)*state;
}

static void rings_that_are_taken_away(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA, 1, true };

	guest_offer(g, &buffer, 1);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(virtio_memory_remove(&g->memory, RINGS, REGION_SIZE), 0);
	/* The memory is gone from this process too. */
	free(g->rings);
	g->rings = NULL;
	virtio_queue_push(&g->queue, &chain, 1);
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_RING_GONE);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
	assert_false(virtio_queue_should_notify(&g->queue));
	guest_free(g);
}

static void rings_that_move_in_this_process(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA, 1, true };
	unsigned char *moved = aligned_alloc(4096, REGION_SIZE);
	uint16_t id;
	uint32_t length;

	guest_offer(g, &buffer, 1);
	memcpy(moved, g->rings, REGION_SIZE);
	virtio_memory_clear(&g->memory);
	assert_int_equal(virtio_memory_add(&g->memory, RINGS, REGION_SIZE, moved), 0);
	assert_int_equal(virtio_memory_add(&g->memory, DATA, REGION_SIZE, g->data), 0);
	free(g->rings);
	g->rings = moved;
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	virtio_queue_push(&g->queue, &chain, 1);
	assert_true(guest_collect(g, &id, &length));
	guest_free(g);
}

static void buffers_that_are_taken_away(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { DATA, 4, false }, { DATA + 8, 4, true } };
	char text[4];

	guest_offer(g, buffer, 2);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 1), 1);
	assert_int_equal(virtio_memory_remove(&g->memory, DATA, REGION_SIZE), 0);
	free(g->data);
	g->data = NULL;
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 1), 0);
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_ADDRESS);
	assert_int_equal(virtio_chain_write(&g->queue, &chain, text, 1), 0);
	guest_free(g);
}

/*
 * The queue remembers where the last buffer lay; that does not help one that lies in memory that is
 * gone.
 */
static void buffers_where_memory_was(void **state)
{
	const struct buffer buffer = { FAR, 4, true };

	for (unsigned all = 0; all < 2; all++) {
		struct guest *g = guest_start(features_of(state), 4);

		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		assert_ptr_equal(chain.segment[0].base, g->far);
		virtio_queue_push(&g->queue, &chain, 0);
		if (all) {
			virtio_memory_clear(&g->memory);
			assert_int_equal(
				virtio_memory_add(&g->memory, RINGS, REGION_SIZE, g->rings), 0);
		} else {
			assert_int_equal(virtio_memory_remove(&g->memory, FAR, REGION_SIZE), 0);
		}
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
		assert_int_equal(g->queue.fault, VIRTIO_FAULT_ADDRESS);
		guest_free(g);
	}
}

static void a_stopped_queue_touches_no_memory(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { DATA, 4, false }, { DATA + 8, 4, true } };
	char text[4];

	guest_offer(g, buffer, 2);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	virtio_queue_stop(&g->queue);
	memset(g->rings, 0x55, REGION_SIZE);
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 4), 0);
	assert_int_equal(virtio_chain_write(&g->queue, &chain, text, 4), 0);
	virtio_queue_push(&g->queue, &chain, 4);
	virtio_queue_disable_notify(&g->queue);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), -1);
	for (unsigned i = 0; i < REGION_SIZE; i++)
		assert_int_equal(g->rings[i], 0x55);
	assert_int_equal(g->data[8], 0);
	guest_free(g);
}

/* A guest that changes descriptors while they are read: what was checked is what is used. */
struct changing {
	struct guest *g;
	bool stop;
};

static void *change(void *arg)
{
	struct changing *c = arg;

	for (unsigned i = 0; !__atomic_load_n(&c->stop, __ATOMIC_RELAXED); i++) {
		volatile struct split_desc *ring = split(c->g, 0), *table = (void *)c->g->far;

		/* Most of the time all is well; each word is wrong for a moment. */
		ring->addr = i % 16 ? FAR : NOWHERE;
		ring->len = (i + 1) % 16 ? 32 : 0xfffffff0;
		table[0].addr = (i + 2) % 16 ? DATA : UINT64_MAX - 7;
		table[0].len = (i + 3) % 16 ? 16 : UINT32_MAX;
		table[1].addr = (i + 4) % 16 ? DATA + REGION_SIZE - 8 : DATA + REGION_SIZE - 7;
		table[1].len = (i + 5) % 16 ? 8 : 9;
		if (!(i % 13))
			sched_yield();
	}
	return NULL;
}

static void descriptors_that_change_while_they_are_read(void **state)
{
	struct guest *g = guest_make(features_of(state) | INDIRECTION, 4);
	const struct buffer buffer[] = { { DATA, 16, false }, { DATA + REGION_SIZE - 8, 8, true } };
	struct virtio_queue_setup setup = guest_setup(g);
	struct changing changing = { g, false };
	unsigned good = 0, bad = 0;
	unsigned char bytes[16];
	pthread_t thread;

	guest_table(g, FAR, buffer, 2);
	guest_offer_table(g, FAR, 32);
	assert_int_equal(pthread_create(&thread, NULL, change, &changing), 0);
	while (good < 4000 || bad < 4000) {
		if (!((good + bad) % 32))
			sched_yield();
		assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, NULL, NULL), 0);
		if (virtio_queue_pop(&g->queue, &chain) > 0) {
			assert_int_equal(chain.to_read, 16);
			assert_int_equal(chain.to_write, 8);
			assert_ptr_equal(chain.segment[0].base, g->data);
			assert_ptr_equal(chain.segment[1].base, g->data + REGION_SIZE - 8);
			assert_int_equal(virtio_chain_read(&g->queue, &chain, bytes, 16), 16);
			assert_int_equal(virtio_chain_write(&g->queue, &chain, bytes, 16), 8);
			good++;
		} else {
			bad++;
			/* The last one: a table of all memory, in a packed ring. */
			assert_true(g->queue.fault == VIRTIO_FAULT_ADDRESS ||
				    g->queue.fault == VIRTIO_FAULT_CHAIN_BYTES ||
				    g->queue.fault == VIRTIO_FAULT_CHAIN_LENGTH);
		}
		virtio_queue_stop(&g->queue);
	}
	__atomic_store_n(&changing.stop, true, __ATOMIC_RELAXED);
	assert_int_equal(pthread_join(thread, NULL), 0);
	guest_free(g);
}

static const uint64_t split_features, packed_features = PACKED;
#define BOTH(test)                                                                      \
	{ "split: " #test, test, NULL, NULL, (void *)(uintptr_t)&split_features },      \
	{                                                                               \
		"packed: " #test, test, NULL, NULL, (void *)(uintptr_t)&packed_features \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(rings_that_are_taken_away),
		BOTH(rings_that_move_in_this_process),
		BOTH(buffers_that_are_taken_away),
		BOTH(buffers_where_memory_was),
		BOTH(a_stopped_queue_touches_no_memory),
		BOTH(descriptors_that_change_while_they_are_read),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
