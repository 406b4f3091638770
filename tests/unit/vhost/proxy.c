// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers may end at any moment: the front end gets each answer, once, and its device is what it
 * was.
 */
#include "proxy-fixture.h"

static void messages_and_rings_work(void **state)
{
	start_device();
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_gpio(f.fe, SET_VALUE, 17, 1), 0);
	assert_int_equal(user_model_level(f.controller->model, 17), 1);
}

static void lines_are_what_they_were(void **state)
{
	start_device();
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	for (unsigned n = 0; n < 10; n++) {
		assert_int_equal(front_end_gpio(f.fe, SET_VALUE, 17, n & 1), 0);
		next_worker();
		pump();
		assert_int_equal(user_model_level(f.controller->model, 17), n & 1);
		assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
		assert_int_equal(front_end_gpio(f.fe, GET_VALUE, 17, 0), n & 1);
	}
}

static void waiting_for_an_event_goes_on(void **state)
{
	const unsigned char *answer;

	start_device();
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(f.fe, SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_BOTH), 0);
	for (unsigned n = 0; n < 10; n++) {
		front_end_unmask(f.fe, 5);
		next_worker();
		pump();
		assert_int_equal(front_end_collect(f.fe, 1, &answer), -1);
		user_model_drive(f.controller->model, 5, !(n & 1));
		pump();
		assert_true(front_end_collect(f.fe, 1, &answer) >= 0);
		assert_int_equal(answer[0], 1);
	}
}

static void edges_between_workers_are_found(void **state)
{
	const unsigned char *answer;

	start_device();
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(f.fe, SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_BOTH), 0);
	for (unsigned n = 0; n < 10; n++) {
		front_end_unmask(f.fe, 5);
		end_worker();
		user_model_drive(f.controller->model, 5, !(n & 1));
		pump();
		assert_int_equal(front_end_collect(f.fe, 1, &answer), -1);
		start_worker();
		pump();
		assert_true(front_end_collect(f.fe, 1, &answer) >= 0);
		assert_int_equal(answer[0], 1);
	}
}

static void requests_wait_for_a_worker(void **state)
{
	start_device();
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	for (unsigned n = 0; n < 10; n++) {
		struct {
			uint16_t type, line;
			uint32_t value;
		} request = { SET_VALUE, 17, n & 1 };
		const unsigned char *answer;

		end_worker();
		front_end_offer(f.fe, 0, &request, sizeof(request), 2);
		front_end_kick(f.fe, 0);
		front_end_offer(f.fe, 0, &request, sizeof(request), 2);
		start_worker();
		pump();
		for (unsigned i = 0; i < 2; i++) {
			assert_true(front_end_collect(f.fe, 0, &answer) >= 0);
			assert_int_equal(answer[0], 0);
		}
		assert_int_equal(front_end_collect(f.fe, 0, &answer), -1);
	}
}

/*
 * Sends a request that wants to be acknowledged; the worker ends, and another starts, after TURNS
 * turns of the loop.
 */
static void disturbed(uint32_t request, const void *payload, uint32_t size, const int *fd,
		      unsigned fds, unsigned turns)
{
	struct {
		struct vhost_header header;
		unsigned char payload[64];
	} message = { { request, VHOST_VERSION | VHOST_NEED_REPLY, size }, { 0 } };
	uint64_t value = 1;

	memcpy(message.payload, payload, size);
	assert_int_equal(send_with_fds(f.fe->socket, &message, sizeof(message.header) + size, fd,
				       fds, MSG_NOSIGNAL),
			 sizeof(message.header) + size);
	for (unsigned n = 0; n < turns; n++)
		user_turn(f.controller->world, 0);
	next_worker();
	pump();
	front_end_answer(f.fe, request, &value, sizeof(value), NULL);
	assert_int_equal(value, 0);
}

/* Each message of a start, at each point of its way. */
static void a_worker_may_end_at_any_message(void **state)
{
	for (unsigned turns = 0; turns < 6; turns++) {
		struct vhost_vring_state size = { 0, QUEUE_SIZE }, base = { 0, 0 }, on = { 0, 1 };
		struct vhost_mem_table table = front_end_table();
		struct vhost_vring_addr addr = front_end_addr(0);
		const uint64_t features = FEATURES, first = 0;

		front_end_negotiate(f.fe);
		disturbed(VHOST_SET_FEATURES, &features, sizeof(features), NULL, 0, turns);
		disturbed(VHOST_SET_MEM_TABLE, &table, 8 + 32, &f.fe->memory_fd, 1, turns);
		disturbed(VHOST_SET_VRING_NUM, &size, sizeof(size), NULL, 0, turns);
		disturbed(VHOST_SET_VRING_BASE, &base, sizeof(base), NULL, 0, turns);
		disturbed(VHOST_SET_VRING_ADDR, &addr, sizeof(addr), NULL, 0, turns);
		disturbed(VHOST_SET_VRING_CALL, &first, sizeof(first), &f.fe->queue[0].call, 1,
			  turns);
		disturbed(VHOST_SET_VRING_KICK, &first, sizeof(first), &f.fe->queue[0].kick, 1,
			  turns);
		disturbed(VHOST_SET_VRING_ENABLE, &on, sizeof(on), NULL, 0, turns);
		assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
		assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
		teardown(NULL);
		memset(&f, 0, sizeof(f));
		setup(NULL);
	}
}

/*
 * A guest's requests are there when the ring starts; the worker may have served some of them when
 * it ends, before it said that it started.
 */
static void a_ring_that_just_started_goes_on(void **state)
{
	for (unsigned turns = 0; turns < 6; turns++) {
		struct {
			uint16_t type, line;
			uint32_t value;
		} request = { SET_DIRECTION, 17, VIRTIO_GPIO_OUT };
		const struct vhost_vring_state on = { 0, 1 };
		const unsigned char *answer;

		front_end_negotiate(f.fe);
		front_end_start(f.fe, 0, 0);
		front_end_set(f.fe, VHOST_SET_VRING_ENABLE, 0, 0);
		for (unsigned n = 0; n < 3; n++)
			front_end_offer(f.fe, 0, &request, sizeof(request), 2);
		disturbed(VHOST_SET_VRING_ENABLE, &on, sizeof(on), NULL, 0, turns);
		for (unsigned n = 0; n < 3; n++)
			assert_true(front_end_collect(f.fe, 0, &answer) >= 0);
		assert_int_equal(front_words(f.fe, 0, USED)[1], 3);
		assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
		teardown(NULL);
		memset(&f, 0, sizeof(f));
		setup(NULL);
	}
}

/*
 * The worker may have reset its device when it ends: the next one does not start rings that were
 * served, from their beginning, before that.
 */
static void a_device_that_is_being_reset_does_nothing(void **state)
{
	for (unsigned turns = 0; turns < 4; turns++) {
		struct {
			uint16_t type, line;
			uint32_t value;
		} request = { SET_DIRECTION, 17, VIRTIO_GPIO_OUT };
		const unsigned char *answer;

		start_device();
		front_end_offer(f.fe, 0, &request, sizeof(request), 2);
		front_end_kick(f.fe, 0);
		assert_true(front_end_collect(f.fe, 0, &answer) >= 0);
		/* The guest's memory is for something else now. */
		*(unsigned char *)answer = 0x77;
		disturbed(VHOST_RESET_DEVICE, "", 0, NULL, 0, turns);
		assert_int_equal(*answer, 0x77);
		teardown(NULL);
		memset(&f, 0, sizeof(f));
		setup(NULL);
	}
}

/* Whether queue 0 does not run: it does not serve what is offered. */
static bool is_idle(void)
{
	const uint16_t used = front_words(f.fe, 0, USED)[1];

	front_end_kick(f.fe, 0);
	return front_words(f.fe, 0, USED)[1] == used &&
	       eventfd_read(f.fe->queue[0].kick, &(eventfd_t){ 0 }) == 0;
}

/* A status of 0 stops queues; they do not run again because a worker has died. */
static void a_device_that_was_stopped_stays_so(void **state)
{
	const uint64_t running = 15, reset = 0;

	start_device();
	assert_int_equal(front_end_ack(f.fe, VHOST_SET_STATUS, &running, sizeof(running), NULL, 0),
			 0);
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	next_worker();
	assert_int_equal(front_end_get(f.fe, VHOST_GET_STATUS), running);
	assert_int_equal(front_end_ack(f.fe, VHOST_SET_STATUS, &reset, sizeof(reset), NULL, 0), 0);
	next_worker();
	pump();
	assert_true(is_idle());
	assert_int_equal(get_base(0), 1);
}

static void notifications_come_from_the_next_worker(void **state)
{
	const uint64_t first = 0;
	const int err = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	eventfd_t count;

	start_device();
	assert_int_equal(front_end_ack(f.fe, VHOST_SET_VRING_ERR, &first, sizeof(first), &err, 1),
			 0);
	next_worker();
	pump();
	eventfd_read(f.fe->queue[0].call, &count);
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(eventfd_read(f.fe->queue[0].call, &count), 0);
	assert_int_equal(eventfd_read(err, &count), -1);
	front_words(f.fe, 0, AVAILABLE)[1] = 1000;
	front_end_kick(f.fe, 0);
	assert_int_equal(eventfd_read(err, &count), 0);
	close(err);
}

/* It neither knows acknowledgements nor anything else that proxy and worker use between them. */
static void a_front_end_may_know_little(void **state)
{
	const uint64_t none = 0, features = FEATURES;
	struct vhost_mem_table table = front_end_table();

	front_end_send(f.fe, VHOST_SET_PROTOCOL_FEATURES, 0, &none, sizeof(none), NULL, 0);
	front_end_send(f.fe, VHOST_SET_FEATURES, 0, &features, sizeof(features), NULL, 0);
	front_end_send(f.fe, VHOST_SET_MEM_TABLE, 0, &table, 8 + 32, &f.fe->memory_fd, 1);
	for (uint64_t q = 0; q < 2; q++) {
		struct vhost_vring_addr addr = front_end_addr((unsigned)q);
		struct vhost_vring_state size = { (uint32_t)q, QUEUE_SIZE },
					 base = { (uint32_t)q, 0 }, on = { (uint32_t)q, 1 };

		front_end_send(f.fe, VHOST_SET_VRING_NUM, 0, &size, sizeof(size), NULL, 0);
		front_end_send(f.fe, VHOST_SET_VRING_BASE, 0, &base, sizeof(base), NULL, 0);
		front_end_send(f.fe, VHOST_SET_VRING_ADDR, 0, &addr, sizeof(addr), NULL, 0);
		front_end_send(f.fe, VHOST_SET_VRING_KICK, 0, &q, sizeof(q), &f.fe->queue[q].kick,
			       1);
		front_end_send(f.fe, VHOST_SET_VRING_CALL, 0, &q, sizeof(q), &f.fe->queue[q].call,
			       1);
		front_end_send(f.fe, VHOST_SET_VRING_ENABLE, 0, &on, sizeof(on), NULL, 0);
	}
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	next_worker();
	pump();
	assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
	assert_false(is_readable());
}

static void a_ring_stops_where_it_was(void **state)
{
	start_device();
	for (unsigned n = 0; n < 5; n++)
		front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT);
	/* Stopped by the one, asked for of the other. */
	front_end_set(f.fe, VHOST_SET_VRING_ENABLE, 0, 0);
	next_worker();
	assert_int_equal(get_base(0), 5);
	next_worker();
	assert_true(is_idle());
	front_end_start(f.fe, 0, 5);
	assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
	next_worker();
	assert_int_equal(get_base(0), 6);
}

static void a_new_driver_gets_nothing_of_the_one_before(void **state)
{
	for (unsigned n = 0; n < 3; n++) {
		start_device();
		if (n == 1)
			next_worker();
		assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_NONE);
		assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
		get_base(0);
		get_base(1);
		if (n == 2)
			next_worker();
		memset(f.fe->memory, 0, MEMORY);
		for (unsigned q = 0; q < 2; q++)
			f.fe->queue[q].available = f.fe->queue[q].used = f.fe->queue[q].next = 0;
	}
}

static void two_front_ends_keep_their_lines(void **state)
{
	struct front_end *first = f.fe, *second = front_end_make(f.controller->world);

	second->socket = vhost_socket_connect(f.path);
	start_device();
	f.fe = second;
	start_device();
	assert_int_equal(front_end_gpio(first, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_gpio(second, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	for (unsigned n = 0; n < 4; n++) {
		next_worker();
		pump();
		assert_int_equal(front_end_gpio(second, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), -1);
		assert_int_equal(front_end_gpio(first, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), -1);
		assert_int_equal(front_end_gpio(first, SET_VALUE, 17, 1), 0);
		assert_int_equal(front_end_gpio(second, SET_VALUE, 18, 1), 0);
	}
	/* Lines of one that ends are free. */
	f.fe = first;
	front_end_free(second);
	pump();
	assert_int_equal(front_end_gpio(first, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
}

static void inflight_memory_of_the_front_end_is_used(void **state)
{
	struct vhost_inflight inflight = { .queues = 2, .queue_size = QUEUE_SIZE };
	uint16_t served;
	int fd = -1;

	front_end_negotiate(f.fe);
	front_end_send(f.fe, VHOST_GET_INFLIGHT_FD, 0, &inflight, VHOST_INFLIGHT_PAYLOAD, NULL, 0);
	front_end_answer(f.fe, VHOST_GET_INFLIGHT_FD, &inflight, VHOST_INFLIGHT_PAYLOAD, &fd);
	assert_int_equal(front_end_ack(f.fe, VHOST_SET_INFLIGHT_FD, &inflight,
				       VHOST_INFLIGHT_PAYLOAD, &fd, 1),
			 0);
	front_end_start(f.fe, 0, 0);
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	next_worker();
	pump();
	assert_int_equal(front_end_gpio(f.fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
	/* The first queue's used_idx. */
	assert_int_equal(pread(fd, &served, sizeof(served), 14), sizeof(served));
	assert_int_equal(served, 2);
	close(fd);
}

static void regions_come_and_go(void **state)
{
	struct vhost_mem_reg reg = { .region = { GUEST + 0x10000000, MEMORY, USER + 0x10000000,
						 0 } };

	start_device();
	assert_int_equal(
		front_end_ack(f.fe, VHOST_ADD_MEM_REG, &reg, sizeof(reg), &f.fe->memory_fd, 1), 0);
	next_worker();
	pump();
	/* It is there already. */
	assert_int_equal(
		front_end_ack(f.fe, VHOST_ADD_MEM_REG, &reg, sizeof(reg), &f.fe->memory_fd, 1), 1);
	assert_int_equal(front_end_ack(f.fe, VHOST_REM_MEM_REG, &reg, sizeof(reg), NULL, 0), 0);
	next_worker();
	pump();
	assert_int_equal(front_end_ack(f.fe, VHOST_REM_MEM_REG, &reg, sizeof(reg), NULL, 0), 1);
	assert_int_equal(front_end_gpio(f.fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(messages_and_rings_work),
		test(lines_are_what_they_were),
		test(waiting_for_an_event_goes_on),
		test(edges_between_workers_are_found),
		test(requests_wait_for_a_worker),
		test(a_worker_may_end_at_any_message),
		test(a_ring_that_just_started_goes_on),
		test(a_device_that_is_being_reset_does_nothing),
		test(a_ring_stops_where_it_was),
		test(a_device_that_was_stopped_stays_so),
		test(notifications_come_from_the_next_worker),
		test(a_front_end_may_know_little),
		test(a_new_driver_gets_nothing_of_the_one_before),
		test(two_front_ends_keep_their_lines),
		test(inflight_memory_of_the_front_end_is_used),
		test(regions_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
