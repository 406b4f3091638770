// SPDX-License-Identifier: GPL-2.0-only
/* A session goes on with its own device's state file, and with no other file. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "restart/state.h"

enum { SIZE = 640 };

static const struct fy_driver pins = { .name = "pins" }, other_pins = { .name = "other-pins" };
static struct fy_device dev = { .driver = &pins }, other_dev = { .driver = &other_pins };
static const struct service gpio = { .name = "gpio", .dev = &dev, .state_size = 32 };
static char directory[] = "/tmp/ferry-state-XXXXXX", path[64];
static struct error err;

static int set_up(void **state)
{
	strcpy(directory + sizeof(directory) - 7, "XXXXXX");
	assert_non_null(mkdtemp(directory));
	(void)snprintf(path, sizeof(path), "%s/state", directory);
	return 0;
}

static int teardown(void **state)
{
	unlink(path);
	return rmdir(directory);
}

static off_t size_of_file(void)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

/* A session has kept TEXT there. */
static void write_state(const char *text)
{
	int fd;

	assert_int_equal(vhost_state_open(path, &gpio, &fd, &err), 0);
	assert_int_equal(vhost_state_prepare(fd, &gpio, SIZE), 0);
	assert_int_equal(pwrite(fd, text, strlen(text), VHOST_STATE_HEADER), strlen(text));
	close(fd);
}

static void assert_kept(const char *text)
{
	char found[64] = { 0 };
	int fd = open(path, O_RDONLY);

	assert_int_equal(pread(fd, found, strlen(text), VHOST_STATE_HEADER), strlen(text));
	assert_string_equal(found, text);
	close(fd);
	assert_int_equal(size_of_file(), VHOST_STATE_HEADER + SIZE);
}

static void assert_refused(const struct service *service, const char *why)
{
	int fd;

	assert_int_equal(vhost_state_open(path, service, &fd, &err), -1);
	assert_int_equal(fd, -1);
	assert_non_null(strstr(err.text, why));
	assert_non_null(strstr(err.text, path));
}

static void none_is_asked_for(void **state)
{
	int fd = 5;

	assert_int_equal(vhost_state_open(NULL, &gpio, &fd, &err), 0);
	assert_int_equal(fd, -1);
	assert_int_equal(vhost_state_check(path, &gpio, &err), 0);
	write_state("");
}

static void a_device_gets_its_own(void **state)
{
	int fd;

	write_state("kept");
	assert_int_equal(vhost_state_check(path, &gpio, &err), 0);
	assert_int_equal(vhost_state_open(path, &gpio, &fd, &err), 0);
	assert_int_equal(vhost_state_prepare(fd, &gpio, SIZE), 0);
	assert_kept("kept");
	/* Prepared for another record it was not. */
	assert_int_equal(vhost_state_prepare(fd, &gpio, SIZE + 1), -1);
	close(fd);
}

static void one_that_was_begun_is_finished(void **state)
{
	write_state("x");
	assert_int_equal(truncate(path, VHOST_STATE_HEADER), 0);
	write_state("kept");
	assert_kept("kept");
}

static void another_devices_is_refused(void **state)
{
	struct service i2c = gpio, more = gpio, driver = gpio;

	i2c.name = "i2c";
	more.state_size++;
	driver.dev = &other_dev;
	write_state("kept");
	assert_refused(&i2c, "it is of 'ferry state 1: gpio of pins, 32 bytes', and this is 'ferry "
			     "state 1: i2c of pins, 32 bytes'");
	assert_refused(&more, "33 bytes");
	assert_refused(&driver, "other-pins");
	assert_int_equal(vhost_state_check(path, &i2c, &err), -1);
	assert_kept("kept");
}

static void another_versions_is_refused(void **state)
{
	static const char header[] = "ferry state 99: gpio of pins, 32 bytes\n";
	int fd;

	write_state("kept");
	fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, header, strlen(header), 0), strlen(header));
	close(fd);
	assert_refused(&gpio, "it is of 'ferry state 99: gpio of pins, 32 bytes', and");
	assert_kept("kept");
}

static void anything_else_is_refused(void **state)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	assert_int_equal(write(fd, "my diary", 8), 8);
	assert_refused(&gpio, "it holds something else");
	assert_refused(NULL, "it holds something else");
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(ftruncate(fd, VHOST_STATE_HEADER + SIZE), 0);
	assert_refused(&gpio, "it holds something else");
	close(fd);
	assert_int_equal(size_of_file(), VHOST_STATE_HEADER + SIZE);
}

static void one_at_a_time_has_it(void **state)
{
	int fd, other;

	assert_int_equal(vhost_state_open(path, NULL, &fd, &err), 0);
	assert_int_equal(vhost_state_open(path, &gpio, &other, &err), -1);
	assert_non_null(strstr(err.text, "another process has it"));
	/* A worker looks into what its proxy has. */
	assert_int_equal(vhost_state_check(path, &gpio, &err), 0);
	close(fd);
	write_state("");
}

int main(void)
{
#define test(f) cmocka_unit_test_setup_teardown(f, set_up, teardown)
	const struct CMUnitTest tests[] = {
		test(none_is_asked_for),
		test(a_device_gets_its_own),
		test(one_that_was_begun_is_finished),
		test(another_devices_is_refused),
		test(another_versions_is_refused),
		test(anything_else_is_refused),
		test(one_at_a_time_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
