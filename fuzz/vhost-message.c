// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a front end of a gpio, console, net or i2c device sends, its session goes on or ends,
 * and touches nothing besides. The first byte says which device, and what the rest is: a row of
 * messages, each a byte that picks the request, one for flags and descriptors, one for the
 * payload's size, and the payload; or the bytes of a stream.
 */
#include <stdlib.h>

#include "vhost-front.h"

static struct vhost_session *session;

static void ended(void *arg, struct vhost_session *which)
{
	session = NULL;
}

extern const struct fy_driver fy_driver_beeper, fy_driver_net_echo, fy_driver_bcm2835_i2c;

/* A service of the class that KIND says. */
static struct service *make_service(struct user_world *world, unsigned kind)
{
	struct fy_device *beeper, *i2c;
	struct user_model *model;

	switch (kind % 4) {
	case 1:
		beeper = user_device_add(world, &fy_driver_beeper, "beeper");
		user_device_set_pin(beeper, "speaker", "gpio", 17, false);
		if (user_probe(world, NULL))
			__builtin_trap();
		return vhost_stream_service(user_stream_first(world));
	case 2:
		user_device_add(world, &fy_driver_net_echo, "net");
		if (user_probe(world, NULL))
			__builtin_trap();
		return vhost_net_service(user_net_first(world));
	case 3:
		i2c = user_device_add(world, &fy_driver_bcm2835_i2c, "i2c");
		model = user_model_new(world, user_model_find("bcm2835-i2c"));
		if (user_device_set_model(i2c, model) ||
		    user_model_set_option(model, "instant", true) || user_probe(world, NULL))
			__builtin_trap();
		return vhost_i2c_service(user_i2c_first(world));
	default:
		return vhost_gpio_service(user_gpio_first(world));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct user_world *world;
	struct service *service;
	const uint8_t *end = data + size;
	int pair[2];

	if (size < 4)
		return 0;
	set_up();
	world = make_world();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair))
		__builtin_trap();
	service = make_service(world, *data >> 1);
	session = vhost_session_new(world, service, pair[1], -1, ended, NULL);
	/* The rest of the input is the guest's memory, too: rings and requests. */
	memset(memory, 0, MEMORY);
	memcpy(memory, data, size < MEMORY ? size : MEMORY);
	if (*data++ & 1) {
		send_message(pair[0], data, (size_t)(end - data), 0, 0);
		turn(world, pair[0]);
	} else {
		for (unsigned n = 0; n < MESSAGES && data + 2 < end && session; n++) {
			data += next_message(pair[0], data, (size_t)(end - data));
			turn(world, pair[0]);
		}
	}
	vhost_session_free(session);
	close(pair[0]);
	free(service);
	user_world_free(world);
	return 0;
}
