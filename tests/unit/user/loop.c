// SPDX-License-Identifier: GPL-2.0-only
/*
 * A world in real time runs timers when they are due and files when they are ready, and starves
 * neither; mapped registers are the file's.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <ferry/io.h>

#include "test.h"
#include "user.h"

static struct user_world *w;

static void be_silent(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
}

static int setup(void **state)
{
	w = user_world_new(USER_CLOCK_REAL);
	assert_non_null(w);
	user_world_set_log(w, be_silent, NULL);
	return 0;
}

static int teardown(void **state)
{
	user_world_free(w);
	return 0;
}

static unsigned edges;
static uint64_t first, last;

static void count_edge(void *arg, unsigned pin, int level, uint64_t time)
{
	if (pin != 47)
		return;
	if (!edges++)
		first = time;
	last = time;
	if (edges == 21)
		user_quit(w, 5);
}

static void blink_blinks_in_real_time(void **state)
{
	struct fy_device *gpio = user_device_add(w, &fy_driver_bcm2835_gpio, "gpio");
	struct fy_device *blink = user_device_add(w, &fy_driver_blink, "blink");
	struct user_model *model = user_model_new(w, user_model_find("bcm2835-gpio"));
	struct user_pin_watch watch = { .changed = count_edge };

	assert_int_equal(user_device_set_model(gpio, model), 0);
	user_model_watch(model, &watch);
	user_device_set_pin(blink, "led", "gpio", 47, false);
	user_device_set_property(blink, "on-ms", 3);
	user_device_set_property(blink, "off-ms", 2);
	assert_int_equal(user_probe(w, NULL), 0);
	edges = 0;
	assert_int_equal(user_run(w), 5);
	/* Never early; late as the machine likes. */
	assert_true(last - first >= 10 * 5 * MS - 3 * MS);
	user_model_unwatch(model, &watch);
}

static struct user_fd ends[2];
static unsigned reads;

/* The one that is ready takes the other one away, which is ready too: it must not be called. */
static void take_other_away(void *arg, short revents)
{
	struct user_fd *self = arg;

	reads++;
	assert_true(revents & POLLIN);
	user_unwatch_fd(w, self == &ends[0] ? &ends[1] : &ends[0]);
	user_quit(w, 0);
}

static void a_file_may_be_unwatched_while_its_turn_is_near(void **state)
{
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "x", 1), 1);
	for (unsigned i = 0; i < 2; i++) {
		ends[i] = (struct user_fd){
			.fd = fds[0], .events = POLLIN, .ready = take_other_away, .arg = &ends[i]
		};
		assert_int_equal(user_watch_fd(w, &ends[i]), 0);
	}
	reads = 0;
	assert_int_equal(user_run(w), 0);
	assert_int_equal(reads, 1);
	user_unwatch_fd(w, &ends[0]);
	assert_false(ends[0].watched || ends[1].watched);
	assert_false(user_turn(w, 0));
	close(fds[0]);
	close(fds[1]);
}

static uint64_t again(void *arg, uint64_t due)
{
	unsigned *calls = arg;

	return ++*calls < 1000 ? 1 : FY_TIMER_STOP;
}

static void a_timer_that_is_always_due_leaves_others_their_turn(void **state)
{
	struct fy_timer timer;
	unsigned calls = 0, turns = 0;

	user_timer_init(&timer, w, again, &calls);
	user_timer_start(&timer, 0);
	while (user_turn(w, 0))
		turns++;
	assert_int_equal(calls, 1000);
	assert_in_range(turns, 10, 1000);
}

/* ---- Mapped registers: a file stands for them ---- */

static int mapped_probe(struct fy_device *dev)
{
	if (fy_read32(dev, 8) != 0x55aa1234)
		return FY_ERR_NOT_FOUND;
	fy_write32(dev, 4, 0x01020304);
	fy_write8(dev, 7, fy_read8(dev, 9));
	return 0;
}
TEST_DRIVER(mapped_probe);

static void mapped_registers_are_the_files(void **state)
{
	struct fy_device *dev = user_device_add(w, &driver_mapped_probe, "mapped");
	int fd = memfd_create("registers", 0);
	uint32_t registers[4] = { 0, 0, 0x55aa1234, 0 };
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(pwrite(fd, registers, sizeof(registers), 0x1200), sizeof(registers));
	assert_int_equal(user_device_map(dev, "/no/such/file", 0, 16, NULL), FY_ERR_IO);
	assert_int_equal(user_device_map(dev, path, 0x1200, 20, NULL), FY_ERR_INVALID);
	assert_int_equal(user_device_map(dev, path, UINT64_MAX, 16, NULL), FY_ERR_INVALID);
	assert_int_equal(user_device_map(dev, path, 0x1200, 16, "/no/such/uio"), FY_ERR_NOT_FOUND);
	assert_int_equal(user_device_map(dev, path, 0x1200, 16, NULL), 0);
	assert_int_equal(user_device_map(dev, path, 0x1200, 16, NULL), FY_ERR_BUSY);
	assert_int_equal(user_probe(w, NULL), 0);
	assert_int_equal(pread(fd, registers, sizeof(registers), 0x1200), sizeof(registers));
	assert_int_equal(registers[1], 0x12020304);
	close(fd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blink_blinks_in_real_time),
		TEST(a_file_may_be_unwatched_while_its_turn_is_near),
		TEST(a_timer_that_is_always_due_leaves_others_their_turn),
		TEST(mapped_registers_are_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
