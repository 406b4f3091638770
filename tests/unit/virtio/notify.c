// SPDX-License-Identifier: GPL-2.0-only
/*
 * No notification is lost between a guest on one processor and the device on another, both of which
 * sleep whenever they have told the other side to wake them: for both kinds of ring, by flags and
 * by event index.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include "guest.h"

#define PACKED	 VIRTIO_FEATURE(VIRTIO_F_RING_PACKED)
#define EVENT	 VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX)
#define REQUESTS 20000
/* seconds until a notification counts as lost: far more than a busy machine needs */
#define PATIENCE 60

struct pair {
	struct guest *g;
	sem_t kick, call;
	unsigned kicks, calls;
	bool lost; /* somebody waited in vain */
};

/* Waits to be woken. False: in vain. */
static bool sleep_until(struct pair *pair, sem_t *woken)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE;
	while (sem_timedwait(woken, &until)) {
		if (errno == EINTR)
			continue;
		__atomic_store_n(&pair->lost, true, __ATOMIC_RELAXED);
		return false;
	}
	return true;
}

/*
 * Whether the device wants to know of the chain of one descriptor that was just made available
 * (section 2.7.10, 2.8.21).
 */
static bool wants_kick(struct guest *g)
{
	uint16_t *device = device_area(g), new = g->avail, event;

	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!g->packed && !(g->features & EVENT))
		return !__atomic_load_n(&device[0], __ATOMIC_RELAXED);
	if (!g->packed)
		return (uint16_t)(new -
				  __atomic_load_n(&device[2 + 4 * g->size], __ATOMIC_RELAXED) - 1) <
		       1;
	uint32_t both = __atomic_load_n((uint32_t *)(void *)device, __ATOMIC_RELAXED);

	if (both >> 16 != 2)
		return both >> 16 == 0;
	event = both & 0x7fff;
	if (!!(both & 0x8000) != g->avail_wrap)
		event -= g->size;
	return (uint16_t)(new - event - 1) < 1;
}

/* Tells the device to notify of the next used chain. */
static void want_call(struct guest *g, bool want)
{
	if (!(g->features & EVENT))
		guest_want_all(g, want);
	else if (want)
		guest_want_event(g, 0);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static void *drive(void *arg)
{
	const struct buffer buffer = { DATA, 4, true };
	struct pair *pair = arg;
	struct guest *g = pair->g;
	unsigned sent = 0, done = 0;
	uint32_t length;
	uint16_t id;

	want_call(g, false);
	while (done < REQUESTS) {
		if (sent < REQUESTS && sent - done < (unsigned)(1 + sent / 64 % (g->size - 1))) {
			sent++;
			guest_offer(g, &buffer, 1);
			if (wants_kick(g)) {
				pair->kicks++;
				sem_post(&pair->kick);
			}
			continue;
		}
		if (guest_collect(g, &id, &length)) {
			done++;
			continue;
		}
		want_call(g, true);
		if (guest_collect(g, &id, &length))
			done++;
		else if (!sleep_until(pair, &pair->call))
			return NULL;
		want_call(g, false);
	}
	return NULL;
}

static void no_notification_is_lost(void **state)
{
	struct guest *g = guest_start(*(const uint64_t *)*state, 8);
	struct pair pair = { .g = g };
	struct virtio_segment segment[1];
	struct virtio_chain chain;
	pthread_t driver;

	sem_init(&pair.kick, 0, 0);
	sem_init(&pair.call, 0, 0);
	virtio_chain_init(&chain, segment, 1);
	assert_int_equal(pthread_create(&driver, NULL, drive, &pair), 0);
	for (unsigned served = 0;
	     served < REQUESTS && !__atomic_load_n(&pair.lost, __ATOMIC_RELAXED);) {
		unsigned batch = 0;

		virtio_queue_disable_notify(&g->queue);
		for (; batch < 1 + served % 3 && virtio_queue_pop(&g->queue, &chain) > 0;
		     batch++, served++)
			virtio_queue_push(&g->queue, &chain, 0);
		if (virtio_queue_should_notify(&g->queue)) {
			pair.calls++;
			sem_post(&pair.call);
		}
		if (!batch && !virtio_queue_enable_notify(&g->queue))
			(void)sleep_until(&pair, &pair.kick);
	}
	assert_int_equal(pthread_join(driver, NULL), 0);
	assert_false(pair.lost);
	assert_int_equal(g->queue.fault, VIRTIO_FAULT_NONE);
	/*
	 * And suppression has an effect; by flags a guest may be faster than the device that it has
	 * woken.
	 */
	assert_in_range(pair.kicks, 1, g->features & EVENT ? REQUESTS - 1 : REQUESTS);
	assert_in_range(pair.calls, 1, REQUESTS - 1);
	guest_free(g);
}

/*
 * Whoever asks after more chains than 16 bits count learns that the guest wants to know, wherever
 * its event is.
 */
static void a_long_batch_is_announced(void **state)
{
	struct guest *g = guest_start(*(const uint64_t *)*state, 8);
	const struct buffer buffer = { DATA, 4, true };
	struct virtio_segment segment[1];
	struct virtio_chain chain;
	uint32_t length;
	uint16_t id;

	virtio_chain_init(&chain, segment, 1);
	for (unsigned i = 0; i < UINT16_MAX + 3; i++) {
		guest_offer(g, &buffer, 1);
		assert_int_equal(virtio_queue_pop(&g->queue, &chain), 1);
		virtio_queue_push(&g->queue, &chain, 0);
		assert_true(guest_collect(g, &id, &length));
	}
	guest_want_event(g, 4); /* as far ahead as it is behind in the last round */
	assert_true(virtio_queue_should_notify(&g->queue));
	assert_false(virtio_queue_should_notify(&g->queue));
	guest_free(g);
}

static const uint64_t features[] = { 0, EVENT, PACKED, PACKED | EVENT };
#define TEST(name, test, i)                                                        \
	{                                                                          \
		name ": " #test, test, NULL, NULL, (void *)(uintptr_t)&features[i] \
	}
#define WITH(name, i) TEST(name, no_notification_is_lost, i)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH("split, by flags", 0),
		WITH("split, by event index", 1),
		WITH("packed, by flags", 2),
		WITH("packed, by event index", 3),
		TEST("split, by event index", a_long_batch_is_announced, 1),
		TEST("packed, by event index", a_long_batch_is_announced, 3),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
