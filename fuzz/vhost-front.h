/* SPDX-License-Identifier: GPL-2.0-only */
/* For fuzz targets of vhost-user: a controller, and messages made of an input. */
#ifndef FUZZ_VHOST_FRONT_H
#define FUZZ_VHOST_FRONT_H

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../tests/unit/vhost/send.h"
#include "vhost/services.h"
#include "vhost/vhost-session.h"

enum { MEMORY = 0x10000, MESSAGES = 64, FDS = 4 };

extern const struct fy_driver fy_driver_bcm2835_gpio;

static int fds[FDS]; /* what messages have as descriptors */
static unsigned char *memory;

static void quiet(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
}

/* A world with a controller. */
static struct user_world *make_world(void)
{
	struct user_world *world = user_world_new(USER_CLOCK_REAL);
	struct fy_device *dev;

	user_world_set_log(world, quiet, NULL);
	dev = user_device_add(world, &fy_driver_bcm2835_gpio, "gpio");
	user_device_set_model(dev, user_model_new(world, user_model_find("bcm2835-gpio")));
	if (user_probe(world, NULL))
		__builtin_trap();
	return world;
}

static void set_up(void)
{
	if (memory)
		return;
	vhost_mapping_guard();
	fds[0] = memfd_create("guest", MFD_CLOEXEC);
	if (ftruncate(fds[0], MEMORY))
		__builtin_trap();
	memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, fds[0], 0);
	fds[1] = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
	fds[2] = memfd_create("in flight", MFD_CLOEXEC);
	if (ftruncate(fds[2], MEMORY))
		__builtin_trap();
	fds[3] = open("/dev/null", O_RDWR | O_CLOEXEC);
}

static void send_message(int socket, const void *bytes, size_t size, unsigned first, unsigned count)
{
	int sent[8];

	for (unsigned i = 0; i < count; i++)
		sent[i] = fds[(first + i) % FDS];
	send_with_fds(socket, bytes, size, sent, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Sends the next message of the input. Returns how many bytes of it that took. */
static size_t next_message(int socket, const uint8_t *data, size_t size)
{
	struct {
		struct vhost_header header;
		unsigned char payload[255];
	} message = { 0 };
	unsigned how = data[1];

	if (size < 3)
		return size;
	message.header.request = data[0] % (VHOST_REQUESTS + 1);
	message.header.flags = VHOST_VERSION | (how & VHOST_NEED_REPLY);
	message.header.size = data[2] < size - 3 ? data[2] : (uint32_t)(size - 3);
	memcpy(message.payload, data + 3, message.header.size);
	send_message(socket, &message, sizeof(message.header) + message.header.size, how >> 4 & 3,
		     how & 7);
	return 3 + message.header.size;
}

static void turn(struct user_world *world, int socket)
{
	char answers[4096];

	/* Not for ever: a queue may be kicked by each turn. */
	for (unsigned n = 0; n < 8 && user_turn(world, 0); n++)
		;
	recv(socket, answers, sizeof(answers), MSG_DONTWAIT);
}

#endif
