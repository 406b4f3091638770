// SPDX-License-Identifier: GPL-2.0-only
/*
 * A line belongs to one front end at a time, and what a guest made of its lines is kept where the
 * next process finds it, events that it has not heard of included.
 */
#include "owner.h"
#include "ports/user/user.h"
#include "services/gpio-service.h"
#include "virtio/virtio-gpio.h"

#define LINES 3

enum { SET_DIRECTION = 3, SET_VALUE = 5, SET_IRQ_TYPE = 6 };
enum { OK, ERROR };
enum { REQUESTS, EVENTS };
/* Of a line's state: direction, level, trigger, event. */
enum { STATE_SIZE = 4, STATE_EVENT = 3, WAITS = 1, BEING_USED = 2, EVENT_MASK = 3 };

/* A controller without a device behind it. */
static struct fy_gpio_controller controller;
static int level[LINES];
static bool output[LINES];

static int set_input(struct fy_device *dev, unsigned pin)
{
	output[pin] = false;
	return 0;
}

static int set_output(struct fy_device *dev, unsigned pin, int to)
{
	output[pin] = true;
	level[pin] = to;
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	return output[pin];
}

static int get(struct fy_device *dev, unsigned pin)
{
	return level[pin];
}

static void set(struct fy_device *dev, unsigned pin, int to)
{
	level[pin] = to;
}

static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	return 0;
}

static const struct fy_gpio_ops pins = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set = set,
	.set_trigger = set_trigger,
};

static int probe(struct fy_device *dev)
{
	return fy_gpio_offer(dev, &controller, LINES, &pins);
}

static void remove_pins(struct fy_device *dev)
{
	fy_gpio_withdraw(&controller);
}

static const struct fy_driver driver = { .name = "pins", .probe = probe, .remove = remove_pins };
static const struct gpio_service_ops ops = { user_gpio_take, user_gpio_set_mode };
static struct user_world *world;
static struct gpio_service service;
static struct owner *owner;

static struct owner *open_one(void)
{
	return owner_open(&service.service, VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ), 2);
}

static int setup(void **state)
{
	memset(level, 0, sizeof(level));
	memset(output, 0, sizeof(output));
	world = user_world_new(USER_CLOCK_VIRTUAL);
	assert_non_null(user_device_add(world, &driver, "pins"));
	assert_int_equal(user_probe(world, NULL), 0);
	gpio_service_init(&service, controller.dev, &controller, LINES, &ops);
	owner = open_one();
	return 0;
}

static int teardown(void **state)
{
	owner_close(&service.service, owner);
	user_world_free(world);
	return 0;
}

/* The guest's request; returns the status in its answer. */
static unsigned ask(struct owner *o, unsigned type, unsigned line, unsigned value)
{
	const struct buffer buffer[] = { { DATA, 8, false }, { DATA + 64, 2, true } };
	unsigned char *request = o->guest->guest[0]->data;

	memset(request, 0, 8);
	request[0] = (unsigned char)type;
	request[2] = (unsigned char)line;
	request[4] = (unsigned char)value;
	guest_offer(o->guest->guest[REQUESTS], buffer, 2);
	virtio_device_run(o->device, REQUESTS, 64);
	assert_int_equal(device_guest_collect(o->guest, REQUESTS), 2);
	return request[64];
}

static unsigned event_of(unsigned line)
{
	return owner->state[STATE_SIZE * line + STATE_EVENT] & EVENT_MASK;
}

static void a_line_belongs_to_one_front_end(void **state)
{
	struct owner *other = open_one();

	assert_int_equal(ask(owner, SET_DIRECTION, 1, VIRTIO_GPIO_OUT), OK);
	assert_int_equal(ask(other, SET_DIRECTION, 1, VIRTIO_GPIO_IN), ERROR);
	assert_int_equal(ask(other, SET_DIRECTION, 2, VIRTIO_GPIO_IN), OK);
	assert_int_equal(ask(owner, SET_DIRECTION, 1, VIRTIO_GPIO_NONE), OK);
	assert_int_equal(ask(other, SET_DIRECTION, 1, VIRTIO_GPIO_IN), OK);
	owner_close(&service.service, other);
	assert_int_equal(ask(owner, SET_DIRECTION, 1, VIRTIO_GPIO_OUT), OK);
}

static void the_next_process_puts_lines_back(void **state)
{
	unsigned char kept[sizeof(owner->state)];

	assert_int_equal(service.service.state_size, STATE_SIZE * LINES);
	assert_int_equal(ask(owner, SET_VALUE, 1, 1), OK);
	service.service.save(owner->device, owner->state);
	assert_int_equal(ask(owner, SET_DIRECTION, 1, VIRTIO_GPIO_OUT), OK);
	service.service.save(owner->device, owner->state);
	assert_int_equal(level[1], 1);
	memcpy(kept, owner->state, sizeof(kept));
	owner_close(&service.service, owner);
	level[1] = output[1] = 0;
	owner = open_one();
	memcpy(owner->state, kept, sizeof(kept));
	service.service.restore(owner->device, owner->state);
	assert_true(output[1]);
	assert_int_equal(level[1], 1);
	assert_false(output[0]);
}

static void an_event_is_kept_until_it_was_used(void **state)
{
	assert_int_equal(ask(owner, SET_DIRECTION, 0, VIRTIO_GPIO_IN), OK);
	assert_int_equal(ask(owner, SET_IRQ_TYPE, 0, VIRTIO_GPIO_IRQ_RISING), OK);
	service.service.save(owner->device, owner->state);
	level[0] = 1;
	fy_gpio_event(&controller, 0);
	assert_int_equal(event_of(0), WAITS);
	/* The guest asks for it. */
	*guest_byte(owner->guest->guest[0], DATA + 128) = 0;
	*guest_byte(owner->guest->guest[0], DATA + 129) = 0;
	guest_offer(owner->guest->guest[EVENTS],
		    (const struct buffer[]){ { DATA + 128, 2, false }, { DATA + 136, 1, true } },
		    2);
	virtio_device_run(owner->device, EVENTS, 64);
	assert_int_equal(device_guest_collect(owner->guest, EVENTS), 1);
	service.service.before_used(owner->device, owner->state);
	assert_int_equal(event_of(0), BEING_USED);
	service.service.after_used(owner->device, owner->state);
	assert_int_equal(event_of(0), 0);
}

static void an_event_that_was_being_used_and_is_not_in_flight_was_reported(void **state)
{
	owner->state[0] = VIRTIO_GPIO_IN;
	owner->state[2] = VIRTIO_GPIO_IRQ_RISING;
	owner->state[STATE_EVENT] = BEING_USED;
	service.service.restore(owner->device, owner->state);
	assert_int_equal(event_of(0), BEING_USED);
	service.service.recovered(owner->device, owner->state);
	assert_int_equal(event_of(0), 0);
}

static void an_edge_between_two_processes_is_an_event(void **state)
{
	enum { SEEN_LOW = 4 };

	owner->state[0] = VIRTIO_GPIO_IN;
	owner->state[2] = VIRTIO_GPIO_IRQ_RISING;
	owner->state[STATE_EVENT] = SEEN_LOW;
	level[0] = 1;
	service.service.restore(owner->device, owner->state);
	assert_int_equal(event_of(0), WAITS);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(a_line_belongs_to_one_front_end),
		test(the_next_process_puts_lines_back),
		test(an_event_is_kept_until_it_was_used),
		test(an_event_that_was_being_used_and_is_not_in_flight_was_reported),
		test(an_edge_between_two_processes_is_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
