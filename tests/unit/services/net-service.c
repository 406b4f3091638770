// SPDX-License-Identifier: GPL-2.0-only
/*
 * The switch: frames go to whom they are for, the interface's lack of room is waited for, and it
 * runs as long as somebody is there.
 */
#include "owner.h"
#include "services/net-service.h"
#include "virtio/virtio-net.h"

static const uint8_t address[FY_NET_ADDRESS] = { 2, 0, 0, 0, 0, 1 };

static struct {
	unsigned starts, stops, frames;
	unsigned char frame[FY_NET_FRAME_MAX];
	int error;
	bool down;
} wire;

static int start(struct net_service *service, struct fy_net *net)
{
	wire.starts++;
	return 0;
}

static void stop(struct net_service *service, struct fy_net *net)
{
	wire.stops++;
}

static int send_out(struct fy_net *net, const void *frame, size_t length)
{
	if (wire.error)
		return wire.error;
	memcpy(wire.frame, frame, length);
	wire.frames++;
	return 0;
}

static bool link_is_up(const struct fy_net *net)
{
	return !wire.down;
}

static const struct net_service_ops ops = { start, stop, send_out, link_is_up };
static struct net_service service;
static struct owner *first, *second;

static struct owner *open_one(void)
{
	return owner_open(&service.service,
			  VIRTIO_FEATURE(VIRTIO_NET_F_MAC) | VIRTIO_FEATURE(VIRTIO_NET_F_STATUS),
			  2);
}

static int setup(void **state)
{
	memset(&wire, 0, sizeof(wire));
	net_service_init(&service, NULL, NULL, address, &ops);
	first = open_one();
	second = open_one();
	return 0;
}

static int teardown(void **state)
{
	owner_close(&service.service, second);
	owner_close(&service.service, first);
	return 0;
}

/* OWNER's guest sends a frame TO an address, from its own; the last bytes of both. */
static void transmit(struct owner *owner, uint8_t to, uint8_t from)
{
	const struct buffer buffer = { DATA, VIRTIO_NET_HEADER + 60, false };
	unsigned char *frame = owner->guest->guest[0]->data;

	memset(frame, 0, VIRTIO_NET_HEADER + 60);
	frame += VIRTIO_NET_HEADER;
	memcpy(frame, address, FY_NET_ADDRESS);
	memcpy(frame + FY_NET_ADDRESS, address, FY_NET_ADDRESS);
	frame[5] = to;
	frame[11] = from;
	guest_offer(owner->guest->guest[1], &buffer, 1);
	virtio_device_run(owner->device, VIRTIO_NET_TRANSMIT_QUEUE, 64);
}

static void give_room(struct owner *owner)
{
	const struct buffer buffer = { DATA + 2048, 1600, true };

	guest_offer(owner->guest->guest[0], &buffer, 1);
	virtio_device_run(owner->device, VIRTIO_NET_RECEIVE_QUEUE, 64);
}

static bool got(struct owner *owner)
{
	return device_guest_collect(owner->guest, VIRTIO_NET_RECEIVE_QUEUE) > 0;
}

static void each_front_end_has_an_address_of_its_own(void **state)
{
	uint8_t mac[FY_NET_ADDRESS];

	assert_int_equal(virtio_device_read_config(first->device, 0, mac, sizeof(mac)), 0);
	assert_memory_equal(mac, address, sizeof(mac));
	assert_int_equal(virtio_device_read_config(second->device, 0, mac, sizeof(mac)), 0);
	assert_int_equal(mac[5], 2);
	assert_int_equal(mac[0] & 3, 2);
}

static void a_frame_goes_to_whom_it_is_for(void **state)
{
	transmit(second, 99, 2);
	assert_int_equal(wire.frames, 1);
	give_room(first);
	give_room(second);
	transmit(first, 2, 1);
	assert_int_equal(wire.frames, 1);
	assert_true(got(second));
	assert_false(got(first));
}

static void a_frame_for_somebody_else_goes_to_all(void **state)
{
	give_room(first);
	give_room(second);
	transmit(first, 77, 1);
	assert_int_equal(wire.frames, 1);
	assert_true(got(second));
	assert_false(got(first));
}

static void frames_from_outside_find_their_guest(void **state)
{
	unsigned char frame[60] = { 2, 0, 0, 0, 0, 1 };

	give_room(first);
	give_room(second);
	net_service_received(&service, frame, sizeof(frame));
	assert_true(got(first));
	assert_false(got(second));
	give_room(first);
	memset(frame, 0xff, FY_NET_ADDRESS);
	net_service_received(&service, frame, sizeof(frame));
	assert_true(got(first));
	assert_true(got(second));
}

static void a_full_wire_is_waited_for(void **state)
{
	wire.error = FY_ERR_AGAIN;
	transmit(first, 77, 1);
	assert_int_equal(wire.frames, 0);
	wire.error = 0;
	assert_int_equal(first->more[VIRTIO_NET_TRANSMIT_QUEUE], 0);
	net_service_ready(&service);
	assert_int_equal(first->more[VIRTIO_NET_TRANSMIT_QUEUE], 1);
	virtio_device_run(first->device, VIRTIO_NET_TRANSMIT_QUEUE, 64);
	assert_int_equal(wire.frames, 1);
}

static void a_change_of_the_link_reaches_all(void **state)
{
	net_service_set_link(&service, true);
	assert_int_equal(first->changes + second->changes, 0);
	net_service_set_link(&service, false);
	assert_int_equal(first->changes, 1);
	assert_int_equal(second->changes, 1);
}

static void the_interface_runs_while_somebody_is_there(void **state)
{
	struct owner *third;

	assert_int_equal(wire.starts, 1);
	owner_close(&service.service, first);
	assert_int_equal(wire.stops, 0);
	third = open_one();
	assert_int_equal(wire.starts, 1);
	owner_close(&service.service, third);
	owner_close(&service.service, second);
	assert_int_equal(wire.stops, 1);
	first = open_one();
	second = open_one();
	assert_int_equal(wire.starts, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_front_end_has_an_address_of_its_own, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_frame_goes_to_whom_it_is_for, setup, teardown),
		cmocka_unit_test_setup_teardown(a_frame_for_somebody_else_goes_to_all, setup,
						teardown),
		cmocka_unit_test_setup_teardown(frames_from_outside_find_their_guest, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_full_wire_is_waited_for, setup, teardown),
		cmocka_unit_test_setup_teardown(a_change_of_the_link_reaches_all, setup, teardown),
		cmocka_unit_test_setup_teardown(the_interface_runs_while_somebody_is_there, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
