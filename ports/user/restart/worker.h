/* SPDX-License-Identifier: GPL-2.0-only */
/* A worker: sessions that a proxy (proxy.h) hands over. */
#ifndef PORTS_USER_RESTART_WORKER_H
#define PORTS_USER_RESTART_WORKER_H

#include "vhost/vhost-session.h"

struct vhost_worker;

/*
 * Serves what comes by CHANNEL, which becomes its own, with SERVICE. ENDED(ARG) is called when the
 * proxy is gone. NULL: out of memory.
 */
struct vhost_worker *vhost_worker_new(struct user_world *world, struct service *service,
				      int channel, void (*ended)(void *arg), void *arg);
/* Ends its sessions. NULL is fine. */
void vhost_worker_free(struct vhost_worker *worker);

#endif
