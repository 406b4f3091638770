// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest that keeps the rules gets each chain served whole, in any order and with the
 * notifications that it asks for, from split and packed rings (virtio/virtio-queue.h).
 */
#include <sched.h>
#include <pthread.h>

#include "both-rings.h"

static void a_chain_has_what_the_guest_put_in(void **state)
{
	struct guest *g = guest_start(features_of(state), 8);
	const struct buffer buffer[] = { { DATA, 3, false },
					 { FAR, 2, false },
					 { DATA + 100, 4, true } };
	uint16_t id = guest_offer(g, buffer, 3), used;
	char text[8] = { 0 };
	uint32_t length;

	memcpy(g->data, "abc", 3);
	memcpy(g->far, "de", 2);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(chain.id, id);
	assert_int_equal(chain.readable, 2);
	assert_int_equal(chain.writable, 1);
	assert_int_equal(chain.to_read, 5);
	assert_int_equal(chain.to_write, 4);
	assert_ptr_equal(chain.segment[2].base, g->data + 100);
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 4), 4);
	assert_string_equal(text, "abcd");
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 4), 1);
	assert_int_equal(text[0], 'e');
	assert_int_equal(virtio_chain_write(&g->queue, &chain, "1234567", 7), 4);
	assert_memory_equal(g->data + 100, "1234\0", 5);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);

	assert_false(guest_collect(g, &used, &length));
	assert_int_equal(g->queue.in_flight, g->packed ? 3 : 1);
	chain.id = id;
	chain.slots = g->packed ? 3 : 1;
	chain.written = 4;
	virtio_queue_push(&g->queue, &chain, 4);
	assert_true(guest_collect(g, &used, &length));
	assert_int_equal(used, id);
	assert_int_equal(length, 4);
	assert_int_equal(g->queue.in_flight, 0);
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_NONE);
	guest_free(g);
}

static void length_is_never_more_than_can_be_written(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { DATA, 3, false }, { DATA + 8, 4, true } };
	uint16_t id;
	uint32_t length;

	guest_offer(g, buffer, 2);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	virtio_queue_push(&g->queue, &chain, UINT32_MAX);
	assert_true(guest_collect(g, &id, &length));
	assert_int_equal(length, 4);
	guest_free(g);
}

static void a_buffer_over_adjacent_regions_is_split(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA - 3, 8, false };
	char text[9] = { 0 };

	memcpy(g->rings + REGION_SIZE - 3, "abc", 3);
	memcpy(g->data, "defgh", 5);
	guest_offer(g, &buffer, 1);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(chain.readable, 2);
	assert_int_equal(virtio_chain_read(&g->queue, &chain, text, 8), 8);
	assert_string_equal(text, "abcdefgh");
	guest_free(g);
}

static void descriptors_without_bytes_are_passed_over(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { NOWHERE, 0, false },
					 { DATA, 1, true },
					 { NOWHERE, 0, true } };

	guest_offer(g, buffer, 3);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(chain.readable, 0);
	assert_int_equal(chain.writable, 1);
	assert_int_equal(chain.slots, g->packed ? 3 : 1);
	guest_free(g);
}

/*
 * Chains of 1 to 3 descriptors, many rounds of the ring, given back in another order than they
 * came.
 */
static void rings_go_round_in_any_order(void **state)
{
	struct guest *g = guest_start(features_of(state), 8);
	const struct buffer buffer[] = { { DATA, 1, false },
					 { DATA + 1, 1, false },
					 { DATA + 2, 9, true } };
	struct virtio_segment segment[3][4];
	struct virtio_chain popped[3];
	uint16_t id, offered[3];
	uint32_t length;

	for (unsigned round = 0; round < 70000; round++) {
		for (unsigned i = 0; i < 3; i++)
			offered[i] = guest_offer(g, buffer + i % 3, 1 + (round + i) % (3 - i % 3));
		for (unsigned i = 0; i < 3; i++) {
			virtio_chain_init(&popped[i], segment[i], 4);
			assert_int_equal(virtio_queue_pop(&g->queue, &popped[i]), 1);
			assert_int_equal(popped[i].id, offered[i]);
		}
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);
		for (unsigned i = 3; i--;)
			virtio_queue_push(&g->queue, &popped[(i + round) % 3], 0);
		for (unsigned i = 3; i--;) {
			assert_true(guest_collect(g, &id, &length));
			assert_int_equal(id, offered[(i + round) % 3]);
		}
	}
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_NONE);
	guest_free(g);
}

static void indirect_tables_give_their_buffers(void **state)
{
	struct guest *g = guest_start(features_of(state) | INDIRECTION, 4);
	const struct buffer buffer[] = {
		{ DATA, 1, false }, { FAR, 2, false }, { FAR + 8, 4, true }, { DATA + 9, 8, true }
	};
	uint16_t id, used;
	uint32_t length;

	/* In one region, and across two; not aligned. */
	for (uint64_t table = DATA - 71; table < DATA + 200; table += 67) {
		guest_table(g, table, buffer, 4);
		id = guest_offer_table(g, table, 64);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		assert_int_equal(chain.id, id);
		assert_int_equal(chain.readable, 2);
		assert_int_equal(chain.writable, 2);
		assert_int_equal(chain.to_read, 3);
		assert_int_equal(chain.to_write, 12);
		assert_int_equal(chain.slots, 1);
		virtio_queue_push(&g->queue, &chain, 0);
		assert_true(guest_collect(g, &used, &length));
	}
	guest_free(g);
}

static void flags_say_whether_to_notify(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer = { DATA, 1, true };
	uint16_t id;
	uint32_t length;

	assert_false(virtio_queue_should_notify(&g->queue));
	for (unsigned want = 0; want < 4; want++) {
		guest_want_all(g, want & 1);
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		virtio_queue_push(&g->queue, &chain, 1);
		assert_int_equal(virtio_queue_should_notify(&g->queue), want & 1);
		assert_false(virtio_queue_should_notify(&g->queue));
		assert_true(guest_collect(g, &id, &length));
	}
	guest_free(g);
}

/* Every batch size, every event place within the next round, at every place of the ring. */
static void event_index_says_when_to_notify(void **state)
{
	const uint16_t size = 8;
	struct guest *g = guest_start(features_of(state) | EVENT, size);
	const struct buffer buffer = { DATA, 1, true };
	uint16_t id;
	uint32_t length;

	for (unsigned round = 0; round < 20; round++)
		for (uint16_t batch = 1; batch <= size; batch++)
			for (uint16_t event = 0; event < size; event++) {
				guest_want_event(g, event);
				for (unsigned i = 0; i < batch; i++) {
					guest_offer(g, &buffer, 1);
					assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
					virtio_queue_push(&g->queue, &chain, 1);
				}
				assert_int_equal(virtio_queue_should_notify(&g->queue),
						 event < batch);
				for (unsigned i = 0; i < batch; i++)
					assert_true(guest_collect(g, &id, &length));
			}
	guest_free(g);
}

static void the_device_says_whether_it_wants_notifications(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	uint16_t *flags = &device_area(g)[g->packed ? 1 : 0];
	const struct buffer buffer = { DATA, 1, true };

	virtio_queue_disable_notify(&g->queue);
	assert_int_equal(*flags, 1);
	assert_false(virtio_queue_enable_notify(&g->queue));
	assert_int_equal(*flags, 0);
	virtio_queue_disable_notify(&g->queue);
	guest_offer(g, &buffer, 1);
	assert_true(virtio_queue_enable_notify(&g->queue));
	guest_free(g);
}

static void the_device_names_the_place_it_waits_for(void **state)
{
	struct guest *g = guest_start(features_of(state) | EVENT, 4);
	const struct buffer buffer = { DATA, 1, true };
	uint16_t id;
	uint32_t length;

	for (unsigned i = 1; i < 11; i++) {
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		virtio_queue_push(&g->queue, &chain, 1);
		assert_true(guest_collect(g, &id, &length));
		assert_false(virtio_queue_enable_notify(&g->queue));
		if (g->packed) {
			assert_int_equal(device_area(g)[0], i % 4 | (i / 4 % 2 ? 0 : 0x8000));
			assert_int_equal(device_area(g)[1], 2);
		} else {
			assert_int_equal(device_area(g)[0], 0);
			assert_int_equal(device_area(g)[2 + 4 * g->size], i);
		}
	}
	guest_free(g);
}

static void a_kept_chain_is_written_later(void **state)
{
	struct guest *g = guest_start(features_of(state), 4);
	const struct buffer buffer[] = { { DATA, 1, false },
					 { DATA + 8, 4, true },
					 { DATA + 20, 4, true } };
	struct virtio_segment segment[1];
	struct virtio_chain kept;
	uint16_t id;
	uint32_t length;

	guest_offer(g, buffer, 3);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
	assert_int_equal(virtio_chain_write(&g->queue, &chain, "a", 1), 1);
	virtio_chain_keep(&kept, segment, 1, &chain);
	assert_int_equal(virtio_queue_pop(&g->queue, &chain), 0);
	/* Memory is set up anew at other addresses of this process; the guest's stay. */
	virtio_memory_remove(&g->memory, DATA, REGION_SIZE);
	memset(g->data, 0, REGION_SIZE);
	assert_int_equal(
		virtio_memory_add(&g->memory, DATA, REGION_SIZE / 2, g->data + REGION_SIZE / 2), 0);
	assert_int_equal(kept.to_write, 3);
	assert_int_equal(virtio_chain_write(&g->queue, &kept, "bcde", 4), 3);
	assert_memory_equal(g->data + REGION_SIZE / 2 + 8, "\0bcd\0", 5);
	assert_int_equal(g->data[9], 0);
	virtio_queue_push(&g->queue, &kept, kept.written);
	assert_true(guest_collect(g, &id, &length));
	assert_int_equal(length, 4);
	guest_free(g);
}

/*
 * A guest on another processor: what it put into its buffers is there when its chain is popped, and
 * the answer when it is used.
 */
struct traffic {
	struct guest *g;
	unsigned requests;
	bool failed; /* set by the driver's thread */
};

static void *drive(void *arg)
{
	struct traffic *traffic = arg;
	struct guest *g = traffic->g;
	uint32_t *word = (uint32_t *)(void *)g->data, length;
	unsigned sent = 0, done = 0;
	uint16_t id;

	while (done < traffic->requests) {
		if (sent < traffic->requests && g->frees >= 2 &&
		    sent - done < (unsigned)g->size / 2) {
			unsigned at = sent % g->size;
			const struct buffer buffer[] = { { DATA + 8 * at, 4, false },
							 { DATA + 8 * at + 4, 4, true } };

			word[2 * at] = sent++;
			guest_offer(g, buffer, 2);
		} else if (guest_collect(g, &id, &length)) {
			__atomic_store_n(&traffic->failed,
					 word[2 * (done % g->size) + 1] != ~done || length != 4,
					 __ATOMIC_RELAXED);
			if (traffic->failed)
				return NULL;
			done++;
		} else {
			sched_yield();
		}
	}
	return NULL;
}

static void another_processor_sees_what_is_pushed(void **state)
{
	struct guest *g = guest_start(features_of(state) | EVENT, 16);
	struct traffic traffic = { g, 50000, false };
	uint32_t request, answer;
	pthread_t driver;

	assert_int_equal(pthread_create(&driver, NULL, drive, &traffic), 0);
	for (unsigned i = 0; i < traffic.requests;) {
		int popped = virtio_queue_pop(&g->queue, &chain);

		assert_true(popped >= 0);
		if (!popped) {
			assert_false(__atomic_load_n(&traffic.failed, __ATOMIC_RELAXED));
			sched_yield();
			continue;
		}
		assert_int_equal(virtio_chain_read(&g->queue, &chain, &request, 4), 4);
		assert_int_equal(request, i++);
		answer = ~request;
		assert_int_equal(virtio_chain_write(&g->queue, &chain, &answer, 4), 4);
		virtio_queue_push(&g->queue, &chain, 4);
		(void)virtio_queue_should_notify(&g->queue);
	}
	assert_int_equal(pthread_join(driver, NULL), 0);
	assert_false(traffic.failed);
	guest_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(a_chain_has_what_the_guest_put_in),
		BOTH(length_is_never_more_than_can_be_written),
		BOTH(a_buffer_over_adjacent_regions_is_split),
		BOTH(descriptors_without_bytes_are_passed_over),
		BOTH(rings_go_round_in_any_order),
		BOTH(indirect_tables_give_their_buffers),
		BOTH(flags_say_whether_to_notify),
		BOTH(event_index_says_when_to_notify),
		BOTH(the_device_says_whether_it_wants_notifications),
		BOTH(the_device_names_the_place_it_waits_for),
		BOTH(a_kept_chain_is_written_later),
		BOTH(another_processor_sees_what_is_pushed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
