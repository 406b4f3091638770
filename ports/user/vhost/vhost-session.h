/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A session: one front end (a virtual machine's device), from its connection to its end. It has a
 * device of its own, made by the service that its socket is for. Whatever it sends, it harms none
 * but itself: what is wrong ends it.
 */
#ifndef PORTS_USER_VHOST_SESSION_H
#define PORTS_USER_VHOST_SESSION_H

#include <user.h>

#include "restart/inflight.h"
#include "vhost-memory.h"
#include "message.h"
#include "services/service.h"
#include "virtio/virtio-device.h"

struct vhost_session;

struct vhost_queue {
	struct vhost_session *session;
	uint16_t index;
	uint32_t size, base;
	/* which of the ring's starts this is; 0: nobody counts */
	uint64_t start;
	bool addressed;			       /* SET_VRING_ADDR came */
	uint64_t descriptors, available, used; /* the front end's addresses */
	bool enabled;
	bool stopped; /* it ran before, and would go on at: */
	uint32_t stopped_base;
	int call, err;
	struct user_fd kick; /* fd -1: none */
	struct vhost_track track;
	uint16_t repeats; /* chains that are still to be served again */
	bool recovered;	  /* those are, and the service has been told */
};

struct vhost_session {
	struct user_world *world;
	struct service *service;
	struct service_session serves; /* what the service has of this one */
	unsigned number;	       /* for messages */
	struct virtio_device *device;  /* the service's, in: */
	void *device_memory;
	struct user_fd socket;
	struct vhost_message message; /* that is being received, or served */
	uint64_t features, protocol_features;
	bool features_set;
	bool proxied;	/* a proxy is between it and the front end */
	uint8_t status; /* as the front end set it */
	int backend_fd; /* the front end listens there; -1: it does not */
	struct vhost_memory memory;
	struct vhost_queue queue[VIRTIO_DEVICE_QUEUES];
	struct vhost_record record;
	struct fy_timer more;  /* queues that are not empty go on */
	unsigned again;	       /* those, a bit each */
	struct fy_timer timer; /* the service's */
	/* Called, with the session gone, when it ends by itself. */
	void (*ended)(void *arg, struct vhost_session *session);
	void *ended_arg;
	struct vhost_session *next; /* of its listener */
};

/*
 * Starts a session on SOCKET, which becomes its own even on an error. STATE, unless -1, is a file
 * in which it keeps what outlives this process as long as the front end has no place for that; it
 * stays the caller's. NULL: out of memory, or the file cannot be used.
 */
struct vhost_session *vhost_session_new(struct user_world *world, struct service *service,
					int socket, int state,
					void (*ended)(void *arg, struct vhost_session *session),
					void *ended_arg);
/*
 * At the other end of its socket is a proxy (relay.h), which acknowledges for the front end, and
 * starts this worker's queues.
 */
void vhost_session_set_proxied(struct vhost_session *session);
/* Ends it; NULL is fine. */
void vhost_session_free(struct vhost_session *session);
/* Queue INDEX has more to do: it goes on when others had their turn. */
void vhost_session_more(struct vhost_session *session, unsigned index);
/* Has a line written to the log: "client 3: ...". */
void vhost_session_log(struct vhost_session *session, enum user_log_level level, const char *fmt,
		       ...) __attribute__((format(printf, 3, 4)));

/* Between vhost-session.c, request-*.c and vhost-queue.c. */

/* All queues of a session. */
void vhost_queues_init(struct vhost_session *session);
void vhost_queues_free(struct vhost_session *session);
/*
 * Starts the queue if all is set for it and it does not run. Returns NULL or what is wrong with it.
 */
const char *vhost_queue_update(struct vhost_queue *queue);
/* Stops it; it can go on where it was. */
void vhost_queue_stop(struct vhost_queue *queue);
/*
 * It has not run in this session, but the worker before stopped it: finds its base, if there is one
 * to be found.
 */
void vhost_queue_find_base(struct vhost_queue *queue);
/*
 * Takes FD as the queue's kick descriptor, in place of one that it has. Returns NULL or what is
 * wrong.
 */
const char *vhost_queue_set_kick(struct vhost_queue *queue, int fd);
/* Closes *FD, unless it is -1, and makes it REPLACEMENT. */
void vhost_queue_set_fd(int *fd, int replacement);
/* Serves queue INDEX for a while. */
void vhost_queue_run(struct vhost_queue *queue);
bool vhost_queue_running(const struct vhost_queue *queue);
extern const struct virtio_transport_ops vhost_transport;

#endif
