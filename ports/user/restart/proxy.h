/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A proxy: the process that front ends are connected to, and that outlives the workers that serve
 * them. It has a relay (relay.h) for each front end, and hands all of them to the worker over a
 * channel, a socket of packets; when that worker is gone, to the next one.
 */
#ifndef PORTS_USER_RESTART_PROXY_H
#define PORTS_USER_RESTART_PROXY_H

#include <user.h>

/*
 * A packet of the channel. To the worker, with two descriptors: the session's socket, and what
 * outlives the worker. From the worker, with none: that session has ended by itself.
 */
struct vhost_handover {
	uint32_t number; /* of the relay */
};

struct vhost_proxy;

/*
 * ENDED(ARG) is called when a front end has gone that vhost_proxy_connect() connected to. NULL: out
 * of memory.
 */
struct vhost_proxy *vhost_proxy_new(struct user_world *world, void (*ended)(void *arg), void *arg);
/*
 * Listens at PATH, or connects to it, as listener.h has it, STATE too. Returns 0, or -1 with errno.
 */
int vhost_proxy_listen(struct vhost_proxy *proxy, const char *path, int state);
int vhost_proxy_connect(struct vhost_proxy *proxy, const char *path, int state);
/* A worker has the other end of CHANNEL, which becomes the proxy's own: hands all over to it. */
void vhost_proxy_attach(struct vhost_proxy *proxy, int channel);
/* Ends all connections, and removes the sockets if that can be. NULL is fine. */
void vhost_proxy_free(struct vhost_proxy *proxy);

#endif
