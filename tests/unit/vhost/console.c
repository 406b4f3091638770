// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a guest writes to its port reaches the driver, in order, when that has room, each opening as
 * a writer of its own.
 */
#include "front-end.h"
#include "virtio/virtio-console.h"

enum { TRANSMIT = VIRTIO_CONSOLE_TRANSMIT_QUEUE, CONTROL = VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE };

/*
 * A driver whose stream takes as many bytes as there is room for, and refuses those that start with
 * '!'.
 */
struct sink {
	struct fy_stream stream;
	char text[1000];
	size_t length, room;
	bool busy;	       /* what was written has not taken effect */
	unsigned open, closed; /* sessions that wrote; that are closed */
};

struct writer {
	bool wrote;
};

static struct user_world *world;
static struct sink *sink;
static struct service *service;
static struct front_end *fe;

static long sink_write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	struct writer *writer = session;
	size_t count = len < sink->room ? len : sink->room;

	if (*data == '!')
		return FY_ERR_INVALID;
	if (!count)
		return FY_ERR_AGAIN;
	sink->open += !writer->wrote;
	writer->wrote = true;
	memcpy(sink->text + sink->length, data, count);
	sink->length += count;
	sink->room -= count;
	return (long)count;
}

static bool sink_drained(struct fy_device *dev, void *session)
{
	return !sink->busy;
}

static void sink_cancel(struct fy_device *dev, void *session)
{
}

static void sink_close(struct fy_device *dev, void *session)
{
	sink->closed++;
	sink->text[sink->length++] = '|';
}

static const struct fy_stream_ops ops = { sizeof(struct writer), sink_write, sink_drained,
					  sink_cancel, sink_close };

static int sink_probe(struct fy_device *dev)
{
	sink = fy_state(dev);
	sink->room = 900;
	return fy_stream_offer(dev, &sink->stream, "sink", &ops);
}

static void sink_remove(struct fy_device *dev)
{
	fy_stream_withdraw(&sink->stream);
}

static const struct fy_driver driver = { .name = "sink",
					 .state_size = sizeof(struct sink),
					 .probe = sink_probe,
					 .remove = sink_remove };

static void start(struct front_end *f)
{
	front_end_negotiate(f);
	for (unsigned q = 0; q < 4; q++)
		front_end_start(f, q, 0);
}

static int setup(void **state)
{
	world = user_world_new(USER_CLOCK_REAL);
	user_world_set_log(world, quiet, NULL);
	user_device_add(world, &driver, "sink");
	assert_int_equal(user_probe(world, NULL), 0);
	service = vhost_stream_service(user_stream_first(world));
	fe = front_end_new(world, service, -1);
	start(fe);
	return 0;
}

static int teardown(void **state)
{
	front_end_free(fe);
	free(service);
	user_world_free(world);
	return 0;
}

static void put(struct front_end *f, const char *text)
{
	front_end_offer(f, TRANSMIT, text, (uint32_t)strlen(text), 0);
	front_end_kick(f, TRANSMIT);
}

/* How many writes were given back to the guest since the last call. */
static unsigned given_back(struct front_end *f)
{
	const unsigned char *none;
	unsigned count = 0;

	while (front_end_collect(f, TRANSMIT, &none) >= 0)
		count++;
	return count;
}

static void set_open(struct front_end *f, unsigned char open)
{
	const unsigned char message[8] = { 0, 0, 0, 0, 6, 0, open, 0 };

	front_end_offer(f, CONTROL, message, sizeof(message), 0);
	front_end_kick(f, CONTROL);
}

/* The driver has room for ROOM bytes more, or what was written has taken effect. */
static void go_on(size_t room, bool busy)
{
	sink->room = room;
	sink->busy = busy;
	user_stream_ready(&sink->stream);
	/* The world wakes writers at the end of whatever happens next. */
	user_turn(world, 0);
	front_end_pump(fe);
}

static void what_is_written_reaches_the_driver(void **state)
{
	put(fe, "hello, ");
	put(fe, "driver");
	assert_string_equal(sink->text, "hello, driver");
	assert_int_equal(given_back(fe), 2);
}

static void without_room_bytes_wait_in_the_guest(void **state)
{
	sink->room = 3;
	put(fe, "hello");
	put(fe, "more");
	assert_string_equal(sink->text, "hel");
	assert_int_equal(given_back(fe), 0);
	go_on(3, false);
	assert_string_equal(sink->text, "hellom");
	assert_int_equal(given_back(fe), 1);
	go_on(100, false);
	assert_string_equal(sink->text, "hellomore");
	assert_int_equal(given_back(fe), 1);
}

static void bytes_that_are_refused_are_lost_with_their_write(void **state)
{
	uint64_t before = user_world_now(world);

	put(fe, "!bad");
	put(fe, "good");
	/* Not at once: a guest shall not fill the log. */
	assert_string_equal(sink->text, "");
	assert_int_equal(given_back(fe), 1);
	while (!sink->length && user_world_now(world) < before + 30 * FY_NS_PER_SEC)
		user_turn(world, FY_NS_PER_SEC);
	assert_string_equal(sink->text, "good");
	assert_true(user_world_now(world) >= before + 100 * FY_NS_PER_MS);
	assert_int_equal(given_back(fe), 1);
}

static void each_opening_is_a_writer(void **state)
{
	set_open(fe, 1);
	put(fe, "a");
	set_open(fe, 0);
	set_open(fe, 1);
	put(fe, "b");
	assert_string_equal(sink->text, "a|b");
	assert_int_equal(sink->open, 2);
	set_open(fe, 0);
	assert_int_equal(sink->closed, 2);
	/* One that wrote nothing is none. */
	set_open(fe, 1);
	set_open(fe, 0);
	assert_int_equal(sink->closed, 2);
}

static void the_next_writer_waits_for_what_the_last_one_wrote(void **state)
{
	set_open(fe, 1);
	sink->busy = true;
	put(fe, "a");
	set_open(fe, 0);
	set_open(fe, 1);
	put(fe, "b");
	assert_string_equal(sink->text, "a");
	go_on(100, true);
	assert_string_equal(sink->text, "a");
	go_on(100, false);
	assert_string_equal(sink->text, "a|b");
}

static void front_ends_are_writers_of_their_own(void **state)
{
	struct front_end *other = front_end_new(world, service, -1);

	start(other);
	put(fe, "a");
	put(other, "b");
	assert_string_equal(sink->text, "ab");
	assert_int_equal(sink->open, 2);
	sink->room = 0;
	sink->busy = true;
	put(other, "c");
	front_end_disconnect(other);
	/* It is gone, and does not wait. */
	assert_int_equal(sink->closed, 1);
	go_on(100, false);
	assert_string_equal(sink->text, "ab|");
	front_end_free(other);
}

static void a_stream_that_is_withdrawn_takes_nothing(void **state)
{
	put(fe, "a");
	user_remove(user_device_find(world, "sink"));
	put(fe, "b");
	assert_int_equal(given_back(fe), 2);
	assert_non_null(fe->session);
}

int main(void)
{
#define test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(what_is_written_reaches_the_driver),
		test(without_room_bytes_wait_in_the_guest),
		test(bytes_that_are_refused_are_lost_with_their_write),
		test(each_opening_is_a_writer),
		test(the_next_writer_waits_for_what_the_last_one_wrote),
		test(front_ends_are_writers_of_their_own),
		test(a_stream_that_is_withdrawn_takes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
