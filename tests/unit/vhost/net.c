// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frames go between front ends and the driver's interface as through a switch that learns, and wait
 * where there is no room on the wire.
 */
#include <stdio.h>

#include "front-end.h"
#include "virtio/virtio-net.h"

enum {
	RECEIVE = VIRTIO_NET_RECEIVE_QUEUE,
	TRANSMIT = VIRTIO_NET_TRANSMIT_QUEUE,
	FRAME = 40,
	ROOM = 64
};

/* A driver that keeps what it was to send last. */
struct wire {
	struct fy_net net;
	unsigned char frame[FRAME];
	unsigned frames, starts, stops;
	bool full, all;
};

static struct user_world *world;
static struct wire *wire;
static struct service *service;
static struct front_end *fe, *other;
static char log_lines[1000];

static const unsigned char all[6] = { 255, 255, 255, 255, 255, 255 };
static const unsigned char far[6] = { 2, 0, 0, 0, 0, 9 };
static const unsigned char near[6] = { 2, 0, 0, 0, 1, 1 };

static int wire_start(struct fy_device *dev, bool for_all)
{
	wire->starts++;
	wire->all = for_all;
	return 0;
}

static void wire_stop(struct fy_device *dev)
{
	wire->stops++;
}

static int wire_send(struct fy_device *dev, const void *frame, size_t len)
{
	assert_int_equal(len, FRAME);
	assert_int_equal(wire->starts, wire->stops + 1);
	if (wire->full)
		return FY_ERR_AGAIN;
	memcpy(wire->frame, frame, len);
	wire->frames++;
	return 0;
}

static const struct fy_net_ops ops = { wire_start, wire_stop, wire_send };

static int wire_probe(struct fy_device *dev)
{
	static const uint8_t none[6], several[6] = { 1, 0, 0, 0, 0, 1 },
				      own[6] = { 0, 0x16, 0x3e, 0, 0, 255 };

	wire = fy_state(dev);
	assert_int_equal(fy_net_offer(dev, &wire->net, none, &ops), FY_ERR_INVALID);
	assert_int_equal(fy_net_offer(dev, &wire->net, several, &ops), FY_ERR_INVALID);
	return fy_net_offer(dev, &wire->net, own, &ops);
}

static void wire_remove(struct fy_device *dev)
{
	fy_net_withdraw(&wire->net);
}

static const struct fy_driver driver = { .name = "wire",
					 .state_size = sizeof(struct wire),
					 .probe = wire_probe,
					 .remove = wire_remove };

static struct front_end *connect_one(void)
{
	struct front_end *f = front_end_new(world, service, -1);

	front_end_negotiate(f);
	front_end_start(f, RECEIVE, 0);
	front_end_start(f, TRANSMIT, 0);
	return f;
}

static void keep_log(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
	const size_t used = strlen(log_lines);

	snprintf(log_lines + used, sizeof(log_lines) - used, "%s\n", text);
}

static int setup(void **state)
{
	log_lines[0] = '\0';
	world = user_world_new(USER_CLOCK_REAL);
	user_world_set_log(world, keep_log, NULL);
	user_device_add(world, &driver, "wire");
	assert_int_equal(user_probe(world, NULL), 0);
	service = vhost_net_service(user_net_first(world));
	fe = connect_one();
	other = connect_one();
	return 0;
}

static int teardown(void **state)
{
	front_end_free(fe);
	assert_int_equal(wire->stops, 0);
	front_end_free(other);
	assert_int_equal(wire->stops, 1);
	free(service);
	user_world_free(world);
	return 0;
}

/* The guest sends a frame whose payload is LETTER. */
static void send_from(struct front_end *f, const unsigned char *to, const unsigned char *from,
		      char letter)
{
	unsigned char buffer[VIRTIO_NET_HEADER + FRAME] = { 0 };

	memset(buffer + VIRTIO_NET_HEADER, letter, FRAME);
	memcpy(buffer + VIRTIO_NET_HEADER, to, 6);
	memcpy(buffer + VIRTIO_NET_HEADER + 6, from, 6);
	front_end_offer(f, TRANSMIT, buffer, sizeof(buffer), 0);
	front_end_kick(f, TRANSMIT);
}

static void receive_from_wire(const unsigned char *to, char letter)
{
	unsigned char frame[FRAME];

	memset(frame, letter, FRAME);
	memcpy(frame, to, 6);
	memcpy(frame + 6, far, 6);
	fy_net_received(&wire->net, frame, FRAME);
}

static void offer_room(struct front_end *f)
{
	front_end_offer(f, RECEIVE, "", 0, ROOM);
	front_end_kick(f, RECEIVE);
}

/* The letter of the next frame that the guest has got; 0: there is none. */
static char got(struct front_end *f)
{
	const unsigned char *answer;

	return front_end_collect(f, RECEIVE, &answer) >= 0 ?
		       (char)answer[VIRTIO_NET_HEADER + FRAME - 1] :
		       0;
}

static const unsigned char *address_of(struct front_end *f, struct vhost_config *config)
{
	*config = (struct vhost_config){ .size = 8 };
	front_end_send(f, VHOST_GET_CONFIG, 0, config, VHOST_CONFIG_HEADER + 8, NULL, 0);
	assert_int_equal(front_end_answer(f, VHOST_GET_CONFIG, config, sizeof(*config), NULL),
			 VHOST_CONFIG_HEADER + 8);
	return config->bytes;
}

static void frames_go_out_and_come_in(void **state)
{
	assert_true(wire->all);
	send_from(fe, far, near, 'o');
	assert_int_equal(wire->frames, 1);
	assert_memory_equal(wire->frame, far, 6);
	assert_int_equal(wire->frame[FRAME - 1], 'o');
	offer_room(fe);
	receive_from_wire(near, 'i');
	assert_int_equal(got(fe), 'i');
	assert_int_equal(got(fe), 0);
}

static void front_ends_have_addresses_of_their_own(void **state)
{
	struct vhost_config config;

	assert_memory_equal(address_of(fe, &config), "\x00\x16\x3e\x00\x00\xff", 6);
	assert_memory_equal(address_of(other, &config), "\x02\x16\x3e\x00\x00\x00", 6);
	/* The next gets what is free. */
	front_end_free(fe);
	fe = connect_one();
	assert_memory_equal(address_of(fe, &config), "\x00\x16\x3e\x00\x00\xff", 6);
}

static void the_switch_learns_who_is_where(void **state)
{
	offer_room(fe);
	offer_room(other);
	offer_room(other);
	/* Nobody knows the address: all get it. */
	send_from(fe, far, near, 'a');
	assert_int_equal(got(other), 'a');
	assert_int_equal(wire->frames, 1);
	/* From here on it is known, and others do not see the frame. */
	send_from(other, near, far, 'b');
	assert_int_equal(got(fe), 'b');
	assert_int_equal(wire->frames, 1);
	send_from(fe, all, near, 'c');
	assert_int_equal(got(other), 'c');
	assert_int_equal(wire->frames, 2);
	offer_room(fe);
	offer_room(other);
	receive_from_wire(near, 'd');
	assert_int_equal(got(fe), 'd');
	assert_int_equal(got(other), 0);
	/* A frame to oneself goes nowhere. */
	send_from(fe, near, near, 'e');
	assert_int_equal(got(fe), 0);
	assert_int_equal(wire->frames, 2);
}

static void a_frame_that_nobody_has_room_for_is_missed(void **state)
{
	receive_from_wire(all, 'a');
	offer_room(fe);
	assert_int_equal(got(fe), 0);
	receive_from_wire(all, 'b');
	assert_int_equal(got(fe), 'b');
	assert_int_equal(got(fe), 0);
}

static void what_a_guest_missed_is_told_at_its_end(void **state)
{
	/* From the interface and from the other front end. */
	offer_room(fe);
	receive_from_wire(all, 'a');
	receive_from_wire(all, 'b');
	send_from(other, all, far, 'c');
	front_end_free(fe);
	fe = connect_one();
	assert_non_null(
		strstr(log_lines, "guest 1 missed 2 frames, for which it had no buffers\n"));
	log_lines[0] = '\0';
	send_from(fe, far, near, 'd');
	front_end_free(other);
	other = connect_one();
	assert_non_null(
		strstr(log_lines, "guest 2 missed 3 frames, for which it had no buffers\n"));
	log_lines[0] = '\0';
	front_end_free(fe);
	fe = connect_one();
	assert_null(strstr(log_lines, "missed"));
}

static void senders_wait_for_the_wire(void **state)
{
	const unsigned char *none;

	wire->full = true;
	send_from(fe, far, near, 'a');
	send_from(fe, far, near, 'b');
	assert_int_equal(wire->frames, 0);
	assert_true(front_end_collect(fe, TRANSMIT, &none) >= 0);
	assert_int_equal(front_end_collect(fe, TRANSMIT, &none), -1);
	wire->full = false;
	fy_net_ready(&wire->net);
	front_end_pump(fe);
	assert_int_equal(wire->frames, 2);
	assert_int_equal(wire->frame[FRAME - 1], 'b');
	assert_true(front_end_collect(fe, TRANSMIT, &none) >= 0);
}

static void the_guest_hears_of_the_link(void **state)
{
	struct vhost_config config;
	struct vhost_header header;
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair),
			 0);
	assert_int_equal(front_end_ack(fe, VHOST_SET_BACKEND_REQ_FD, NULL, 0, &pair[1], 1), 0);
	close(pair[1]);
	fy_net_set_link(&wire->net, true);
	assert_int_equal(read(pair[0], &header, sizeof(header)), -1);
	fy_net_set_link(&wire->net, false);
	assert_int_equal(read(pair[0], &header, sizeof(header)), sizeof(header));
	assert_int_equal(header.request, VHOST_BACKEND_CONFIG_CHANGED);
	assert_int_equal(header.flags, VHOST_VERSION);
	assert_int_equal(header.size, 0);
	assert_int_equal(address_of(fe, &config)[6], 0);
	fy_net_set_link(&wire->net, true);
	assert_int_equal(read(pair[0], &header, sizeof(header)), sizeof(header));
	assert_int_equal(address_of(fe, &config)[6], 1);
	close(pair[0]);
	/* One that does not listen any more harms nobody. */
	fy_net_set_link(&wire->net, false);
	assert_int_equal(address_of(fe, &config)[6], 0);
	/* A pipe is no socket. */
	assert_int_equal(pipe(pair), 0);
	assert_int_not_equal(front_end_ack(fe, VHOST_SET_BACKEND_REQ_FD, NULL, 0, &pair[1], 1), 0);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
#define test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(frames_go_out_and_come_in),
		test(front_ends_have_addresses_of_their_own),
		test(the_switch_learns_who_is_where),
		test(a_frame_that_nobody_has_room_for_is_missed),
		test(what_a_guest_missed_is_told_at_its_end),
		test(senders_wait_for_the_wire),
		test(the_guest_hears_of_the_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
