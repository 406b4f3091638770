// SPDX-License-Identifier: GPL-2.0-only
/*
 * A process that is killed during traffic and started again loses no request, answers none twice,
 * and has its lines as they were. The back end is a process of its own here, ended by SIGKILL at
 * any moment.
 */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "front-end.h"

enum { ROUNDS = 40, REQUESTS = 6 };

static struct front_end *fe;
static struct vhost_inflight inflight;
static int inflight_fd, state_fd; /* what outlives the process: one of them; the other is -1 */
static pid_t child;

/* ---- The process ---- */

/* Pin 18 is wired to pin 5. */
static void changed(void *arg, unsigned pin, int level, uint64_t time)
{
	if (pin == 18)
		user_model_drive(arg, 5, level);
}

static void child_ended(void *arg, struct vhost_session *session)
{
	_exit(0);
}

static void serve(int socket)
{
	struct controller *c = controller_new();
	struct user_pin_watch watch = { .changed = changed, .arg = c->model };

	user_model_watch(c->model, &watch);
	if (!vhost_session_new(c->world, c->service, socket, state_fd, child_ended, NULL))
		_exit(1);
	user_run(c->world);
}

static void start_child(void)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		signal(SIGABRT, SIG_DFL);
		close(pair[0]);
		close(STDERR_FILENO);
		serve(pair[1]);
	}
	close(pair[1]);
	fe->socket = pair[0];
	front_end_negotiate(fe);
}

static void kill_child(void)
{
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(fe->socket);
}

/* ---- The front end ---- */

static uint16_t used_index(unsigned q)
{
	return __atomic_load_n(&front_words(fe, q, USED)[1], __ATOMIC_ACQUIRE);
}

/* As QEMU does: it goes on with what was not used. */
static void go_on(void)
{
	start_child();
	if (inflight_fd >= 0)
		assert_int_equal(front_end_ack(fe, VHOST_SET_INFLIGHT_FD, &inflight,
					       VHOST_INFLIGHT_PAYLOAD, &inflight_fd, 1),
				 0);
	front_end_start(fe, 0, used_index(0));
	front_end_start(fe, 1, used_index(1));
}

static void kick(unsigned q)
{
	assert_int_equal(eventfd_write(fe->queue[q].kick, 1), 0);
}

/* Waits until COUNT chains more than were collected are used. */
static void wait_used(unsigned q, uint16_t count)
{
	uint16_t wanted = (uint16_t)(fe->queue[q].used + count);

	while (used_index(q) != wanted) {
		struct pollfd call = { .fd = fe->queue[q].call, .events = POLLIN };
		eventfd_t value;

		assert_true((uint16_t)(wanted - used_index(q)) <= count);
		assert_int_equal(poll(&call, 1, 30000), 1);
		eventfd_read(call.fd, &value);
	}
}

static void offer(uint16_t type, uint16_t line, uint32_t value)
{
	struct {
		uint16_t type, line;
		uint32_t value;
	} request = { type, line, value };

	front_end_offer(fe, 0, &request, sizeof(request), 2);
}

static int request(uint16_t type, uint16_t line, uint32_t value)
{
	const unsigned char *answer;

	offer(type, line, value);
	kick(0);
	wait_used(0, 1);
	assert_true(front_end_collect(fe, 0, &answer) >= 0);
	return answer[0] ? -1 : answer[1];
}

static int set_up(bool with_inflight)
{
	fe = calloc(1, sizeof(*fe));
	fe->memory_fd = memfd_create("guest", MFD_CLOEXEC);
	assert_int_equal(ftruncate(fe->memory_fd, MEMORY), 0);
	fe->memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, fe->memory_fd, 0);
	for (unsigned q = 0; q < 2; q++) {
		fe->queue[q].kick = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
		fe->queue[q].call = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	}
	inflight_fd = -1;
	state_fd = with_inflight ? -1 : memfd_create("state", MFD_CLOEXEC);
	start_child();
	if (with_inflight) {
		inflight = (struct vhost_inflight){ .queues = 2, .queue_size = QUEUE_SIZE };
		front_end_send(fe, VHOST_GET_INFLIGHT_FD, 0, &inflight, VHOST_INFLIGHT_PAYLOAD,
			       NULL, 0);
		front_end_answer(fe, VHOST_GET_INFLIGHT_FD, &inflight, VHOST_INFLIGHT_PAYLOAD,
				 &inflight_fd);
	}
	front_end_start(fe, 0, 0);
	front_end_start(fe, 1, 0);
	return 0;
}

static int with_inflight(void **state)
{
	return set_up(true);
}

static int with_state_file(void **state)
{
	return set_up(false);
}

static int teardown(void **state)
{
	kill_child();
	for (unsigned q = 0; q < 2; q++) {
		close(fe->queue[q].kick);
		close(fe->queue[q].call);
	}
	munmap(fe->memory, MEMORY);
	close(fe->memory_fd);
	free(fe);
	close(inflight_fd >= 0 ? inflight_fd : state_fd);
	return 0;
}

/* ---- The tests ---- */

static void every_request_is_answered_once(void **state)
{
	const unsigned char *answer;
	struct timespec pause = { 0 };

	assert_int_equal(request(SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	for (unsigned round = 0; round < ROUNDS; round++) {
		bool seen[QUEUE_SIZE] = { false };

		for (unsigned n = 0; n < REQUESTS; n++)
			offer(n == REQUESTS - 1 ? GET_VALUE : SET_VALUE, 17, n & 1);
		kick(0);
		/* Not to wait for anything: to be at another place each time. */
		pause.tv_nsec = round * 5000;
		nanosleep(&pause, NULL);
		kill_child();
		go_on();
		kick(0);
		wait_used(0, REQUESTS);
		for (unsigned n = 0; n < REQUESTS; n++) {
			int head = front_end_collect(fe, 0, &answer);

			assert_in_range(head, 0, QUEUE_SIZE - 1);
			assert_false(seen[head]);
			seen[head] = true;
			assert_int_equal(answer[0], 0);
		}
		assert_int_equal(front_end_collect(fe, 0, &answer), -1);
	}
}

static void lines_are_what_they_were(void **state)
{
	assert_int_equal(request(SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(request(SET_VALUE, 17, 1), 0);
	assert_int_equal(request(SET_DIRECTION, 4, VIRTIO_GPIO_IN), 0);
	assert_int_equal(request(SET_DIRECTION, 3, VIRTIO_GPIO_IN), 0);
	assert_int_equal(request(SET_DIRECTION, 3, VIRTIO_GPIO_NONE), 0);
	for (unsigned n = 0; n < 3; n++) {
		kill_child();
		go_on();
		assert_int_equal(request(GET_DIRECTION, 17, 0), VIRTIO_GPIO_OUT);
		assert_int_equal(request(GET_VALUE, 17, 0), 1);
		assert_int_equal(request(GET_DIRECTION, 4, 0), VIRTIO_GPIO_IN);
		assert_int_equal(request(GET_DIRECTION, 3, 0), VIRTIO_GPIO_NONE);
	}
}

/* The buffers of the event queue are given back in another order than they came in. */
static void waiting_for_an_event_goes_on(void **state)
{
	static const uint16_t lines[] = { 7, 5, 8 };
	const unsigned char *answer;
	uint16_t head[3];

	for (unsigned n = 0; n < 3; n++) {
		assert_int_equal(request(SET_DIRECTION, lines[n], VIRTIO_GPIO_IN), 0);
		assert_int_equal(request(SET_IRQ_TYPE, lines[n], VIRTIO_GPIO_IRQ_BOTH), 0);
		head[n] = front_end_offer(fe, 1, &lines[n], sizeof(lines[n]), 1);
	}
	kick(1);
	assert_int_equal(request(SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	for (unsigned n = 0; n < 4; n++) {
		kill_child();
		go_on();
		assert_int_equal(request(SET_VALUE, 18, !(n & 1)), 0);
		/* An edge of this, or one of pin 18's being put back where it was. */
		wait_used(1, 1);
		assert_int_equal(front_end_collect(fe, 1, &answer), head[1]);
		assert_int_equal(answer[0], 1);
		/* The one that was used is offered again. */
		while (fe->queue[1].next != head[1])
			fe->queue[1].next = (uint16_t)((fe->queue[1].next + 1) % QUEUE_SIZE);
		front_end_offer(fe, 1, &lines[1], sizeof(lines[1]), 1);
		kick(1);
	}
}

/* What lines' events are kept in: the last of each line's four bytes, at the end of all. */
static unsigned char *event_state(unsigned line)
{
	const off_t size = lseek(inflight_fd >= 0 ? inflight_fd : state_fd, 0, SEEK_END);
	unsigned char *at = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED,
				 inflight_fd >= 0 ? inflight_fd : state_fd, 0);

	assert_ptr_not_equal(at, MAP_FAILED);
	return at + size - 4 * (54 - line) + 3;
}

/* Line 5 gets a trigger, and pin 18 is driven high and low. */
static void pulse(uint32_t trigger)
{
	assert_int_equal(request(SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(request(SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(request(SET_IRQ_TYPE, 5, trigger), 0);
	assert_int_equal(request(SET_VALUE, 18, 1), 0);
	assert_int_equal(request(SET_VALUE, 18, 0), 0);
}

static void wait_for_event_of_line_5(void)
{
	const uint16_t line = 5;

	front_end_offer(fe, 1, &line, sizeof(line), 1);
	kick(1);
}

/* The guest is told once, and no second time, whenever the process ends. */
static void an_event_is_kept_until_the_guest_waits_for_it(void **state)
{
	const unsigned char *answer;

	pulse(VIRTIO_GPIO_IRQ_RISING);
	kill_child();
	go_on();
	wait_for_event_of_line_5();
	wait_used(1, 1);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	assert_int_equal(answer[0], 1);
	kill_child();
	go_on();
	wait_for_event_of_line_5();
	assert_int_equal(request(GET_VALUE, 5, 0), 0);
	assert_int_equal(front_end_collect(fe, 1, &answer), -1);
}

static void an_event_that_was_shown_is_not_shown_again(void **state)
{
	const unsigned char *answer;

	pulse(VIRTIO_GPIO_IRQ_RISING);
	wait_for_event_of_line_5();
	wait_used(1, 1);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	kill_child();
	/* As if that had been right after the buffer was used. */
	assert_int_equal(*event_state(5) & 3, 0);
	*event_state(5) |= 2;
	go_on();
	wait_for_event_of_line_5();
	assert_int_equal(request(GET_VALUE, 5, 0), 0);
	assert_int_equal(front_end_collect(fe, 1, &answer), -1);
}

static void an_event_that_was_about_to_be_shown_is_shown(void **state)
{
	const unsigned char *answer;

	assert_int_equal(request(SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(request(SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(request(SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_RISING), 0);
	wait_for_event_of_line_5();
	/* After two more turns of its loop the process has the buffer. */
	assert_int_equal(request(GET_VALUE, 5, 0), 0);
	assert_int_equal(request(GET_VALUE, 5, 0), 0);
	kill_child();
	*event_state(5) = 4 | 2;
	go_on();
	wait_used(1, 1);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	assert_int_equal(answer[0], 1);
}

static void an_edge_is_found_that_came_while_no_process_ran(void **state)
{
	const unsigned char *answer;

	assert_int_equal(request(SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(request(SET_VALUE, 18, 1), 0);
	assert_int_equal(request(SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(request(SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_FALLING), 0);
	kill_child();
	go_on();
	wait_for_event_of_line_5();
	wait_used(1, 1);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	assert_int_equal(answer[0], 1);
}

static void another_guest_gets_nothing_of_it(void **state)
{
	assert_int_equal(request(SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(request(SET_VALUE, 17, 1), 0);
	kill_child();
	memset(fe->memory, 0, MEMORY);
	for (unsigned q = 0; q < 2; q++)
		fe->queue[q].available = fe->queue[q].used = fe->queue[q].next = 0;
	go_on();
	assert_int_equal(request(GET_DIRECTION, 17, 0), VIRTIO_GPIO_NONE);
}

int main(void)
{
#define both(f)                                                        \
	cmocka_unit_test_setup_teardown(f, with_inflight, teardown),   \
	{                                                              \
#f " (state file)", f, with_state_file, teardown, NULL \
	}
	const struct CMUnitTest tests[] = {
		both(every_request_is_answered_once),
		both(lines_are_what_they_were),
		both(waiting_for_an_event_goes_on),
		both(an_event_is_kept_until_the_guest_waits_for_it),
		both(an_event_that_was_shown_is_not_shown_again),
		both(an_event_that_was_about_to_be_shown_is_shown),
		both(an_edge_is_found_that_came_while_no_process_ran),
		both(another_guest_gets_nothing_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
