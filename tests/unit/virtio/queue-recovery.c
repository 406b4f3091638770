// SPDX-License-Identifier: GPL-2.0-only
/* A queue that was stopped, or whose process has died, goes on where it was. */
#include "both-rings.h"

/* Starts the guest's queue again with BASE. */
static void restart(struct guest *g, uint32_t base)
{
	struct virtio_queue_setup setup = guest_setup(g);

	setup.base = base;
	setup.resume = true;
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, NULL, NULL), 0);
}

static void a_queue_goes_on_where_it_was_stopped(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { DATA, 1, false }, { DATA + 8, 4, true } };
	struct virtio_segment kept_segment[2];
	struct virtio_chain kept;
	uint16_t id, first;
	uint32_t length;

	virtio_chain_init(&kept, kept_segment, 2);
	for (unsigned i = 0; i < 50; i++) {
		/* One chain is kept over the stop, one was not popped yet. */
		first = guest_offer(g, buffer, 2);
		assert_int_equal(virtio_queue_pop(&g->queue, &kept), 1);
		guest_offer(g, buffer + 1, 1);
		restart(g, virtio_queue_stop(&g->queue));
		assert_int_equal(g->queue.in_flight, g->packed ? 2 : 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		assert_int_equal(virtio_chain_write(&g->queue, &kept, "xy", 2), 2);
		virtio_queue_push(&g->queue, &kept, 2);
		virtio_queue_push(&g->queue, &chain, 0);
		/* The guest may not have been told of what was used before the stop. */
		assert_true(virtio_queue_should_notify(&g->queue));
		assert_true(guest_collect(g, &id, &length));
		assert_int_equal(id, first);
		assert_int_equal(length, 2);
		assert_true(guest_collect(g, &id, &length));
	}
	guest_free(g);
}

static void bases_have_the_format_of_vhost_user(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA, 1, true };
	uint16_t id;
	uint32_t length;

	for (unsigned i = 0; i < 5; i++) {
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		if (i < 3)
			virtio_queue_push(&g->queue, &chain, 1);
		if (i < 3)
			assert_true(guest_collect(g, &id, &length));
	}
	/* 5 popped, 3 used, of 4 places. */
	assert_int_equal(virtio_queue_base(&g->queue), g->packed ? 0x80030001 : 5);
	guest_free(g);
}

/* A record of the chains in flight, in the manner of vhost-user's. */
struct record {
	unsigned popped, completing, completed, given;
	bool in_flight[QUEUE_MAX];
	struct packed_desc desc[QUEUE_MAX][4];
	uint16_t slots[QUEUE_MAX];
};

static bool record_again(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots)
{
	struct record *record = arg;

	for (; record->given < QUEUE_MAX; record->given++)
		if (record->in_flight[record->given]) {
			*id = (uint16_t)record->given++;
			*descriptors = record->desc[*id];
			*slots = record->slots[*id];
			return true;
		}
	return false;
}

static void record_popped(void *arg, const struct virtio_queue *queue, const struct virtio_chain *c)
{
	struct record *record = arg;

	record->popped++;
	for (unsigned i = 0; queue->packed && !record->in_flight[c->id] && i < c->slots; i++)
		memcpy(&record->desc[c->id][i],
		       queue->ring[0] + (size_t)((c->slot + i) % queue->size) * 16, 16);
	record->in_flight[c->id] = true;
	record->slots[c->id] = c->slots;
}

static void record_completing(void *arg, const struct virtio_queue *queue,
			      const struct virtio_chain *c)
{
	struct record *record = arg;

	(void)queue, (void)c;
	assert_int_equal(record->completing++, record->completed);
}

static void record_completed(void *arg, const struct virtio_queue *queue,
			     const struct virtio_chain *c)
{
	struct record *record = arg;

	(void)queue;
	assert_true(record->in_flight[c->id]);
	record->in_flight[c->id] = false;
	record->completed++;
}

static const struct virtio_tracker recorder = {
	.again = record_again,
	.popped = record_popped,
	.completing = record_completing,
	.completed = record_completed,
};

static void chains_in_flight_are_given_again_after_a_crash(void **state)
{
	struct guest *g = guest_make(features_of(state), 8);
	const struct buffer buffer[] = { { DATA, 1, false }, { DATA + 8, 4, true } };
	struct virtio_queue_setup setup = guest_setup(g);
	struct virtio_chain popped[4];
	struct record record = { 0 };
	uint16_t id, ids[4];
	uint32_t length, base;

	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, &recorder, &record), 0);
	for (unsigned i = 0; i < 4; i++) {
		ids[i] = guest_offer(g, buffer, i == 1 ? 2 : 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		popped[i] = chain;
	}
	virtio_queue_push(&g->queue, &popped[2], 0);
	assert_true(guest_collect(g, &id, &length));
	assert_int_equal(record.popped, 4);
	assert_int_equal(record.completed, 1);
	base = virtio_queue_base(&g->queue);

	/*
	 * The daemon is gone; the next one knows the record, and for split rings the used index
	 * only.
	 */
	memset(&g->queue, 0, sizeof(g->queue));
	setup.resume = true;
	setup.base = g->packed ? base : 1;
	setup.again = 3;
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, &recorder, &record), 0);
	assert_int_equal(g->queue.in_flight, g->packed ? 4 : 3);
	guest_offer(g, buffer, 1);
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		if (chain.id == ids[1])
			assert_int_equal(chain.to_write, 4);
		assert_int_not_equal(chain.id, i < 3 ? ids[2] : ids[1]);
		virtio_queue_push(&g->queue, &chain, 0);
		assert_true(guest_collect(g, &id, &length));
		assert_int_equal(id, chain.id);
	}
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);
	assert_int_equal(g->queue.in_flight, 0);
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_NONE);
	guest_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_queue_goes_on_where_it_was_stopped),
		BOTH(bases_have_the_format_of_vhost_user),
		BOTH(chains_in_flight_are_given_again_after_a_crash),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
