// SPDX-License-Identifier: GPL-2.0-only
/* Each opening of the port is a writer, and none begins before the one before has taken effect. */
#include "owner.h"
#include "services/console-service.h"
#include "virtio/virtio-console.h"

enum { PAUSE_NS = 100 * 1000 * 1000 };

static struct {
	unsigned opened, closed;
	char text[256];
	size_t length;
	long room; /* bytes; or what a write returns */
	bool drained;
	void (*ready)(void *arg);
	void *arg;
} stream;

static void *open_writer(struct fy_stream *of, void (*ready)(void *arg), void *arg)
{
	stream.opened++;
	stream.ready = ready;
	stream.arg = arg;
	return &stream;
}

static long write_stream(void *writer, const void *from, size_t length)
{
	size_t taken = length;

	assert_ptr_equal(writer, &stream);
	if (stream.room <= 0)
		return stream.room ? stream.room : FY_ERR_AGAIN;
	if (taken > (size_t)stream.room)
		taken = (size_t)stream.room;
	memcpy(stream.text + stream.length, from, taken);
	stream.length += taken;
	stream.room -= (long)taken;
	return (long)taken;
}

static bool is_drained(void *writer)
{
	return stream.drained;
}

static void close_writer(void *writer)
{
	stream.closed += writer != NULL;
}

static const struct console_service_ops ops = { open_writer, write_stream, is_drained,
						close_writer };
static struct console_service service;
static struct owner *owner;

static int setup(void **state)
{
	memset(&stream, 0, sizeof(stream));
	stream.room = sizeof(stream.text);
	console_service_init(&service, NULL, NULL, "beeper", &ops);
	owner = owner_open(&service.service, 0, 2);
	return 0;
}

static int teardown(void **state)
{
	owner_close(&service.service, owner);
	return 0;
}

static void say(const char *text)
{
	struct guest *guest = owner->guest->guest[0];
	const struct buffer buffer = { DATA, (uint32_t)strlen(text), false };

	memcpy(guest->data, text, strlen(text));
	guest_offer(owner->guest->guest[1], &buffer, 1);
	virtio_device_run(owner->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, 64);
}

static void a_writer_begins_with_the_first_byte(void **state)
{
	assert_int_equal(stream.opened, 0);
	say("t440 100\n");
	say("p100\n");
	assert_int_equal(stream.opened, 1);
	assert_memory_equal(stream.text, "t440 100\np100\n", 14);
}

static void what_there_is_no_room_for_waits(void **state)
{
	stream.room = 2;
	say("long");
	assert_int_equal(stream.length, 2);
	stream.room = 100;
	stream.ready(stream.arg);
	virtio_device_run(owner->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, 64);
	assert_memory_equal(stream.text, "long", 4);
}

static void after_refused_bytes_there_is_a_pause(void **state)
{
	stream.room = FY_ERR_INVALID;
	say("nonsense");
	assert_true(owner->timer == PAUSE_NS);
	stream.room = 100;
	say("m sos");
	assert_int_equal(stream.length, 0);
	service.service.expired(owner->device);
	virtio_device_run(owner->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, 64);
	assert_memory_equal(stream.text, "m sos", 5);
}

static void the_end_of_a_session_is_the_writers(void **state)
{
	say("x");
	owner_close(&service.service, owner);
	assert_int_equal(stream.closed, 1);
	owner = owner_open(&service.service, 0, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_writer_begins_with_the_first_byte, setup,
						teardown),
		cmocka_unit_test_setup_teardown(what_there_is_no_room_for_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(after_refused_bytes_there_is_a_pause, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_end_of_a_session_is_the_writers, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
