/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a front end has set up, remembered so that it can be set up again in another process:
 * features, memory, rings, all with their file descriptors. It looks at messages only, never into
 * memory.
 */
#ifndef PORTS_USER_RESTART_REPLAY_H
#define PORTS_USER_RESTART_REPLAY_H

#include "vhost/message.h"
#include "virtio/virtio-device.h"

/* Protocol features that messages of a replay need, whatever the front end has negotiated. */
#define VHOST_REPLAY_FEATURES                                  \
	(UINT64_C(1) << VHOST_PROTOCOL_F_REPLY_ACK |           \
	 UINT64_C(1) << VHOST_PROTOCOL_F_INFLIGHT_SHMFD |      \
	 UINT64_C(1) << VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS | \
	 UINT64_C(1) << VHOST_PROTOCOL_F_STATUS)

struct vhost_replay_queue {
	uint32_t size, base, enabled;
	uint64_t start; /* VHOST_SET_VRING_PLACE's */
	struct vhost_vring_addr addr;
	bool placed, addressed, enable_set;
	/* the device's status became 0, and nothing has started it since */
	bool halted;
	int err, call, kick; /* -1: none */
};

struct vhost_replay {
	uint64_t features, protocol_features, status;
	bool features_set, status_set;
	struct vhost_region region[VIRTIO_MEMORY_REGIONS];
	int region_fd[VIRTIO_MEMORY_REGIONS];
	unsigned regions;
	int backend_fd; /* -1: none */
	struct vhost_inflight inflight;
	int inflight_fd; /* -1: none */
	struct vhost_replay_queue queue[VIRTIO_DEVICE_QUEUES];
};

/*
 * Nothing is set up. Rings' starts are counted from START on, a number that no earlier proxy came
 * to.
 */
void vhost_replay_init(struct vhost_replay *replay, uint64_t start);
/* Closes all that it has. */
void vhost_replay_free(struct vhost_replay *replay);

/*
 * Makes *SENT what the back end gets for the front end's REQUEST: it has no descriptors of its own.
 */
void vhost_replay_translate(const struct vhost_replay *replay, const struct vhost_message *request,
			    struct vhost_message *sent);
/*
 * REQUEST was served, with ANSWER: remembers what it set up. Descriptors that it keeps are taken
 * out of the two.
 */
void vhost_replay_served(struct vhost_replay *replay, struct vhost_message *request,
			 struct vhost_message *answer);
/*
 * The next message that sets all up again; *STEP is 0 before the first. Each wants to be
 * acknowledged. *SENT has no descriptors of its own. False: that was all.
 */
bool vhost_replay_next(const struct vhost_replay *replay, unsigned *step,
		       struct vhost_message *sent);

#endif
