// SPDX-License-Identifier: GPL-2.0-only
/* virtio-console: bytes come through whole and in order, whoever is slow. */
#include "device-guest.h"
#include "virtio/console.h"

static struct virtio_console console;

/* Who takes the guest's bytes: as many as there is room for. */
static struct {
	char text[1024];
	size_t length, room;
	bool refuses;
	unsigned rooms;
} taker;

static long take(void *arg, const void *from, size_t length)
{
	size_t count = length < taker.room ? length : taker.room;

	assert_true(length > 0);
	if (taker.refuses)
		return -1;
	memcpy(taker.text + taker.length, from, count);
	taker.length += count;
	taker.room -= count;
	return (long)count;
}

static void room(void *arg)
{
	taker.rooms++;
}

static const struct virtio_console_ops ops = { take, room };

static struct device_guest *start(size_t space)
{
	struct device_guest *d;

	memset(&taker, 0, sizeof(taker));
	taker.room = space;
	virtio_console_init(&console, &ops, NULL);
	d = device_guest_make(&console.device, VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC));
	device_guest_start(d, 0);
	device_guest_start(d, 1);
	return d;
}

static void output_is_taken_in_order(void **state)
{
	struct device_guest *d = start(1000);
	const struct buffer buffer[] = { { DATA, 3, false }, { DATA + 3, 600, false } };

	for (unsigned i = 0; i < 603; i++)
		d->guest[0]->data[i] = (unsigned char)('a' + i % 26);
	guest_offer(d->guest[1], buffer, 2);
	guest_offer(d->guest[1], buffer, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(taker.length, 606);
	assert_memory_equal(taker.text, d->guest[0]->data, 603);
	assert_memory_equal(taker.text + 603, "abc", 3);
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(d->notified[1], 1);
	device_guest_free(d);
}

static void output_waits_for_room(void **state)
{
	struct device_guest *d = start(2);
	const struct buffer buffer = { DATA, 5, false };

	memcpy(d->guest[0]->data, "hello", 5);
	guest_offer(d->guest[1], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(taker.length, 2);
	assert_int_equal(device_guest_collect(d, 1), -1);
	/* What the guest writes there meanwhile comes too late. */
	memcpy(d->guest[0]->data, "HELLO", 5);
	taker.room = 100;
	assert_false(virtio_console_ready(&console));
	assert_memory_equal(taker.text, "hello", 6);
	assert_int_equal(device_guest_collect(d, 1), 0);
	device_guest_free(d);
}

static void bytes_that_are_refused_are_dropped(void **state)
{
	struct device_guest *d = start(100);
	const struct buffer buffer = { DATA, 5, false };

	taker.refuses = true;
	guest_offer(d->guest[1], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(taker.length, 0);
	device_guest_free(d);
}

static void one_long_chain_does_not_take_all_the_time(void **state)
{
	struct device_guest *d = start(1000000);
	const struct buffer buffer = { DATA, REGION_SIZE, false };

	guest_offer(d->guest[1], &buffer, 1);
	for (unsigned i = 0; i < 3; i++) {
		taker.length = 0;
		assert_true(virtio_device_run(&console.device, 1, 2));
		assert_true(taker.length <= 2 * sizeof(console.buffer));
	}
	device_guest_free(d);
}

static void input_fills_the_guests_buffers(void **state)
{
	struct device_guest *d = start(0);
	const struct buffer buffer[] = { { DATA, 4, true }, { DATA + 4, 2, true }, { DATA + 8, 100, true } };

	/* None, then room for 6, then for the rest. */
	assert_int_equal(virtio_console_input(&console, "hello, guest", 12), 0);
	guest_offer(d->guest[0], buffer, 2);
	assert_int_equal(taker.rooms, 0);
	assert_false(virtio_device_run(&console.device, 0, 64));
	assert_int_equal(taker.rooms, 1);
	assert_int_equal(virtio_console_input(&console, "hello, guest", 12), 6);
	assert_memory_equal(d->guest[0]->data, "hello,", 6);
	assert_int_equal(device_guest_collect(d, 0), 6);
	guest_offer(d->guest[0], buffer + 2, 1);
	assert_int_equal(virtio_console_input(&console, " guest", 6), 6);
	assert_memory_equal(d->guest[0]->data + 8, " guest\0", 7);
	assert_int_equal(device_guest_collect(d, 0), 6);
	/* Nobody waits: nobody is told. */
	guest_offer(d->guest[0], buffer + 2, 1);
	assert_false(virtio_device_run(&console.device, 0, 64));
	assert_int_equal(taker.rooms, 1);
	device_guest_free(d);
}

static void buffers_without_room_are_given_back(void **state)
{
	struct device_guest *d = start(0);
	const struct buffer nothing = { DATA, 4, false }, some = { DATA + 8, 4, true };

	guest_offer(d->guest[0], &nothing, 1);
	guest_offer(d->guest[0], &some, 1);
	assert_int_equal(virtio_console_input(&console, "ab", 2), 2);
	assert_int_equal(device_guest_collect(d, 0), 0);
	assert_int_equal(device_guest_collect(d, 0), 2);
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void a_bad_input_buffer_breaks_the_device(void **state)
{
	struct device_guest *d = start(0);
	const struct buffer bad = { NOWHERE, 4, true };

	guest_offer(d->guest[0], &bad, 1);
	assert_int_equal(virtio_console_input(&console, "ab", 2), 0);
	assert_int_equal(d->broken, 1);
	assert_int_equal(virtio_console_input(&console, "ab", 2), 0);
	assert_int_equal(d->broken, 1);
	device_guest_free(d);
}

static void a_reset_forgets_half_a_chain(void **state)
{
	struct device_guest *d = start(1);
	const struct buffer buffer = { DATA, 5, false };

	guest_offer(d->guest[1], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	virtio_device_reset(&console.device);
	taker.room = 100;
	assert_false(virtio_console_ready(&console));
	assert_int_equal(taker.length, 1);
	assert_int_equal(device_guest_collect(d, 1), -1);
	device_guest_free(d);
}

static void an_emergency_write_needs_no_queue(void **state)
{
	struct device_guest *d = start(10);

	virtio_device_reset(&console.device);
	assert_int_equal(virtio_device_write_config(&console.device, 8, "!\0\0\0", 4), 0);
	assert_int_equal(virtio_device_write_config(&console.device, 0, "1234", 4), 0);
	assert_int_equal(taker.length, 1);
	assert_int_equal(taker.text[0], '!');
	device_guest_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_is_taken_in_order),
		cmocka_unit_test(output_waits_for_room),
		cmocka_unit_test(bytes_that_are_refused_are_dropped),
		cmocka_unit_test(one_long_chain_does_not_take_all_the_time),
		cmocka_unit_test(input_fills_the_guests_buffers),
		cmocka_unit_test(buffers_without_room_are_given_back),
		cmocka_unit_test(a_bad_input_buffer_breaks_the_device),
		cmocka_unit_test(a_reset_forgets_half_a_chain),
		cmocka_unit_test(an_emergency_write_needs_no_queue),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
