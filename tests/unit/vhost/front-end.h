/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A front end for tests: a virtual machine's side of vhost-user, with a guest's driver for split
 * rings, over a socket pair.
 */
#ifndef TESTS_VHOST_FRONT_END_H
#define TESTS_VHOST_FRONT_END_H

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "send.h"
#include "vhost/services.h"
#include "vhost/vhost-session.h"
#include "virtio/virtio-gpio.h"

#define MEMORY	   0x20000
#define GUEST	   UINT64_C(0x40000000)
#define USER	   UINT64_C(0x7f0000000000)
#define QUEUE_SIZE 16
#define FEATURES                                                                  \
	(VIRTIO_FEATURE(VIRTIO_F_VERSION_1) | VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ) | \
	 VIRTIO_FEATURE(VHOST_F_PROTOCOL_FEATURES))
#define DEVICE_FEATURES (VIRTIO_FEATURE(24) - 1) /* what devices have bits of their own for */

/*
 * Where a queue's parts are in memory: descriptors, available, used; and its buffers, 64 bytes for
 * each descriptor.
 */
#define QUEUE_AT(q) (0x4000U * (q))
#define AVAILABLE   0x1000
#define USED	    0x2000
#define BUFFERS(q)  (0x10000U + 0x4000U * (q))

struct front_end {
	struct user_world *world;      /* NULL: the back end is another process */
	struct vhost_session *session; /* NULL: it has ended */
	int socket, memory_fd;
	unsigned char *memory;
	struct front_queue {
		int kick, call;
		uint16_t available, used, next; /* next: descriptor */
	} queue[VIRTIO_DEVICE_QUEUES];
};

static inline void front_end_ended(void *arg, struct vhost_session *session)
{
	struct front_end *fe = arg;

	assert_ptr_equal(fe->session, session);
	fe->session = NULL;
}

/* Lets the back end do all that it has to do. */
static inline void front_end_pump(struct front_end *fe)
{
	while (fe->world && user_turn(fe->world, 0))
		;
}

/* A session of SERVICE begins. STATE is its state file, or -1. */
static inline void front_end_connect(struct front_end *fe, struct service *service, int state)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair),
			 0);
	fe->socket = pair[0];
	fe->session = vhost_session_new(fe->world, service, pair[1], state, front_end_ended, fe);
	assert_non_null(fe->session);
}

/* One that is not connected. */
static inline struct front_end *front_end_make(struct user_world *world)
{
	struct front_end *fe = calloc(1, sizeof(*fe));

	fe->world = world;
	fe->memory_fd = memfd_create("guest", MFD_CLOEXEC);
	assert_int_equal(ftruncate(fe->memory_fd, MEMORY), 0);
	fe->memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, fe->memory_fd, 0);
	assert_ptr_not_equal(fe->memory, MAP_FAILED);
	for (unsigned q = 0; q < VIRTIO_DEVICE_QUEUES; q++) {
		fe->queue[q].kick = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
		fe->queue[q].call = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	}
	fe->socket = -1;
	return fe;
}

static inline struct front_end *front_end_new(struct user_world *world, struct service *service,
					      int state)
{
	struct front_end *fe = front_end_make(world);

	front_end_connect(fe, service, state);
	return fe;
}

/* The connection ends, from this side. */
static inline void front_end_disconnect(struct front_end *fe)
{
	close(fe->socket);
	front_end_pump(fe);
	assert_null(fe->session);
}

static inline void front_end_free(struct front_end *fe)
{
	if (fe->session)
		front_end_disconnect(fe);
	else
		close(fe->socket);
	for (unsigned q = 0; q < VIRTIO_DEVICE_QUEUES; q++) {
		close(fe->queue[q].kick);
		close(fe->queue[q].call);
	}
	munmap(fe->memory, MEMORY);
	close(fe->memory_fd);
	free(fe);
}

/* Sends a message as it stands, with COUNT descriptors, and lets the back end see it. */
static inline void front_end_send_raw(struct front_end *fe, const void *bytes, size_t size,
				      const int *fd, unsigned count)
{
	assert_int_equal(send_with_fds(fe->socket, bytes, size, fd, count, MSG_NOSIGNAL), size);
	front_end_pump(fe);
}

static inline void front_end_send(struct front_end *fe, uint32_t request, uint32_t flags,
				  const void *payload, uint32_t size, const int *fd, unsigned count)
{
	struct {
		struct vhost_header header;
		unsigned char payload[1024];
	} message = { { request, VHOST_VERSION | flags, size }, { 0 } };

	if (size)
		memcpy(message.payload, payload, size);
	front_end_send_raw(fe, &message, sizeof(message.header) + size, fd, count);
}

/*
 * Receives the answer to REQUEST; returns its size. A descriptor that came goes to *FD unless that
 * is NULL.
 */
static inline uint32_t front_end_answer(struct front_end *fe, uint32_t request, void *payload,
					size_t room, int *fd)
{
	struct vhost_message message;
	const char *why;

	vhost_message_init(&message);
	for (enum vhost_received r = VHOST_INCOMPLETE; r != VHOST_RECEIVED;) {
		struct pollfd pollfd = { .fd = fe->socket, .events = POLLIN };

		assert_int_equal(poll(&pollfd, 1, 30000), 1);
		r = vhost_message_receive(&message, fe->socket, &why);
		assert_true(r == VHOST_RECEIVED || r == VHOST_INCOMPLETE);
	}
	assert_int_equal(message.header.request, request);
	assert_int_equal(message.header.flags, VHOST_VERSION | VHOST_REPLY);
	assert_true(message.header.size <= room);
	memcpy(payload, message.bytes, message.header.size);
	room = message.header.size;
	if (fd) {
		assert_int_equal(message.fds, 1);
		*fd = message.fd[0];
		message.fd[0] = -1;
	}
	vhost_message_clear(&message);
	return (uint32_t)room;
}

static inline uint64_t front_end_get(struct front_end *fe, uint32_t request)
{
	uint64_t value;

	front_end_send(fe, request, 0, NULL, 0, NULL, 0);
	assert_int_equal(front_end_answer(fe, request, &value, sizeof(value), NULL), sizeof(value));
	return value;
}

/* Sends a request that wants an acknowledgement, and returns that: 0 is success. */
static inline uint64_t front_end_ack(struct front_end *fe, uint32_t request, const void *payload,
				     uint32_t size, const int *fd, unsigned count)
{
	uint64_t value;

	front_end_send(fe, request, VHOST_NEED_REPLY, payload, size, fd, count);
	assert_int_equal(front_end_answer(fe, request, &value, sizeof(value), NULL), sizeof(value));
	return value;
}

static inline void front_end_set(struct front_end *fe, uint32_t request, uint32_t index,
				 uint32_t number)
{
	struct vhost_vring_state state = { index, number };

	assert_int_equal(front_end_ack(fe, request, &state, sizeof(state), NULL, 0), 0);
}

static inline void front_end_set_fd(struct front_end *fe, uint32_t request, uint64_t index, int fd)
{
	assert_int_equal(front_end_ack(fe, request, &index, sizeof(index), &fd, 1), 0);
}

static inline struct vhost_mem_table front_end_table(void)
{
	return (struct vhost_mem_table){ .regions = 1, .region = { { GUEST, MEMORY, USER, 0 } } };
}

/* Features, protocol features and memory. */
static inline void front_end_negotiate(struct front_end *fe)
{
	uint64_t features = (FEATURES | DEVICE_FEATURES) & front_end_get(fe, VHOST_GET_FEATURES);
	uint64_t protocol = front_end_get(fe, VHOST_GET_PROTOCOL_FEATURES);
	struct vhost_mem_table table = front_end_table();

	front_end_send(fe, VHOST_SET_PROTOCOL_FEATURES, 0, &protocol, sizeof(protocol), NULL, 0);
	front_end_send(fe, VHOST_SET_OWNER, 0, NULL, 0, NULL, 0);
	assert_int_equal(
		front_end_ack(fe, VHOST_SET_FEATURES, &features, sizeof(features), NULL, 0), 0);
	assert_int_equal(front_end_ack(fe, VHOST_SET_MEM_TABLE, &table, 8 + 32, &fe->memory_fd, 1),
			 0);
}

static inline struct vhost_vring_addr front_end_addr(unsigned q)
{
	return (struct vhost_vring_addr){
		.index = q,
		.descriptors = USER + QUEUE_AT(q),
		.available = USER + QUEUE_AT(q) + AVAILABLE,
		.used = USER + QUEUE_AT(q) + USED,
	};
}

/* Starts a queue at BASE. */
static inline void front_end_start(struct front_end *fe, unsigned q, uint16_t base)
{
	struct vhost_vring_addr addr = front_end_addr(q);

	front_end_set(fe, VHOST_SET_VRING_NUM, q, QUEUE_SIZE);
	front_end_set(fe, VHOST_SET_VRING_BASE, q, base);
	assert_int_equal(front_end_ack(fe, VHOST_SET_VRING_ADDR, &addr, sizeof(addr), NULL, 0), 0);
	front_end_set_fd(fe, VHOST_SET_VRING_CALL, q, fe->queue[q].call);
	front_end_set_fd(fe, VHOST_SET_VRING_KICK, q, fe->queue[q].kick);
	front_end_set(fe, VHOST_SET_VRING_ENABLE, q, 1);
}

/* ---- The guest ---- */

struct front_desc {
	uint64_t address;
	uint32_t length;
	uint16_t flags, next;
};

static inline uint16_t *front_words(struct front_end *fe, unsigned q, unsigned part)
{
	return (uint16_t *)(void *)(fe->memory + QUEUE_AT(q) + part);
}

/*
 * Makes a chain of SIZE bytes to read and ROOM to write available, without a kick. Returns its
 * head.
 */
static inline uint16_t front_end_offer(struct front_end *fe, unsigned q, const void *bytes,
				       uint32_t size, uint32_t room)
{
	struct front_queue *queue = &fe->queue[q];
	struct front_desc *desc = (struct front_desc *)(void *)(fe->memory + QUEUE_AT(q));
	uint16_t head = queue->next, last = (uint16_t)((head + 1) % QUEUE_SIZE);
	uint16_t *available = front_words(fe, q, AVAILABLE);

	if (size)
		memcpy(fe->memory + BUFFERS(q) + 64 * head, bytes, size);
	memset(fe->memory + BUFFERS(q) + 64 * last, 0xee, 64);
	desc[head] = (struct front_desc){ GUEST + BUFFERS(q) + 64U * head, size, 1, last };
	desc[last] = (struct front_desc){ GUEST + BUFFERS(q) + 64U * last, room, 2, 0 };
	queue->next = (uint16_t)((head + 2) % QUEUE_SIZE);
	available[2 + queue->available % QUEUE_SIZE] = head;
	__atomic_store_n(&available[1], ++queue->available, __ATOMIC_RELEASE);
	return head;
}

static inline void front_end_kick(struct front_end *fe, unsigned q)
{
	assert_int_equal(eventfd_write(fe->queue[q].kick, 1), 0);
	front_end_pump(fe);
}

/* Takes a used chain. Returns its head, or -1; *ANSWER is what was written. */
static inline int front_end_collect(struct front_end *fe, unsigned q, const unsigned char **answer)
{
	struct front_queue *queue = &fe->queue[q];
	const uint16_t *used = front_words(fe, q, USED);
	const uint32_t *entry = (const uint32_t *)(const void *)(used + 2);
	uint32_t head;

	*answer = NULL;
	if (__atomic_load_n(&used[1], __ATOMIC_ACQUIRE) == queue->used)
		return -1;
	head = entry[2 * (queue->used++ % QUEUE_SIZE)];
	*answer = fe->memory + BUFFERS(q) + 64 * ((head + 1) % QUEUE_SIZE);
	return (int)head;
}

/* A request to the gpio device; returns its value, or -1 when it was refused. */
static inline int front_end_gpio(struct front_end *fe, uint16_t type, uint16_t line, uint32_t value)
{
	struct {
		uint16_t type, line;
		uint32_t value;
	} request = { type, line, value };
	const unsigned char *answer = NULL;

	front_end_offer(fe, VIRTIO_GPIO_REQUEST_QUEUE, &request, sizeof(request), 2);
	front_end_kick(fe, VIRTIO_GPIO_REQUEST_QUEUE);
	assert_true(front_end_collect(fe, VIRTIO_GPIO_REQUEST_QUEUE, &answer) >= 0);
	return answer[0] ? -1 : answer[1];
}
enum { GET_DIRECTION = 2, SET_DIRECTION, GET_VALUE, SET_VALUE, SET_IRQ_TYPE };

/* Buffers of the event queue are offered to lines. */
static inline void front_end_unmask(struct front_end *fe, uint16_t line)
{
	front_end_offer(fe, VIRTIO_GPIO_EVENT_QUEUE, &line, sizeof(line), 1);
	front_end_kick(fe, VIRTIO_GPIO_EVENT_QUEUE);
}

/* ---- A controller, on its model ---- */

struct controller {
	struct user_world *world;
	struct user_model *model;
	struct service *service;
};

extern const struct fy_driver fy_driver_bcm2835_gpio;

static inline void quiet(void *arg, struct fy_device *dev, enum user_log_level level,
			 const char *text)
{
}

static inline struct controller *controller_new(void)
{
	struct controller *c = calloc(1, sizeof(*c));
	struct fy_device *dev;

	c->world = user_world_new(USER_CLOCK_REAL);
	user_world_set_log(c->world, quiet, NULL);
	dev = user_device_add(c->world, &fy_driver_bcm2835_gpio, "gpio");
	c->model = user_model_new(c->world, user_model_find("bcm2835-gpio"));
	assert_int_equal(user_device_set_model(dev, c->model), 0);
	assert_int_equal(user_probe(c->world, NULL), 0);
	c->service = vhost_gpio_service(user_gpio_first(c->world));
	assert_non_null(c->service);
	return c;
}

static inline void controller_free(struct controller *c)
{
	free(c->service);
	user_world_free(c->world);
	free(c);
}

#endif
