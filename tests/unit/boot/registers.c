// SPDX-License-Identifier: GPL-2.0-only
/* Registers over a socket, at whose other end the test answers as QEMU does. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "boot/registers.h"

static int wire[2];
static struct error err;

static int open_wire(void **state)
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, wire);
}

static int close_wire(void **state)
{
	close(wire[0]);
	close(wire[1]);
	return 0;
}

/* The answer is there before the question. */
static void will_answer(const char *text)
{
	assert_int_equal(write(wire[1], text, strlen(text)), strlen(text));
}

static void asked(const char *text)
{
	char got[100] = "";

	assert_int_equal(read(wire[1], got, sizeof(got) - 1), strlen(text));
	assert_string_equal(got, text);
}

static void a_register_is_read_and_written(void **state)
{
	uint32_t value;

	will_answer("OK 0x0000000024000001\n");
	assert_int_equal(registers_read(wire[0], 0x20200010, &value, &err), 0);
	assert_int_equal(value, 0x24000001);
	asked("readl 0x20200010\n");
	will_answer("OK\n");
	assert_int_equal(registers_write(wire[0], 0x3f200014, 0x924, &err), 0);
	asked("writel 0x3f200014 0x924\n");
}

static void another_answer_is_an_error(void **state)
{
	uint32_t value;

	will_answer("FAIL Unknown command 'readl'\n");
	assert_int_equal(registers_read(wire[0], 0, &value, &err), -1);
	assert_string_equal(err.text, "QEMU's register channel says: FAIL Unknown command 'readl'");
}

static void an_answer_without_end_is_an_error(void **state)
{
	char text[201];

	memset(text, 'x', 200);
	text[200] = '\0';
	will_answer(text);
	assert_int_equal(registers_write(wire[0], 0, 0, &err), -1);
	assert_non_null(strstr(err.text, "does not answer"));
}

static void a_closed_channel_is_an_error(void **state)
{
	uint32_t value;

	close(wire[1]);
	wire[1] = -1;
	assert_int_equal(registers_read(wire[0], 0, &value, &err), -1);
	assert_string_equal(err.text, "QEMU is gone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_register_is_read_and_written, open_wire,
						close_wire),
		cmocka_unit_test_setup_teardown(another_answer_is_an_error, open_wire, close_wire),
		cmocka_unit_test_setup_teardown(an_answer_without_end_is_an_error, open_wire,
						close_wire),
		cmocka_unit_test_setup_teardown(a_closed_channel_is_an_error, open_wire,
						close_wire),
	};

	return cmocka_run_group_tests_name("boot/registers", tests, NULL, NULL);
}
