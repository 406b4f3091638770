// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzz target: a front end of a gpio device that sends anything. The input is a row of messages, each a byte that picks the request, one
 * for flags and descriptors, one for the payload's size, and the payload; or, when the first bit says so, the bytes of a stream.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../tests/unit/vhost/send.h"
#include "vhost/services.h"

enum { MEMORY = 0x10000, MESSAGES = 64, FDS = 4 };

extern const struct fy_driver fy_driver_bcm2835_gpio;

static int fds[FDS]; /* what messages have as descriptors */
static unsigned char *memory;
static struct vhost_session *session;

static void quiet(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
}

static void ended(void *arg, struct vhost_session *which)
{
	session = NULL;
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
	send_message(socket, &message, sizeof(message.header) + message.header.size, how >> 4 & 3, how & 7);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct user_world *world;
	struct vhost_service *service;
	struct fy_device *dev;
	const uint8_t *end = data + size;
	int pair[2];

	if (size < 4)
		return 0;
	set_up();
	world = user_world_new(USER_CLOCK_REAL);
	user_world_set_log(world, quiet, NULL);
	dev = user_device_add(world, &fy_driver_bcm2835_gpio, "gpio");
	user_device_set_model(dev, user_model_new(world, user_model_find("bcm2835-gpio")));
	if (user_probe(world, NULL) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair))
		__builtin_trap();
	service = vhost_gpio_service(user_gpio_first(world));
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
	vhost_gpio_service_free(service);
	user_world_free(world);
	return 0;
}
