// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whenever the process ends, each chain in flight is served, and none twice, of split and packed
 * rings.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/virtio/guest.h"
#include "restart/inflight.h"

enum { SIZE = 16, KEPT = 6 };

static struct guest *g;
static struct vhost_record record;
static struct vhost_track *track;
static int fd;
static bool given[QUEUE_MAX]; /* back to the guest, by id */
/* unless NULL: in their place are some that are shared with a child */
static unsigned char *private_rings;

/* The process ends right before or after it shows a chain as used. */
static enum { NEVER, BEFORE, AFTER } ends;

static bool again(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots)
{
	return vhost_track_again(track, g->packed, id, descriptors, slots);
}

static void popped(void *arg, const struct virtio_queue *queue, const struct virtio_chain *chain)
{
	vhost_track_popped(track, queue, chain);
}

static void completing(void *arg, const struct virtio_queue *queue,
		       const struct virtio_chain *chain)
{
	vhost_track_completing(track, queue, chain);
}

static void completed(void *arg, const struct virtio_queue *queue, const struct virtio_chain *chain)
{
	if (ends != AFTER)
		vhost_track_completed(track, queue, chain);
}

static const struct virtio_tracker tracker = { again, popped, completing, completed };

static int set_up(uint64_t features)
{
	uint64_t size = vhost_record_size(1, SIZE, 0);

	g = guest_make(features, SIZE);
	track = calloc(1, sizeof(*track));
	fd = memfd_create("record", MFD_CLOEXEC);
	assert_int_equal(ftruncate(fd, (off_t)size), 0);
	memset(&record, 0, sizeof(record));
	assert_int_equal(vhost_record_open(&record, fd, size, 0, 1, SIZE, 0), 0);
	memset(given, 0, sizeof(given));
	ends = NEVER;
	return 0;
}

static int split_ring(void **state)
{
	return set_up(0);
}

static int packed_ring(void **state)
{
	return set_up(VIRTIO_FEATURE(VIRTIO_F_RING_PACKED));
}

static int teardown(void **state)
{
	vhost_record_close(&record);
	close(fd);
	free(track);
	if (private_rings) {
		munmap(g->rings, REGION_SIZE);
		g->rings = private_rings;
		private_rings = NULL;
	}
	guest_free(g);
	return 0;
}

/* A process starts on what the one before left: the front end says what QEMU would say. */
static bool start(bool first)
{
	struct virtio_queue_setup setup = guest_setup(g);
	bool goes_on;

	if (!first && !g->packed)
		setup.base = device_area(g)[1];
	goes_on = vhost_track_start(track, &record, 0, &g->memory, &setup, false);
	memset(&g->queue, 0, sizeof(g->queue));
	assert_int_equal(virtio_queue_start(&g->queue, &g->memory, &setup, &tracker, NULL), 0);
	return goes_on;
}

static uint16_t offer(unsigned buffers)
{
	struct buffer buffer[3] = { { DATA, 8, false },
				    { DATA + 64, 8, true },
				    { DATA + 128, 8, true } };

	return guest_offer(g, buffer, buffers);
}

struct popped_chain {
	struct virtio_chain chain;
	struct virtio_segment segment[4];
};

static bool pop(struct popped_chain *popped_chain)
{
	virtio_chain_init(&popped_chain->chain, popped_chain->segment, 4);
	return virtio_queue_pop(&g->queue, &popped_chain->chain) > 0;
}

/* Collects what was used: each chain once. Returns how many. */
static unsigned collect(void)
{
	uint32_t length;
	unsigned count = 0;
	uint16_t id;

	while (guest_collect(g, &id, &length)) {
		assert_false(given[id]);
		given[id] = true;
		count++;
	}
	return count;
}

/*
 * Chains of one to three descriptors; some are given back, out of order; then the process ends as
 * ENDS says.
 */
static void a_life(unsigned seed)
{
	struct popped_chain chain[KEPT];
	unsigned popped_count = 0;

	while (popped_count < 4 && pop(&chain[popped_count]))
		popped_count++;
	for (unsigned n = 0; n < popped_count; n++)
		if ((seed >> n & 1) == 0)
			virtio_queue_push(&g->queue, &chain[popped_count - 1 - n].chain, 0);
	if (popped_count && ends == AFTER)
		return;
	if (popped_count && ends == BEFORE)
		vhost_track_completing(track, &g->queue, &chain[0].chain);
}

static void each_chain_is_served_once(void **state)
{
	unsigned offered = 0, collected = 0;

	start(true);
	for (unsigned life = 0; life < 400; life++) {
		struct popped_chain chain;

		memset(given, 0, sizeof(given));
		for (unsigned n = 0; n < KEPT && g->frees > 4 && offered - collected < 4;
		     n++, offered++)
			offer(1 + (life + n) % 3);
		ends = life % 3;
		/* The last push alone is the one that the process does not live to note. */
		if (ends == AFTER) {
			if (pop(&chain))
				virtio_queue_push(&g->queue, &chain.chain, 0);
		} else {
			a_life(life * 7);
		}
		ends = NEVER;
		start(false);
		collected += collect();
		if (life % 4 == 3) {
			while (pop(&chain))
				virtio_queue_push(&g->queue, &chain.chain, 0);
			collected += collect();
			assert_int_equal(collected, offered);
		}
	}
}

static void they_come_in_the_order_of_before(void **state)
{
	struct popped_chain chain[3];
	uint16_t id[3];

	start(true);
	for (unsigned n = 0; n < 3; n++) {
		id[n] = offer(n + 1);
		assert_true(pop(&chain[n]));
	}
	virtio_queue_push(&g->queue, &chain[1].chain, 0);
	assert_true(start(false));
	assert_true(pop(&chain[0]));
	assert_int_equal(chain[0].chain.id, id[0]);
	assert_int_equal(chain[0].chain.readable + chain[0].chain.writable, 1);
	assert_true(pop(&chain[2]));
	assert_int_equal(chain[2].chain.id, id[2]);
	assert_int_equal(chain[2].chain.readable + chain[2].chain.writable, 3);
	assert_false(pop(&chain[1]));
}

static void a_new_ring_has_nothing_in_flight(void **state)
{
	struct popped_chain chain;

	start(true);
	for (unsigned n = 0; n < 3; n++) {
		offer(1);
		assert_true(pop(&chain));
		if (n)
			virtio_queue_push(&g->queue, &chain.chain, 0);
	}
	memset(g->rings, 0, REGION_SIZE);
	assert_false(start(false));
	assert_false(pop(&chain));
}

static void they_keep_that_order(void **state)
{
	struct popped_chain chain;
	uint16_t id[3];

	start(true);
	for (unsigned n = 0; n < 3; n++) {
		id[n] = offer(1);
		assert_true(pop(&chain));
	}
	/*
	 * The next process ends when it was given the first of them again; and so does the one
	 * after that.
	 */
	for (unsigned life = 0; life < 2; life++) {
		assert_true(start(false));
		assert_true(pop(&chain));
		assert_int_equal(chain.chain.id, id[0]);
	}
	assert_true(start(false));
	for (unsigned n = 0; n < 3; n++) {
		assert_true(pop(&chain));
		assert_int_equal(chain.chain.id, id[n]);
	}
}

/* ---- A process that ends between any two instructions ---- */

static unsigned outstanding;

static void share_rings(void)
{
	private_rings = g->rings;
	g->rings =
		mmap(NULL, REGION_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(g->rings, MAP_FAILED);
	assert_int_equal(virtio_memory_remove(&g->memory, RINGS, REGION_SIZE), 0);
	assert_int_equal(virtio_memory_add(&g->memory, RINGS, REGION_SIZE, g->rings), 0);
}

static void offer_more(unsigned chains)
{
	for (; chains; chains--, outstanding++)
		given[offer(1)] = false;
}

/* The guest takes what was used, and fills its ring again at once. */
static void take_and_offer(void)
{
	unsigned count = collect();

	outstanding -= count;
	offer_more(count);
}

/* Goes on with what there is: takes MOST chains and gives them back, the first one last. */
static void serve(unsigned most)
{
	struct popped_chain chain[SIZE];
	unsigned count = 0;

	start(false);
	while (count < most && pop(&chain[count]))
		count++;
	for (unsigned n = 1; n <= count; n++)
		virtio_queue_push(&g->queue, &chain[n % count].chain, 0);
}

/*
 * What a process that ends now leaves: whoever goes on with it gives each chain back once. Then all
 * is as it was.
 */
static void check_what_is_left(const unsigned char *rings, const unsigned char *kept, size_t size)
{
	const struct guest before = *g;
	const unsigned outstanding_before = outstanding;

	take_and_offer();
	serve(SIZE);
	take_and_offer();
	serve(SIZE);
	outstanding -= collect();
	assert_int_equal(outstanding, 0);
	*g = before;
	outstanding = outstanding_before;
	memset(given, 0, sizeof(given));
	memcpy(g->rings, rings, REGION_SIZE);
	memcpy(record.at, kept, size);
}

static bool step(pid_t child)
{
	int how;

	assert_int_equal(ptrace(PTRACE_SINGLESTEP, child, NULL, NULL), 0);
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFSTOPPED(how) || (WIFEXITED(how) && !WEXITSTATUS(how)));
	return WIFSTOPPED(how);
}

/*
 * Has a process serve some, an instruction at a time. Returns how often what it leaves was another.
 */
static unsigned watch_a_life(unsigned most)
{
	const size_t size = vhost_record_size(1, SIZE, 0);
	unsigned char *rings, *kept;
	unsigned changes = 0;
	pid_t child = fork();
	int how;

	if (!child) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(2);
		raise(SIGSTOP);
		serve(most);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &how, 0), child);
	if (!WIFSTOPPED(how))
		skip(); /* where nobody may trace another */
	rings = malloc(REGION_SIZE);
	kept = malloc(size);
	do {
		if (changes && !memcmp(rings, g->rings, REGION_SIZE) &&
		    !memcmp(kept, record.at, size))
			continue;
		changes++;
		memcpy(rings, g->rings, REGION_SIZE);
		memcpy(kept, record.at, size);
		check_what_is_left(rings, kept, size);
	} while (step(child));
	free(rings);
	free(kept);
	return changes;
}

static void whenever_it_ends_each_is_served_once(void **state)
{
	share_rings();
	outstanding = 0;
	start(true);
	offer_more(SIZE);
	/* The ring is full, and what comes next goes over its end. */
	serve(SIZE - 2);
	take_and_offer();
	assert_true(watch_a_life(4) > 5 * 4);
}

int main(void)
{
#define both(f)                                                \
	{ #f " (split)", f, split_ring, teardown, NULL },      \
	{                                                      \
#f " (packed)", f, packed_ring, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		both(each_chain_is_served_once),
		both(they_come_in_the_order_of_before),
		both(they_keep_that_order),
		both(a_new_ring_has_nothing_in_flight),
		both(whenever_it_ends_each_is_served_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
