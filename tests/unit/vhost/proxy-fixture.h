/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A proxy, its worker and a front end. All are in one world, so that a worker can be ended after
 * each turn of the loop.
 */
#ifndef TESTS_VHOST_PROXY_FIXTURE_H
#define TESTS_VHOST_PROXY_FIXTURE_H

#include <stdio.h>

#include "front-end.h"
#include "restart/proxy.h"
#include "restart/replay.h"
#include "restart/worker.h"
#include "vhost/packet.h"
#include "vhost/socket.h"

static struct fixture {
	struct controller *controller;
	struct vhost_proxy *proxy;
	struct vhost_worker *worker; /* or NULL */
	struct front_end *fe;
	char path[64];
	bool proxy_ended;
} f;

static inline void proxy_ended(void *arg)
{
	f.proxy_ended = true;
}

static inline void worker_ended(void *arg)
{
}

static inline void start_worker(void)
{
	int pair[2];

	assert_int_equal(vhost_packet_pair(pair, false), 0);
	f.worker = vhost_worker_new(f.controller->world, f.controller->service, pair[1],
				    worker_ended, NULL);
	assert_non_null(f.worker);
	vhost_proxy_attach(f.proxy, pair[0]);
}

/* What it has not read is lost with it. */
static inline void end_worker(void)
{
	vhost_worker_free(f.worker);
	f.worker = NULL;
}

static inline void next_worker(void)
{
	end_worker();
	start_worker();
}

static inline void pump(void)
{
	while (user_turn(f.controller->world, 0))
		;
}

static inline int setup(void **state)
{
	memset(&f, 0, sizeof(f));
	f.controller = controller_new();
	f.proxy = vhost_proxy_new(f.controller->world, proxy_ended, NULL);
	snprintf(f.path, sizeof(f.path), "/tmp/ferry-proxy-%d", getpid());
	assert_int_equal(vhost_proxy_listen(f.proxy, f.path, -1), 0);
	start_worker();
	f.fe = front_end_make(f.controller->world);
	f.fe->socket = vhost_socket_connect(f.path);
	assert_true(f.fe->socket >= 0);
	pump();
	return 0;
}

static inline int teardown(void **state)
{
	front_end_free(f.fe);
	vhost_proxy_free(f.proxy);
	vhost_worker_free(f.worker);
	controller_free(f.controller);
	return access(f.path, F_OK) ? 0 : -1;
}

static inline void start_device(void)
{
	front_end_negotiate(f.fe);
	front_end_start(f.fe, 0, 0);
	front_end_start(f.fe, 1, 0);
}

/* Whether the connection is closed: nothing else is there to be read. */
static inline bool is_closed(void)
{
	char byte;

	pump();
	return recv(f.fe->socket, &byte, 1, MSG_DONTWAIT) == 0;
}

/* Whether anything came that was not read. */
static inline bool is_readable(void)
{
	char byte;

	return recv(f.fe->socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

static inline uint32_t get_base(unsigned q)
{
	struct vhost_vring_state base = { q, 0 };

	front_end_send(f.fe, VHOST_GET_VRING_BASE, 0, &base, sizeof(base), NULL, 0);
	assert_int_equal(front_end_answer(f.fe, VHOST_GET_VRING_BASE, &base, sizeof(base), NULL),
			 sizeof(base));
	return base.num;
}

#endif
