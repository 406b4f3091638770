// SPDX-License-Identifier: GPL-2.0-only
/* virtio-net passes whole frames, both ways, and nothing that was not offered. */
#include "device-guest.h"
#include "virtio/virtio-net.h"

static const unsigned char mac[6] = { 2, 0, 0, 1, 2, 3 };
static struct virtio_net net;

static struct {
	unsigned char frame[VIRTIO_NET_FRAME_MAX];
	size_t length;
	unsigned frames, rooms;
	bool full;
} wire;

static bool send(void *arg, const void *frame, size_t length)
{
	if (wire.full)
		return false;
	assert_true(length <= sizeof(wire.frame));
	memcpy(wire.frame, frame, length);
	wire.length = length;
	wire.frames++;
	return true;
}

static void room(void *arg)
{
	wire.rooms++;
}

static const struct virtio_net_ops ops = { send, room };

static struct device_guest *start(void)
{
	struct device_guest *d;

	memset(&wire, 0, sizeof(wire));
	virtio_net_init(&net, mac, &ops, NULL);
	d = device_guest_make(&net.device, VIRTIO_FEATURE(VIRTIO_NET_F_MAC));
	device_guest_start(d, 0);
	device_guest_start(d, 1);
	return d;
}

/*
 * Has the guest send LENGTH bytes of header and frame; FLAGS is the header's first byte, GSO its
 * second.
 */
static void transmit(struct device_guest *d, uint32_t length, unsigned char flags,
		     unsigned char gso)
{
	const struct buffer buffer[] = { { DATA, 20, false }, { DATA + 20, length - 20, false } };
	unsigned char *byte = d->guest[0]->data;

	memset(byte, 0, VIRTIO_NET_HEADER);
	byte[0] = flags;
	byte[1] = gso;
	for (unsigned i = VIRTIO_NET_HEADER; i < length; i++)
		byte[i] = (unsigned char)i;
	guest_offer(d->guest[1], buffer, 2);
	assert_false(virtio_device_run(&net.device, 1, 64));
}

static void frames_are_sent_without_their_header(void **state)
{
	struct device_guest *d = start();

	transmit(d, VIRTIO_NET_HEADER + 60, 0, 0);
	assert_int_equal(wire.frames, 1);
	assert_int_equal(wire.length, 60);
	assert_memory_equal(wire.frame, d->guest[0]->data + VIRTIO_NET_HEADER, 60);
	assert_int_equal(device_guest_collect(d, 1), 0);
	transmit(d, VIRTIO_NET_HEADER + VIRTIO_NET_FRAME_MAX, 0, 0);
	assert_int_equal(wire.length, VIRTIO_NET_FRAME_MAX);
	device_guest_free(d);
}

static void frames_that_cannot_be_sent_are_dropped(void **state)
{
	struct device_guest *d = start();
	const struct buffer header = { DATA, 11, false };

	transmit(d, VIRTIO_NET_HEADER + 60, 1, 0);
	transmit(d, VIRTIO_NET_HEADER + 60, 0, 1);
	transmit(d, VIRTIO_NET_HEADER + VIRTIO_NET_FRAME_MAX + 1, 0, 0);
	transmit(d, VIRTIO_NET_HEADER + VIRTIO_NET_FRAME_MIN - 1, 0, 0);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(device_guest_collect(d, 1), 0);
	guest_offer(d->guest[1], &header, 1);
	assert_false(virtio_device_run(&net.device, 1, 64));
	assert_int_equal(device_guest_collect(d, 1), 0);
	assert_int_equal(wire.frames, 0);
	assert_int_equal(net.dropped, 5);
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void a_frame_waits_for_the_wire(void **state)
{
	struct device_guest *d = start();

	wire.full = true;
	transmit(d, VIRTIO_NET_HEADER + 60, 0, 0);
	transmit(d, VIRTIO_NET_HEADER + 70, 0, 0);
	wire.full = false;
	assert_false(virtio_net_ready(&net));
	assert_int_equal(wire.frames, 2);
	assert_int_equal(wire.length, 70);
	device_guest_free(d);
}

static void frames_reach_the_guest_with_a_header(void **state)
{
	static const unsigned char header[VIRTIO_NET_HEADER] = { [10] = 1 };
	struct device_guest *d = start();
	const struct buffer buffer[] = { { DATA, 5, true }, { DATA + 5, 1600, true } };
	unsigned char frame[100];

	memset(frame, 'f', sizeof(frame));
	assert_false(virtio_net_receive(&net, frame, sizeof(frame)));
	guest_offer(d->guest[0], buffer, 2);
	assert_false(virtio_device_run(&net.device, 0, 64));
	assert_int_equal(wire.rooms, 1);
	memset(d->guest[0]->data, 0xee, 200);
	assert_true(virtio_net_receive(&net, frame, sizeof(frame)));
	assert_int_equal(device_guest_collect(d, 0), VIRTIO_NET_HEADER + sizeof(frame));
	assert_memory_equal(d->guest[0]->data, header, sizeof(header));
	assert_memory_equal(d->guest[0]->data + sizeof(header), frame, sizeof(frame));
	assert_int_equal(d->guest[0]->data[sizeof(header) + sizeof(frame)], 0xee);
	assert_int_equal(d->notified[0], 1);
	device_guest_free(d);
}

static void frames_that_do_not_fit_are_dropped(void **state)
{
	struct device_guest *d = start();
	const struct buffer small = { DATA, VIRTIO_NET_HEADER + 59, true };
	static const unsigned char frame[VIRTIO_NET_FRAME_MAX + 1];

	guest_offer(d->guest[0], &small, 1);
	assert_true(virtio_net_receive(&net, frame, 60));
	assert_int_equal(device_guest_collect(d, 0), 0);
	assert_true(virtio_net_receive(&net, frame, sizeof(frame)));
	assert_true(virtio_net_receive(&net, frame, VIRTIO_NET_FRAME_MIN - 1));
	assert_int_equal(net.dropped, 3);
	device_guest_free(d);
}

static void the_configuration_tells_address_and_link(void **state)
{
	struct device_guest *d = start();
	const unsigned char up[8] = { 2, 0, 0, 1, 2, 3, 1, 0 };
	unsigned char config[8];

	assert_int_equal(virtio_device_read_config(&net.device, 0, config, 8), 0);
	assert_memory_equal(config, up, 8);
	assert_false(virtio_net_set_link(&net, true));
	assert_true(virtio_net_set_link(&net, false));
	assert_int_equal(virtio_device_read_config(&net.device, 6, config, 1), 0);
	assert_int_equal(config[0], 0);
	device_guest_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_sent_without_their_header),
		cmocka_unit_test(frames_that_cannot_be_sent_are_dropped),
		cmocka_unit_test(a_frame_waits_for_the_wire),
		cmocka_unit_test(frames_reach_the_guest_with_a_header),
		cmocka_unit_test(frames_that_do_not_fit_are_dropped),
		cmocka_unit_test(the_configuration_tells_address_and_link),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
