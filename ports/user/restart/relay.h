/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A relay: one front end's connection, in a process that outlives those that serve it. It passes
 * each message on to the worker, and remembers what the front end has set up (replay.h). When a
 * worker has died, the next one gets all that, and then the message that was not answered. Rings,
 * memory and notifications are between the front end and the worker: nothing of these passes here.
 *
 * The worker acknowledges every message, so that it is known which were served; the front end sees
 * what it asked for.
 */
#ifndef PORTS_USER_RESTART_RELAY_H
#define PORTS_USER_RESTART_RELAY_H

#include <user.h>

#include "replay.h"

struct vhost_relay {
	struct user_world *world;
	unsigned number;	    /* for messages, and between proxy and worker */
	struct user_fd front, back; /* back: fd -1: no worker has it */
	int state;		    /* memory for what is in flight, or a file */
	struct vhost_replay replay;
	struct vhost_message request; /* of the front end */
	struct vhost_message answer;  /* of the worker */
	bool pending;		      /* the request is whole, and not answered */
	/* the worker has to answer: the request, or a step of the replay */
	bool asked;
	uint32_t question; /* which request that is, as it was sent */
	bool replaying;
	unsigned step;
	/* Called, with the relay gone, when the front end's connection has ended. */
	void (*ended)(void *arg, struct vhost_relay *relay);
	void *arg;
	struct vhost_relay *next; /* of its proxy */
};

/*
 * Starts one for the connection FRONT, which becomes its own even on an error. STATE, unless -1, is
 * a file in the place of memory of its own; it stays the caller's. NULL: out of memory.
 */
struct vhost_relay *vhost_relay_new(struct user_world *world, int front, int state,
				    void (*ended)(void *arg, struct vhost_relay *relay), void *arg);
/* Ends it; NULL is fine. */
void vhost_relay_free(struct vhost_relay *relay);
/*
 * A new worker has the other end of BACK, which becomes the relay's own: sets all up again there.
 */
void vhost_relay_attach(struct vhost_relay *relay, int back);
/* The worker is gone. */
void vhost_relay_detach(struct vhost_relay *relay);
/* The worker has ended the session by itself, and so the connection ends. */
void vhost_relay_end(struct vhost_relay *relay);

#endif
