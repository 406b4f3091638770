// SPDX-License-Identifier: GPL-2.0-only
/* virtio-console takes and gives bytes whole and in order, whoever is slow. */
#include "device-guest.h"
#include "virtio/virtio-console.h"

static struct virtio_console console;

/* Who takes the guest's bytes: as many as there is room for. */
static struct {
	char text[1024];
	size_t length, room;
	bool refuses;
	unsigned rooms, ends;
	const uint16_t *used; /* unless NULL: a queue's used index, */
	uint16_t used_at_end; /* as it was at the end */
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

static void end(void *arg)
{
	taker.ends++;
	if (taker.used)
		taker.used_at_end = *taker.used;
}

static const struct virtio_console_ops ops = { take, room, end };

static struct device_guest *start_as(const char *name, size_t space, uint64_t features)
{
	struct device_guest *d;

	memset(&taker, 0, sizeof(taker));
	taker.room = space;
	virtio_console_init(&console, name, &ops, NULL);
	d = device_guest_make(&console.device, VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC) | features);
	for (unsigned i = 0; i < console.device.model->queues; i++)
		device_guest_start(d, i);
	return d;
}

static struct device_guest *start(size_t space)
{
	return start_as(NULL, space, 0);
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

static void bytes_that_are_refused_are_dropped_with_the_rest(void **state)
{
	struct device_guest *d = start(1000);
	const struct buffer bad = { DATA, 1000, false }, good = { DATA + 1000, 2, false };

	taker.refuses = true;
	guest_offer(d->guest[1], &bad, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(device_guest_collect(d, 1), 0);
	taker.refuses = false;
	memcpy(d->guest[0]->data + 1000, "ok", 2);
	guest_offer(d->guest[1], &good, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(taker.length, 2);
	assert_memory_equal(taker.text, "ok", 2);
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
	const struct buffer buffer[] = { { DATA, 4, true },
					 { DATA + 4, 2, true },
					 { DATA + 8, 100, true } };

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

/* ---- A port with a name ---- */

static struct device_guest *start_port(size_t space)
{
	return start_as("beeper", space, VIRTIO_FEATURE(VIRTIO_CONSOLE_F_MULTIPORT));
}

/* The guest sends a control message. */
static void send_control(struct device_guest *d, unsigned event, unsigned value)
{
	const unsigned char message[8] = {
		0, 0, 0, 0, (unsigned char)event, 0, (unsigned char)value, 0
	};
	const struct buffer buffer = { DATA + 0x2000, 8, false };

	memcpy(d->guest[0]->data + 0x2000, message, 8);
	guest_offer(d->guest[3], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 3, 64));
	assert_int_equal(device_guest_collect(d, 3), 0);
}

/* Buffer N of those for control messages. */
static struct buffer control_buffer(unsigned n)
{
	return (struct buffer){ DATA + 0x3000 + 32 * n, 32, true };
}

static void offer_control(struct device_guest *d, unsigned n)
{
	const struct buffer buffer = control_buffer(n);

	guest_offer(d->guest[2], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 2, 64));
}

static void a_guest_learns_of_the_port(void **state)
{
	struct device_guest *d = start_port(100);
	const unsigned char *data = d->guest[0]->data + 0x3000;
	unsigned char ports[4];

	assert_int_equal(virtio_device_read_config(&console.device, 4, ports, 4), 0);
	assert_memory_equal(ports, "\1\0\0\0", 4);
	offer_control(d, 0);
	assert_int_equal(device_guest_collect(d, 2), -1);
	send_control(d, 0, 1);
	assert_int_equal(device_guest_collect(d, 2), 8);
	assert_memory_equal(data, "\0\0\0\0\1\0\1\0", 8);
	/* Buffers may come late. */
	send_control(d, 3, 1);
	assert_int_equal(device_guest_collect(d, 2), -1);
	offer_control(d, 1);
	assert_int_equal(device_guest_collect(d, 2), 14);
	assert_memory_equal(data + 32, "\0\0\0\0\7\0\1\0beeper", 14);
	offer_control(d, 2);
	assert_int_equal(device_guest_collect(d, 2), 8);
	assert_memory_equal(data + 64, "\0\0\0\0\6\0\1\0", 8);
	offer_control(d, 3);
	assert_int_equal(device_guest_collect(d, 2), -1);
	assert_int_equal(d->notified[2], 3);
	device_guest_free(d);
}

static void a_closed_port_ends_when_all_was_taken(void **state)
{
	struct device_guest *d = start_port(3);
	const struct buffer buffer = { DATA, 5, false };

	send_control(d, 6, 1);
	guest_offer(d->guest[1], &buffer, 1);
	send_control(d, 6, 0);
	/* The close came before the kick, and there is no room. */
	assert_int_equal(taker.length, 3);
	assert_int_equal(taker.ends, 0);
	taker.room = 100;
	assert_false(virtio_console_ready(&console));
	assert_int_equal(taker.length, 5);
	assert_int_equal(taker.ends, 1);
	assert_false(virtio_console_ready(&console));
	assert_int_equal(taker.ends, 1);
	send_control(d, 6, 1);
	send_control(d, 6, 0);
	assert_int_equal(taker.ends, 2);
	device_guest_free(d);
}

/* Should the process be killed while it does what a message says, the next one gets that again. */
static void a_message_is_given_back_when_it_was_heeded(void **state)
{
	struct device_guest *d = start_port(3);

	taker.used = &device_area(d->guest[3])[1];
	send_control(d, 6, 1);
	send_control(d, 6, 0);
	assert_int_equal(taker.ends, 1);
	assert_int_equal(taker.used_at_end, 1);
	assert_int_equal(*taker.used, 2);
	device_guest_free(d);
}

static void a_reset_ends_what_was_written(void **state)
{
	struct device_guest *d = start_port(3);

	virtio_device_reset(&console.device);
	assert_int_equal(taker.ends, 1);
	device_guest_free(d);
}

static void odd_control_messages_are_passed_over(void **state)
{
	struct device_guest *d = start_port(100);
	const struct buffer small = { DATA, 7, false };

	guest_offer(d->guest[3], &small, 1);
	assert_false(virtio_device_run(&console.device, 3, 64));
	assert_int_equal(device_guest_collect(d, 3), 0);
	offer_control(d, 0);
	for (unsigned event = 0; event < 256; event++)
		if (event != 6)
			send_control(d, event, 0);
	send_control(d, 7, 1);
	assert_int_equal(device_guest_collect(d, 2), -1);
	assert_int_equal(taker.ends, 0);
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void a_guest_without_control_messages_has_a_console(void **state)
{
	struct device_guest *d = start_as("beeper", 100, 0);
	const struct buffer buffer = { DATA, 5, false };

	guest_offer(d->guest[1], &buffer, 1);
	assert_false(virtio_device_run(&console.device, 1, 64));
	assert_int_equal(taker.length, 5);
	device_guest_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_is_taken_in_order),
		cmocka_unit_test(output_waits_for_room),
		cmocka_unit_test(bytes_that_are_refused_are_dropped_with_the_rest),
		cmocka_unit_test(one_long_chain_does_not_take_all_the_time),
		cmocka_unit_test(input_fills_the_guests_buffers),
		cmocka_unit_test(buffers_without_room_are_given_back),
		cmocka_unit_test(a_bad_input_buffer_breaks_the_device),
		cmocka_unit_test(a_reset_forgets_half_a_chain),
		cmocka_unit_test(an_emergency_write_needs_no_queue),
		cmocka_unit_test(a_guest_learns_of_the_port),
		cmocka_unit_test(a_closed_port_ends_when_all_was_taken),
		cmocka_unit_test(a_message_is_given_back_when_it_was_heeded),
		cmocka_unit_test(a_reset_ends_what_was_written),
		cmocka_unit_test(odd_control_messages_are_passed_over),
		cmocka_unit_test(a_guest_without_control_messages_has_a_console),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
