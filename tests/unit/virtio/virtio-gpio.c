// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio-gpio answers requests and raises interrupts as the specification has it, also to guests
 * that get it wrong.
 */
#include <stdio.h>

#include "device-guest.h"
#include "virtio/virtio-gpio.h"

#define LINES 3

enum { GET_NAMES = 1, GET_DIRECTION, SET_DIRECTION, GET_VALUE, SET_VALUE, SET_IRQ_TYPE };
enum { OK = 0x000, ERROR = 0x001 }; /* an answer: status, and above it the value */

/* The lines behind the device, and what is done to them. */
static struct {
	char log[256];
	int level[LINES];
	bool fails;
	bool fires; /* an event comes as soon as a trigger is set */
} behind;

static struct virtio_gpio gpio;
static struct virtio_gpio_line line[LINES];

static int note(const char *what, unsigned number, unsigned value)
{
	size_t used = strlen(behind.log);

	assert_true(number < LINES);
	(void)snprintf(behind.log + used, sizeof(behind.log) - used, "%s%u=%u ", what, number,
		       value);
	return behind.fails ? -1 : 0;
}

static int set_input(void *arg, unsigned number)
{
	return note("in", number, 0);
}

static int set_output(void *arg, unsigned number, int level)
{
	return note("out", number, (unsigned)level);
}

static int release(void *arg, unsigned number)
{
	return note("release", number, 0);
}

static int get(void *arg, unsigned number)
{
	return behind.fails ? -1 : behind.level[number];
}

static int set(void *arg, unsigned number, int level)
{
	return note("set", number, (unsigned)level);
}

static int set_trigger(void *arg, unsigned number, unsigned trigger)
{
	int result = note("trigger", number, trigger);

	if (behind.fires && trigger)
		virtio_gpio_event(&gpio, number);
	return result;
}

static const struct virtio_gpio_ops ops = { set_input, set_output, release, get, set, set_trigger };
static const char names[] = "led\0\0button";

/* What was done since the last call. */
static const char *done(void)
{
	static char text[sizeof(behind.log)];

	strcpy(text, behind.log);
	behind.log[0] = 0;
	return text;
}

static struct device_guest *start(void)
{
	struct device_guest *d;

	memset(&behind, 0, sizeof(behind));
	virtio_gpio_init(&gpio, line, LINES, names, sizeof(names), &ops, NULL);
	d = device_guest_make(&gpio.device, VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ));
	device_guest_start(d, 0);
	device_guest_start(d, 1);
	return d;
}

/*
 * Sends the first LENGTH bytes of a request with room for ANSWER bytes of response, and returns its
 * used length.
 */
static long send(struct device_guest *d, unsigned type, unsigned number, uint32_t value,
		 uint32_t length, uint32_t answer)
{
	struct guest *g = d->guest[0];
	const struct buffer buffer[] = { { DATA, length, false }, { DATA + 64, answer, true } };
	const uint16_t half[] = { (uint16_t)type, (uint16_t)number };

	memcpy(g->data, half, 4);
	memcpy(g->data + 4, &value, 4);
	memset(g->data + 64, 0xee, 64);
	guest_offer(g, buffer, 2);
	assert_false(virtio_device_run(&gpio.device, 0, 64));
	return device_guest_collect(d, 0);
}

/* Sends a request; returns its answer. */
static unsigned ask(struct device_guest *d, unsigned type, unsigned number, uint32_t value)
{
	assert_int_equal(send(d, type, number, value, 8, 2), 2);
	return d->guest[0]->data[64] | (unsigned)d->guest[0]->data[65] << 8;
}

/* Gives the device a buffer for an event of line NUMBER. */
static void wait_event(struct device_guest *d, unsigned number)
{
	const struct buffer buffer[] = { { DATA + 1024 + 8 * number, 2, false },
					 { DATA + 1024 + 8 * number + 4, 1, true } };
	unsigned char *at = d->guest[0]->data + 1024 + 8 * number;

	memset(at, 0xee, 8);
	at[0] = (unsigned char)number;
	at[1] = (unsigned char)(number >> 8);
	guest_offer(d->guest[1], buffer, 2);
	assert_false(virtio_device_run(&gpio.device, 1, 64));
}

/* The status of the event of line NUMBER, the next one: 1 valid, 0 invalid; -1: none has come. */
static int event(struct device_guest *d, unsigned number)
{
	long used = device_guest_collect(d, 1);

	assert_true(used < 0 || used == 1);
	return used < 0 ? -1 : d->guest[0]->data[1024 + 8 * number + 4];
}

static void the_configuration_tells_lines_and_names(void **state)
{
	struct device_guest *d = start();
	const unsigned char expected[8] = { LINES, 0, 0, 0, sizeof(names) };
	unsigned char config[8];

	assert_int_equal(virtio_device_read_config(&gpio.device, 0, config, 8), 0);
	assert_memory_equal(config, expected, 8);
	assert_int_equal(send(d, GET_NAMES, 0, 0, 8, 1 + sizeof(names)), 1 + sizeof(names));
	assert_int_equal(d->guest[0]->data[64], OK);
	assert_memory_equal(d->guest[0]->data + 65, names, sizeof(names));
	/* Not into less room. */
	assert_int_equal(send(d, GET_NAMES, 0, 0, 8, sizeof(names)), 2);
	assert_int_equal(d->guest[0]->data[64], ERROR);
	device_guest_free(d);
}

static void lines_have_directions_and_levels(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, GET_DIRECTION, 1, 0), OK | VIRTIO_GPIO_NONE << 8);
	/* The level that was set before counts once the line is an output. */
	assert_int_equal(ask(d, SET_VALUE, 1, 1), OK);
	assert_string_equal(done(), "");
	assert_int_equal(ask(d, SET_DIRECTION, 1, VIRTIO_GPIO_OUT), OK);
	assert_string_equal(done(), "out1=1 ");
	assert_int_equal(ask(d, GET_DIRECTION, 1, 0), OK | VIRTIO_GPIO_OUT << 8);
	assert_int_equal(ask(d, SET_VALUE, 1, 0), OK);
	assert_string_equal(done(), "set1=0 ");
	assert_int_equal(ask(d, SET_DIRECTION, 1, VIRTIO_GPIO_IN), OK);
	assert_string_equal(done(), "in1=0 ");
	assert_int_equal(ask(d, GET_DIRECTION, 1, 0), OK | VIRTIO_GPIO_IN << 8);
	behind.level[1] = 1;
	assert_int_equal(ask(d, GET_VALUE, 1, 0), OK | 1 << 8);
	/* With the direction all is forgotten. */
	assert_int_equal(ask(d, SET_VALUE, 1, 1), OK);
	assert_int_equal(ask(d, SET_DIRECTION, 1, VIRTIO_GPIO_NONE), OK);
	assert_int_equal(ask(d, SET_DIRECTION, 1, VIRTIO_GPIO_OUT), OK);
	assert_string_equal(done(), "release1=0 out1=0 ");
	device_guest_free(d);
}

static void requests_that_make_no_sense_are_refused(void **state)
{
	struct device_guest *d = start();
	static const uint32_t bad[][3] = {
		{ 0, 0, 0 },
		{ 7, 0, 0 },
		{ 0xffff, 0, 0 },
		{ GET_VALUE, LINES, 0 },
		{ SET_VALUE, 0xffff, 0 },
		{ SET_VALUE, 0, 2 },
		{ SET_VALUE, 0, UINT32_MAX },
		{ SET_DIRECTION, 0, 3 },
		{ SET_DIRECTION, 0, 0x10001 },
		{ SET_IRQ_TYPE, 0, 5 },
		{ SET_IRQ_TYPE, 0, 9 },
		{ SET_IRQ_TYPE, 0, 0x101 },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(ask(d, bad[i][0], bad[i][1], bad[i][2]), ERROR);
	/* Too short a request, too little room for the answer, none at all. */
	assert_int_equal(send(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT, 7, 2), 2);
	assert_int_equal(d->guest[0]->data[64], ERROR);
	assert_int_equal(send(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT, 8, 1), 1);
	assert_int_equal(d->guest[0]->data[64], ERROR);
	assert_int_equal(send(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT, 8, 0), 0);
	assert_string_equal(done(), "");
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void what_fails_behind_is_an_error_to_the_guest(void **state)
{
	struct device_guest *d = start();

	behind.fails = true;
	assert_int_equal(ask(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT), ERROR);
	assert_int_equal(ask(d, GET_VALUE, 0, 0), ERROR);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), ERROR);
	behind.fails = false;
	assert_int_equal(ask(d, GET_DIRECTION, 0, 0), OK | VIRTIO_GPIO_NONE << 8);
	wait_event(d, 0);
	assert_int_equal(event(d, 0), 0);
	device_guest_free(d);
}

static void edges_are_latched_while_masked(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, SET_DIRECTION, 2, VIRTIO_GPIO_IN), OK);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 2, VIRTIO_GPIO_IRQ_BOTH), OK);
	assert_string_equal(done(), "in2=0 trigger2=3 ");
	virtio_gpio_event(&gpio, 2);
	virtio_gpio_event(&gpio, 2);
	assert_int_equal(event(d, 2), -1);
	wait_event(d, 2);
	assert_int_equal(event(d, 2), 1);
	/* Both edges became one; the next one is awaited. */
	wait_event(d, 2);
	assert_int_equal(event(d, 2), -1);
	d->notified[1] = 0;
	virtio_gpio_event(&gpio, 2);
	assert_int_equal(d->notified[1], 1);
	assert_int_equal(event(d, 2), 1);
	assert_string_equal(done(), "");
	device_guest_free(d);
}

static void levels_count_only_while_awaited(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_HIGH), OK);
	assert_string_equal(done(), "trigger0=4 trigger0=0 ");
	virtio_gpio_event(&gpio, 0);
	wait_event(d, 0);
	assert_string_equal(done(), "trigger0=4 ");
	assert_int_equal(event(d, 0), -1);
	virtio_gpio_event(&gpio, 0);
	assert_string_equal(done(), "trigger0=0 ");
	assert_int_equal(event(d, 0), 1);
	/* Still high when it is awaited again. */
	behind.fires = true;
	wait_event(d, 0);
	assert_string_equal(done(), "trigger0=4 trigger0=0 ");
	assert_int_equal(event(d, 0), 1);
	assert_int_equal(event(d, 0), -1);
	device_guest_free(d);
}

static void a_disabled_interrupt_gives_its_buffer_back(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	wait_event(d, 0);
	d->notified[1] = 0;
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_NONE), OK);
	assert_int_equal(d->notified[1], 1);
	assert_int_equal(event(d, 0), 0);
	assert_string_equal(done(), "trigger0=1 trigger0=0 ");
	/* An edge that was latched is forgotten with it. */
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	virtio_gpio_event(&gpio, 0);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_NONE), OK);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_FALLING), OK);
	wait_event(d, 0);
	assert_int_equal(event(d, 0), -1);
	/* An output has no interrupt. */
	assert_int_equal(ask(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT), OK);
	assert_int_equal(event(d, 0), 0);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_FALLING), ERROR);
	device_guest_free(d);
}

static void event_buffers_that_make_no_sense_come_back(void **state)
{
	struct device_guest *d = start();
	const struct buffer short_one[] = { { DATA, 1, false }, { DATA + 1028, 1, true } },
			    none = { DATA, 2, false };

	wait_event(d, 0); /* not enabled */
	assert_int_equal(event(d, 0), 0);
	wait_event(d, LINES); /* no such line */
	assert_int_equal(event(d, LINES), 0);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	wait_event(d, 0);
	assert_int_equal(event(d, 0), -1);
	wait_event(d, 0); /* a second one */
	assert_int_equal(event(d, 0), 0);
	virtio_gpio_event(&gpio, 0);
	assert_int_equal(event(d, 0), 1);
	guest_offer(d->guest[1], short_one, 2);
	assert_false(virtio_device_run(&gpio.device, 1, 64));
	assert_int_equal(event(d, 0), 0);
	guest_offer(d->guest[1], &none, 1);
	assert_false(virtio_device_run(&gpio.device, 1, 64));
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void events_survive_a_stop(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 1, VIRTIO_GPIO_IRQ_RISING), OK);
	wait_event(d, 0);
	wait_event(d, 1);
	for (unsigned i = 0; i < 2; i++) {
		uint32_t base = virtio_device_stop_queue(&gpio.device, 1);

		if (!i)
			virtio_gpio_event(&gpio, 1);
		assert_int_equal(event(d, 1), -1);
		device_guest_start_at(d, 1, base, true);
		assert_false(virtio_device_run(&gpio.device, 1, 64));
		assert_int_equal(event(d, 1), i ? -1 : 1);
	}
	virtio_gpio_event(&gpio, 0);
	assert_int_equal(event(d, 0), 1);
	device_guest_free(d);
}

static void a_broken_queue_ends_the_other_one_too(void **state)
{
	struct device_guest *d = start();
	const struct buffer bad = { NOWHERE, 8, false };

	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	wait_event(d, 0);
	guest_offer(d->guest[0], &bad, 1);
	assert_false(virtio_device_run(&gpio.device, 0, 64));
	assert_int_equal(d->broken, 1);
	d->notified[1] = 0;
	virtio_gpio_event(&gpio, 0);
	assert_int_equal(event(d, 0), -1);
	assert_int_equal(d->notified[1], 0);
	assert_int_equal(d->guest[0]->data[1024 + 4], 0xee);
	assert_int_equal(d->broken, 1);
	device_guest_free(d);
}

static void a_reset_lets_all_lines_go(void **state)
{
	struct device_guest *d = start();

	assert_int_equal(ask(d, SET_DIRECTION, 0, VIRTIO_GPIO_OUT), OK);
	assert_int_equal(ask(d, SET_DIRECTION, 2, VIRTIO_GPIO_IN), OK);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 2, VIRTIO_GPIO_IRQ_RISING), OK);
	wait_event(d, 2);
	(void)done();
	virtio_device_reset(&gpio.device);
	assert_string_equal(done(), "release0=0 trigger2=0 release2=0 ");
	virtio_gpio_event(&gpio, 2);
	assert_int_equal(event(d, 2), -1);
	virtio_device_reset(&gpio.device);
	assert_string_equal(done(), "");
	device_guest_free(d);
}

static void lines_are_what_they_were_before_a_crash(void **state)
{
	struct device_guest *d = start();

	virtio_gpio_restore(&gpio, 0, VIRTIO_GPIO_OUT, 1, VIRTIO_GPIO_IRQ_NONE);
	virtio_gpio_restore(&gpio, 2, VIRTIO_GPIO_IN, 0, VIRTIO_GPIO_IRQ_RISING);
	virtio_gpio_restore(&gpio, 1, VIRTIO_GPIO_NONE, 0, VIRTIO_GPIO_IRQ_RISING);
	assert_string_equal(done(), "out0=1 in2=0 trigger2=1 ");
	assert_int_equal(ask(d, GET_DIRECTION, 0, 0), OK | VIRTIO_GPIO_OUT << 8);
	virtio_gpio_event(&gpio, 2);
	wait_event(d, 2);
	assert_int_equal(event(d, 2), 1);
	/* Numbers out of a damaged record, and lines that somebody else has meanwhile. */
	virtio_gpio_restore(&gpio, 1, 99, 0, VIRTIO_GPIO_IRQ_RISING);
	assert_string_equal(done(), "");
	virtio_gpio_restore(&gpio, 1, VIRTIO_GPIO_IN, 99, 99);
	assert_string_equal(done(), "in1=0 ");
	virtio_gpio_event(&gpio, 1);
	virtio_device_reset(&gpio.device);
	(void)done();
	behind.fails = true;
	virtio_gpio_restore(&gpio, 1, VIRTIO_GPIO_IN, 0, VIRTIO_GPIO_IRQ_NONE);
	behind.fails = false;
	virtio_device_reset(&gpio.device);
	assert_string_equal(done(), "in1=0 ");
	device_guest_free(d);
}

static void interrupts_are_offered_only_where_there_are_any(void **state)
{
	struct virtio_gpio_ops without = ops;

	without.set_trigger = NULL;
	virtio_gpio_init(&gpio, line, LINES, NULL, 99, &without, NULL);
	assert_int_equal(gpio.device.offered & 1, 0);
	assert_int_equal(gpio.config[4], 0);
	struct device_guest *d = device_guest_make(&gpio.device, 0);

	device_guest_start(d, 0);
	device_guest_start(d, 1);
	assert_int_equal(ask(d, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), ERROR);
	assert_int_equal(ask(d, GET_NAMES, 0, 0), ERROR);
	wait_event(d, 0);
	assert_int_equal(event(d, 0), 0);
	device_guest_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_configuration_tells_lines_and_names),
		cmocka_unit_test(lines_have_directions_and_levels),
		cmocka_unit_test(requests_that_make_no_sense_are_refused),
		cmocka_unit_test(what_fails_behind_is_an_error_to_the_guest),
		cmocka_unit_test(edges_are_latched_while_masked),
		cmocka_unit_test(levels_count_only_while_awaited),
		cmocka_unit_test(a_disabled_interrupt_gives_its_buffer_back),
		cmocka_unit_test(event_buffers_that_make_no_sense_come_back),
		cmocka_unit_test(events_survive_a_stop),
		cmocka_unit_test(a_broken_queue_ends_the_other_one_too),
		cmocka_unit_test(a_reset_lets_all_lines_go),
		cmocka_unit_test(lines_are_what_they_were_before_a_crash),
		cmocka_unit_test(interrupts_are_offered_only_where_there_are_any),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
