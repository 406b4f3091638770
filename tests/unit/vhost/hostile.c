// SPDX-License-Identifier: GPL-2.0-only
/*
 * A front end that breaks the rules ends its own session and no other, and no descriptor is left
 * open.
 */
#include <dirent.h>
#include <fcntl.h>

#include "front-end.h"

static struct controller *c;
static struct front_end *fe, *other; /* `other` keeps to the rules */
static unsigned open_before;

static unsigned open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static void start(struct front_end *f)
{
	front_end_negotiate(f);
	front_end_start(f, 0, 0);
	front_end_start(f, 1, 0);
}

static int setup(void **state)
{
	open_before = open_descriptors();
	c = controller_new();
	fe = front_end_new(c->world, c->service, -1);
	other = front_end_new(c->world, c->service, -1);
	start(other);
	return 0;
}

static int teardown(void **state)
{
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	front_end_free(fe);
	front_end_free(other);
	controller_free(c);
	assert_int_equal(open_descriptors(), open_before);
	return 0;
}

/* A new session in the place of the one that has ended. */
static void connect_again(void)
{
	if (fe->session)
		front_end_disconnect(fe);
	else
		close(fe->socket);
	front_end_connect(fe, c->service, -1);
}

static void each_request_of_a_wrong_size_ends_the_session(void **state)
{
	static const uint32_t sizes[] = { 1, 7, 9, 39, 41, 300, 0xffff, 0x7fffffff, 0xffffffff };
	unsigned char payload[1024] = { 0 };

	for (uint32_t request = 1; request < VHOST_REQUESTS; request++) {
		for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			struct vhost_header header = { request, VHOST_VERSION, sizes[i] };
			bool some = request == VHOST_GET_CONFIG || request == VHOST_SET_CONFIG ||
				    request == VHOST_SET_MEM_TABLE;

			if (some && sizes[i] >= 9 && sizes[i] <= 300)
				continue;
			front_end_send_raw(fe, &header, sizeof(header), NULL, 0);
			if (fe->session && sizes[i] <= 300)
				front_end_send_raw(fe, payload, sizes[i], NULL, 0);
			assert_null(fe->session);
			connect_again();
		}
	}
}

static void each_request_with_descriptors_too_many_ends_the_session(void **state)
{
	struct {
		struct vhost_header header;
		unsigned char payload[64];
	} message = { { 0, VHOST_VERSION, 0 }, { 0 } };
	int fd[33];

	for (unsigned i = 0; i < 33; i++)
		fd[i] = fe->memory_fd;
	for (uint32_t request = 1; request < VHOST_REQUESTS; request++) {
		if (request == VHOST_SET_MEM_TABLE)
			continue;
		message.header.request = request;
		for (message.header.size = 0; message.header.size <= 40; message.header.size += 8) {
			front_end_send_raw(fe, &message,
					   sizeof(message.header) + message.header.size, fd, 2);
			assert_null(fe->session);
			connect_again();
		}
		front_end_send_raw(fe, &message, sizeof(message.header), fd, 33);
		assert_null(fe->session);
		connect_again();
	}
}

static void other_versions_answers_and_unknown_requests_end_the_session(void **state)
{
	static const struct vhost_header wrong[] = {
		{ VHOST_GET_FEATURES, 0, 0 },
		{ VHOST_GET_FEATURES, 2, 0 },
		{ VHOST_GET_FEATURES, VHOST_VERSION | VHOST_REPLY, 0 },
		{ 0, VHOST_VERSION, 0 },
		{ 1000, VHOST_VERSION, 0 },
		{ UINT32_MAX, VHOST_VERSION, 0 },
		{ 22, VHOST_VERSION, 0 },
	};

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		front_end_send_raw(fe, &wrong[i], sizeof(wrong[i]), NULL, 0);
		assert_null(fe->session);
		connect_again();
	}
}

static void an_unknown_request_that_wants_an_answer_gets_one(void **state)
{
	front_end_negotiate(fe);
	assert_int_not_equal(front_end_ack(fe, 1000, NULL, 0, NULL, 0), 0);
	assert_non_null(fe->session);
	start(fe);
}

static void what_was_not_negotiated_ends_the_session(void **state)
{
	unsigned char payload[64] = { 0 };

	front_end_send(fe, VHOST_GET_CONFIG, 0, payload, VHOST_CONFIG_HEADER, NULL, 0);
	assert_null(fe->session);
	connect_again();
	front_end_send(fe, VHOST_GET_MAX_MEM_SLOTS, 0, NULL, 0, NULL, 0);
	assert_null(fe->session);
	connect_again();
	payload[7] = 0x80;
	front_end_send(fe, VHOST_SET_PROTOCOL_FEATURES, 0, payload, 8, NULL, 0);
	assert_null(fe->session);
	connect_again();
	front_end_send(fe, VHOST_SET_FEATURES, 0, payload, 8, NULL, 0);
	assert_null(fe->session);
}

static void memory_that_is_not_there_is_refused(void **state)
{
	static const struct vhost_region wrong[] = {
		{ GUEST, 0, USER, 0 },		 { GUEST, MEMORY + 1, USER, 0 },
		{ GUEST, MEMORY, USER, 1 },	 { GUEST, MEMORY, USER, UINT64_MAX },
		{ GUEST, UINT64_MAX, USER, 0 },	 { GUEST, UINT64_MAX, USER, 2 },
		{ UINT64_MAX, MEMORY, USER, 0 }, { GUEST, MEMORY, UINT64_MAX, 0 },
	};
	struct vhost_mem_table table = { .regions = 1 };
	int null = open("/dev/null", O_RDWR), pipes[2];

	assert_int_equal(pipe(pipes), 0);
	start(fe);
	for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		table.region[0] = wrong[i];
		assert_int_not_equal(
			front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 40, &fe->memory_fd, 1), 0);
	}
	table = front_end_table();
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 40, &null, 1), 0);
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 40, &pipes[0], 1), 0);
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 40, NULL, 0), 0);
	table.regions = 9;
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, sizeof(table),
					   &fe->memory_fd, 1),
			     0);
	table.regions = 2;
	table.region[1] = table.region[0];
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 72,
					   (int[]){ fe->memory_fd, fe->memory_fd }, 2),
			     0);
	/* What was there before still is. */
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	close(null);
	close(pipes[0]);
	close(pipes[1]);
}

static void rings_outside_memory_are_refused(void **state)
{
	static const uint64_t places[] = { 0,	       USER - 16, USER + MEMORY, USER + MEMORY - 16,
					   UINT64_MAX, USER + 1 };

	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		for (unsigned part = 0; part < 3; part++) {
			struct vhost_vring_addr addr = front_end_addr(0);
			struct vhost_vring_state enable = { 0, 1 };

			*(&addr.descriptors + part) = places[i];
			front_end_negotiate(fe);
			front_end_set(fe, VHOST_SET_VRING_NUM, 0, QUEUE_SIZE);
			assert_int_equal(front_end_ack(fe, VHOST_SET_VRING_ADDR, &addr,
						       sizeof(addr), NULL, 0),
					 0);
			front_end_set_fd(fe, VHOST_SET_VRING_KICK, 0, fe->queue[0].kick);
			assert_int_not_equal(front_end_ack(fe, VHOST_SET_VRING_ENABLE, &enable,
							   sizeof(enable), NULL, 0),
					     0);
			connect_again();
		}
	}
}

static void queues_that_are_not_there_are_refused(void **state)
{
	static const uint32_t numbers[] = { 0, 257, 0x10000, UINT32_MAX };
	uint64_t index = 2;

	start(fe);
	for (uint32_t request = VHOST_SET_VRING_NUM; request <= VHOST_SET_VRING_ENABLE; request++) {
		struct vhost_vring_addr addr = { .index = 2 };
		uint32_t size = request == VHOST_SET_VRING_ADDR ? sizeof(addr) : 8;

		if ((request > VHOST_SET_VRING_BASE && request < VHOST_SET_VRING_ENABLE))
			continue;
		assert_int_not_equal(front_end_ack(fe, request, &addr, size, NULL, 0), 0);
	}
	for (uint32_t request = VHOST_SET_VRING_KICK; request <= VHOST_SET_VRING_ERR; request++)
		assert_int_not_equal(front_end_ack(fe, request, &index, 8, &fe->memory_fd, 1), 0);
	front_end_set(fe, VHOST_SET_VRING_ENABLE, 1, 0);
	for (unsigned i = 0; i < 4; i++) {
		struct vhost_vring_state state_of = { 1, numbers[i] };

		assert_int_not_equal(front_end_ack(fe, VHOST_SET_VRING_NUM, &state_of,
						   sizeof(state_of), NULL, 0),
				     0);
	}
}

static void a_running_queue_cannot_be_changed(void **state)
{
	struct vhost_vring_state change = { 0, 8 };
	struct vhost_vring_addr addr = front_end_addr(1);
	uint64_t features = VIRTIO_FEATURE(VIRTIO_F_VERSION_1);

	start(fe);
	assert_int_not_equal(
		front_end_ack(fe, VHOST_SET_VRING_NUM, &change, sizeof(change), NULL, 0), 0);
	assert_int_not_equal(
		front_end_ack(fe, VHOST_SET_VRING_BASE, &change, sizeof(change), NULL, 0), 0);
	assert_int_not_equal(
		front_end_ack(fe, VHOST_SET_FEATURES, &features, sizeof(features), NULL, 0), 0);
	/* Addresses count at the next start. */
	addr.index = 0;
	assert_int_equal(front_end_ack(fe, VHOST_SET_VRING_ADDR, &addr, sizeof(addr), NULL, 0), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
}

static void memory_removed_under_a_queue_breaks_that_device(void **state)
{
	struct vhost_mem_table none = { .regions = 0 };
	eventfd_t count;
	int err = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	start(fe);
	front_end_set_fd(fe, VHOST_SET_VRING_ERR, 0, err);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &none, 8, NULL, 0), 0);
	front_end_kick(fe, 0);
	assert_int_equal(eventfd_read(err, &count), 0);
	assert_int_not_equal(front_end_get(fe, VHOST_GET_STATUS) & VIRTIO_STATUS_NEEDS_RESET, 0);
	assert_non_null(fe->session);
	close(err);
}

static void memory_cut_short_ends_nobody_else(void **state)
{
	/* Here, for cmocka takes the signal for itself. */
	assert_int_equal(vhost_mapping_guard(), 0);
	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(ftruncate(fe->memory_fd, 0), 0);
	front_end_kick(fe, 0);
	front_end_kick(fe, 1);
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 19, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(ftruncate(fe->memory_fd, MEMORY), 0);
}

static void descriptors_that_are_no_event_are_refused(void **state)
{
	static const char *const names[] = { "/dev/null", "/dev/zero", "/proc/self/status", "/",
					     "/dev/full" };

	start(fe);
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int fd = open(names[i], O_RDONLY | O_CLOEXEC);

		for (uint32_t request = VHOST_SET_VRING_KICK; request <= VHOST_SET_VRING_ERR;
		     request++) {
			uint64_t index = 0;

			assert_int_not_equal(front_end_ack(fe, request, &index, 8, &fd, 1), 0);
		}
		close(fd);
	}
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
}

/* Full, empty, or with its other end gone: nobody waits for it. */
static void pipes_make_nobody_wait(void **state)
{
	uint64_t index = 0;
	int pipes[2];

	assert_int_equal(pipe(pipes), 0);
	start(fe);
	assert_int_equal(fcntl(pipes[1], F_SETFL, O_NONBLOCK), 0);
	while (write(pipes[1], &index, sizeof(index)) > 0)
		;
	assert_int_equal(fcntl(pipes[1], F_SETFL, 0), 0);
	assert_int_equal(front_end_ack(fe, VHOST_SET_VRING_CALL, &index, 8, &pipes[1], 1), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_ack(fe, VHOST_SET_VRING_KICK, &index, 8, &pipes[0], 1), 0);
	front_end_set_fd(fe, VHOST_SET_VRING_CALL, 0, fe->queue[0].call);
	close(pipes[1]);
	close(pipes[0]);
	front_end_pump(fe);
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 19, VIRTIO_GPIO_OUT), 0);
}

static void a_front_end_that_reads_no_answers_is_ended(void **state)
{
	struct vhost_header header = { VHOST_GET_FEATURES, VHOST_VERSION, 0 };

	for (unsigned n = 0; n < 1000000 && fe->session; n++)
		front_end_send_raw(fe, &header, sizeof(header), NULL, 0);
	assert_null(fe->session);
}

static void what_is_in_flight_is_not_believed(void **state)
{
	struct vhost_inflight inflight = { 0, 0, 2, QUEUE_SIZE, 0 };
	unsigned char *region;
	int fd = -1;

	for (unsigned round = 0; round < 200; round++) {
		front_end_negotiate(fe);
		inflight.queues = 2;
		front_end_send(fe, VHOST_GET_INFLIGHT_FD, 0, &inflight, VHOST_INFLIGHT_PAYLOAD,
			       NULL, 0);
		front_end_answer(fe, VHOST_GET_INFLIGHT_FD, &inflight, VHOST_INFLIGHT_PAYLOAD, &fd);
		region = mmap(NULL, inflight.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		assert_ptr_not_equal(region, MAP_FAILED);
		front_end_start(fe, 0, 0);
		front_end_start(fe, 1, 0);
		front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_OUT);
		/* Anything may stand there, as long as it looks like something at first sight. */
		srand(round);
		for (unsigned n = 16; n < inflight.size; n++)
			if (rand() % 4 == 0)
				region[n] = (unsigned char)(rand() % 3 ? rand() % 20 : rand());
		connect_again();
		front_end_negotiate(fe);
		if (round % 3 == 0) {
			inflight.size -= 1;
			assert_int_not_equal(front_end_ack(fe, VHOST_SET_INFLIGHT_FD, &inflight,
							   VHOST_INFLIGHT_PAYLOAD, &fd, 1),
					     0);
			inflight.size += 1;
		}
		assert_int_equal(front_end_ack(fe, VHOST_SET_INFLIGHT_FD, &inflight,
					       VHOST_INFLIGHT_PAYLOAD, &fd, 1),
				 0);
		front_end_start(fe, 0, fe->queue[0].used);
		front_end_start(fe, 1, 0);
		front_end_kick(fe, 0);
		front_end_kick(fe, 1);
		munmap(region, inflight.size);
		close(fd);
		memset(fe->memory, 0, MEMORY);
		memset(&fe->queue[0].available, 0, 3 * sizeof(uint16_t));
		connect_again();
	}
}

int main(void)
{
#define test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(each_request_of_a_wrong_size_ends_the_session),
		test(each_request_with_descriptors_too_many_ends_the_session),
		test(other_versions_answers_and_unknown_requests_end_the_session),
		test(an_unknown_request_that_wants_an_answer_gets_one),
		test(what_was_not_negotiated_ends_the_session),
		test(memory_that_is_not_there_is_refused),
		test(rings_outside_memory_are_refused),
		test(queues_that_are_not_there_are_refused),
		test(a_running_queue_cannot_be_changed),
		test(memory_removed_under_a_queue_breaks_that_device),
		test(memory_cut_short_ends_nobody_else),
		test(descriptors_that_are_no_event_are_refused),
		test(pipes_make_nobody_wait),
		test(a_front_end_that_reads_no_answers_is_ended),
		test(what_is_in_flight_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
