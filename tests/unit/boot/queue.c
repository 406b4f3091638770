// SPDX-License-Identifier: GPL-2.0-only
/* Bytes leave in order for a descriptor that takes few at a time, and a closed one is an error. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "boot/queue.h"

static void bytes_leave_in_order_as_the_reader_takes_them(void **state)
{
	struct queue queue = { 0 };
	char got[8] = "";
	int fd[2];

	assert_int_equal(pipe2(fd, O_NONBLOCK), 0);
	assert_int_equal(queue_add(&queue, "ab", 2), 0);
	assert_int_equal(queue_add(&queue, "cde", 3), 0);
	assert_int_equal(queue_write(&queue, fd[1], 2), 0);
	assert_int_equal(queue.len, 3);
	assert_int_equal(queue_write(&queue, fd[1], 100), 0);
	assert_int_equal(queue.len, 0);
	assert_int_equal(queue_write(&queue, fd[1], 100), 0);
	assert_int_equal(read(fd[0], got, sizeof(got)), 5);
	assert_string_equal(got, "abcde");
	close(fd[0]);
	close(fd[1]);
	queue_free(&queue);
}

static void a_full_pipe_takes_nothing_and_a_closed_one_is_an_error(void **state)
{
	static const char block[4096];
	struct queue queue = { 0 };
	int fd[2];

	assert_int_equal(pipe2(fd, O_NONBLOCK), 0);
	while (write(fd[1], block, sizeof(block)) > 0)
		;
	assert_int_equal(queue_add(&queue, "x", 1), 0);
	assert_int_equal(queue_write(&queue, fd[1], 1), 0);
	assert_int_equal(queue.len, 1);
	close(fd[1]);
	assert_int_equal(queue_write(&queue, fd[1], 1), -1);
	close(fd[0]);
	queue_free(&queue);
}

static void a_socket_takes_what_it_can_and_raises_no_signal(void **state)
{
	struct queue queue = { 0 };
	char got[8] = "";
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(queue_send(&queue, fd[0]), 0);
	assert_int_equal(queue_add(&queue, "abc", 3), 0);
	assert_int_equal(queue_send(&queue, fd[0]), 3);
	assert_int_equal(queue.len, 0);
	assert_int_equal(read(fd[1], got, sizeof(got)), 3);
	assert_string_equal(got, "abc");
	close(fd[1]);
	assert_int_equal(queue_add(&queue, "d", 1), 0);
	assert_int_equal(queue_send(&queue, fd[0]), -1);
	close(fd[0]);
	queue_free(&queue);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_leave_in_order_as_the_reader_takes_them),
		cmocka_unit_test(a_full_pipe_takes_nothing_and_a_closed_one_is_an_error),
		cmocka_unit_test(a_socket_takes_what_it_can_and_raises_no_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
