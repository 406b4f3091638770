// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a front end or a worker does wrong through a proxy, and their ends: it is refused, nobody
 * else notices, and no descriptor stays open.
 */
#include "proxy-fixture.h"

enum { ROUNDS = 60 };

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
