// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers may end at any moment: the front end gets each answer, once, and its device is what it
 * was. Proxy and worker are in one world here, so that a worker can be ended after each turn of the
 * loop.
 */
#include <stdio.h>

#include "front-end.h"
#include "vhost/packet.h"
#include "restart/proxy.h"
#include "restart/replay.h"
#include "vhost/socket.h"
#include "restart/worker.h"

enum { ROUNDS = 60 };

static struct fixture {
	struct controller *controller;
	struct vhost_proxy *proxy;
	struct vhost_worker *worker; /* or NULL */
	struct front_end *fe;
	char path[64];
	bool proxy_ended;
} f;

static void proxy_ended(void *arg)
{
	f.proxy_ended = true;
}

static void worker_ended(void *arg)
{
}

static void start_worker(void)
{
	int pair[2];

	assert_int_equal(vhost_packet_pair(pair, false), 0);
	f.worker = vhost_worker_new(f.controller->world, f.controller->service, pair[1],
				    worker_ended, NULL);
	assert_non_null(f.worker);
	vhost_proxy_attach(f.proxy, pair[0]);
}

/* What it has not read is lost with it. */
static void end_worker(void)
{
	vhost_worker_free(f.worker);
	f.worker = NULL;
}

static void next_worker(void)
{
	end_worker();
	start_worker();
}

static void pump(void)
{
	while (user_turn(f.controller->world, 0))
		;
}

static int setup(void **state)
{
	memset(&f, 0, sizeof(f));
	f.controller = controller_new();
	f.proxy = vhost_proxy_new(f.controller->world, proxy_ended, NULL);
	snprintf(f.path, sizeof(f.path), "/tmp/ferry-proxy-%d", getpid());
	assert_int_equal(vhost_proxy_listen(f.proxy, f.path, -1), 0);
	start_worker();
	f.fe = front_end_make(f.controller->world);
	f.fe->socket = vhost_socket_connect(f.path);
	assert_true(f.fe->socket >= 0);
	pump();
	return 0;
}

static int teardown(void **state)
{
	front_end_free(f.fe);
	vhost_proxy_free(f.proxy);
	vhost_worker_free(f.worker);
	controller_free(f.controller);
	return access(f.path, F_OK) ? 0 : -1;
}

static void start_device(void)
{
	front_end_negotiate(f.fe);
	front_end_start(f.fe, 0, 0);
	front_end_start(f.fe, 1, 0);
}

/* Whether the connection is closed: nothing else is there to be read. */
static bool is_closed(void)
{
	char byte;

	pump();
	return recv(f.fe->socket, &byte, 1, MSG_DONTWAIT) == 0;
}

/* Whether anything came that was not read. */
static bool is_readable(void)
{
	char byte;

	return recv(f.fe->socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

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

static uint32_t get_base(unsigned q)
{
	struct vhost_vring_state base = { q, 0 };

	front_end_send(f.fe, VHOST_GET_VRING_BASE, 0, &base, sizeof(base), NULL, 0);
	assert_int_equal(front_end_answer(f.fe, VHOST_GET_VRING_BASE, &base, sizeof(base), NULL),
			 sizeof(base));
	return base.num;
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

/* ---- What is wrong ---- */

/* As User Mode Linux does. */
static void what_asks_for_acknowledgements_is_acknowledged(void **state)
{
	const uint64_t features = UINT64_C(1) << VHOST_PROTOCOL_F_REPLY_ACK;

	assert_int_equal(front_end_ack(f.fe, VHOST_SET_PROTOCOL_FEATURES, &features,
				       sizeof(features), NULL, 0),
			 0);
}

static void the_next_worker_has_the_socket_for_changes(void **state)
{
	struct vhost_replay replay;
	struct vhost_message request = { .header = { VHOST_SET_BACKEND_REQ_FD, VHOST_VERSION, 0 },
					 .fds = 1 },
			     answer = { 0 }, sent;
	unsigned step = 0;

	vhost_replay_init(&replay, 1);
	request.fd[0] = eventfd(0, EFD_CLOEXEC);
	vhost_replay_served(&replay, &request, &answer);
	assert_int_equal(request.fd[0], -1);
	while (vhost_replay_next(&replay, &step, &sent) &&
	       sent.header.request != VHOST_SET_BACKEND_REQ_FD)
		;
	assert_int_equal(sent.header.request, VHOST_SET_BACKEND_REQ_FD);
	assert_int_equal(sent.header.size, 0);
	assert_int_equal(sent.fds, 1);
	assert_int_equal(sent.fd[0], replay.backend_fd);
	vhost_replay_free(&replay);
}

static void a_refusal_is_passed_on(void **state)
{
	const struct vhost_vring_state size = { 9, QUEUE_SIZE };

	front_end_negotiate(f.fe);
	assert_int_equal(front_end_ack(f.fe, VHOST_SET_VRING_NUM, &size, sizeof(size), NULL, 0), 1);
	assert_false(is_closed());
	front_end_send(f.fe, VHOST_SET_VRING_NUM, 0, &size, sizeof(size), NULL, 0);
	assert_true(is_closed());
}

static void a_session_that_its_worker_ends_is_ended(void **state)
{
	const struct vhost_vring_state base = { 9, 0 };

	front_end_negotiate(f.fe);
	front_end_send(f.fe, VHOST_GET_VRING_BASE, 0, &base, sizeof(base), NULL, 0);
	assert_true(is_closed());
}

static void requests_between_proxy_and_worker_are_not_for_front_ends(void **state)
{
	const struct vhost_vring_place place = { 0, 0, 1 };

	front_end_negotiate(f.fe);
	front_end_send(f.fe, VHOST_SET_VRING_PLACE, VHOST_NEED_REPLY, &place, sizeof(place), NULL,
		       0);
	assert_true(is_closed());
}

static void a_front_end_may_go_while_it_waits(void **state)
{
	end_worker();
	front_end_send(f.fe, VHOST_GET_FEATURES, 0, NULL, 0, NULL, 0);
	close(f.fe->socket);
	pump();
	start_worker();
	pump();
	f.fe->socket = vhost_socket_connect(f.path);
	pump();
	start_device();
}

/* A worker that somebody has taken over: a test stands in for it. */
static int be_worker(int *session)
{
	struct vhost_handover handover;
	int pair[2], fd[2];

	end_worker();
	assert_int_equal(vhost_packet_pair(pair, false), 0);
	vhost_proxy_attach(f.proxy, pair[0]);
	assert_int_equal(vhost_packet_receive(pair[1], &handover, sizeof(handover), fd, 2), 2);
	close(fd[1]);
	*session = fd[0];
	return pair[1];
}

static void a_worker_gives_answers_that_are_none(void **state)
{
	static const struct {
		struct vhost_header header;
		unsigned fds;
	} answers[] = {
		{ { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION, 8 }, 0 },
		{ { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION | VHOST_REPLY, 4 }, 0 },
		{ { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION | VHOST_REPLY, 0xffffffff }, 0 },
		{ { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION | VHOST_REPLY, 8 }, 1 },
		{ { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION | VHOST_REPLY, 8 }, 20 },
		{ { VHOST_GET_FEATURES, VHOST_VERSION | VHOST_REPLY, 8 }, 0 },
	};

	for (unsigned i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct {
			struct vhost_header header;
			uint64_t value;
		} message = { answers[i].header, 0 };
		int session, channel = be_worker(&session), fds[20];

		for (unsigned n = 0; n < 20; n++)
			fds[n] = f.fe->memory_fd;
		send_with_fds(session, &message, sizeof(message), fds, answers[i].fds,
			      MSG_NOSIGNAL);
		assert_true(is_closed());
		close(f.fe->socket);
		close(session);
		close(channel);
		start_worker();
		f.fe->socket = vhost_socket_connect(f.path);
		pump();
	}
	start_device();
}

static void a_worker_that_refuses_a_replay_ends_the_connection(void **state)
{
	struct {
		struct vhost_header header;
		uint64_t value;
	} message = { { VHOST_SET_PROTOCOL_FEATURES, VHOST_VERSION | VHOST_REPLY, 8 }, 1 };
	int session, channel = be_worker(&session);

	send_with_fds(session, &message, sizeof(message), NULL, 0, MSG_NOSIGNAL);
	assert_true(is_closed());
	close(session);
	close(channel);
}

static void no_descriptor_is_left_behind(void **state)
{
	int before = dup(0), after;

	close(before);
	for (unsigned n = 0; n < ROUNDS; n++) {
		struct vhost_inflight inflight = { .queues = 2, .queue_size = QUEUE_SIZE };
		int fd = -1;

		start_device();
		next_worker();
		pump();
		get_base(0);
		front_end_set(f.fe, VHOST_SET_VRING_ENABLE, 1, 0);
		front_end_send(f.fe, VHOST_RESET_DEVICE, 0, NULL, 0, NULL, 0);
		front_end_send(f.fe, VHOST_GET_INFLIGHT_FD, 0, &inflight, VHOST_INFLIGHT_PAYLOAD,
			       NULL, 0);
		front_end_answer(f.fe, VHOST_GET_INFLIGHT_FD, &inflight, VHOST_INFLIGHT_PAYLOAD,
				 &fd);
		close(fd);
		close(f.fe->socket);
		pump();
		f.fe->socket = vhost_socket_connect(f.path);
		pump();
	}
	after = dup(0);
	close(after);
	assert_in_range(after, before > 8 ? before - 8 : 0, before + 8);
}

static void the_end_of_one_that_was_connected_to_is_told(void **state)
{
	struct vhost_socket listening = { .connected = NULL };
	char path[80];
	int fd;

	snprintf(path, sizeof(path), "%s-front", f.path);
	assert_int_equal(vhost_socket_listen(&listening, f.controller->world, path), 0);
	assert_int_equal(vhost_proxy_connect(f.proxy, path, -1), 0);
	fd = accept(listening.fd.fd, NULL, NULL);
	assert_true(fd >= 0);
	vhost_socket_close(&listening, true);
	pump();
	assert_false(f.proxy_ended);
	close(fd);
	pump();
	assert_true(f.proxy_ended);
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
		test(what_asks_for_acknowledgements_is_acknowledged),
		test(the_next_worker_has_the_socket_for_changes),
		test(a_refusal_is_passed_on),
		test(a_session_that_its_worker_ends_is_ended),
		test(requests_between_proxy_and_worker_are_not_for_front_ends),
		test(a_front_end_may_go_while_it_waits),
		test(a_worker_gives_answers_that_are_none),
		test(a_worker_that_refuses_a_replay_ends_the_connection),
		test(no_descriptor_is_left_behind),
		test(the_end_of_one_that_was_connected_to_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
