// SPDX-License-Identifier: GPL-2.0-only
/* What a front end has set up: see replay.h. */
#include <string.h>
#include <unistd.h>

#include "replay.h"

void vhost_replay_init(struct vhost_replay *replay, uint64_t start)
{
	memset(replay, 0, sizeof(*replay));
	replay->backend_fd = replay->inflight_fd = -1;
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
		struct vhost_replay_queue *queue = &replay->queue[i];

		queue->err = queue->call = queue->kick = -1;
		queue->start = start;
	}
}

/* Closes *FD, unless it is -1, and takes descriptor NUMBER of MESSAGE in its place, or none. */
static void put_fd(int *fd, struct vhost_message *message, unsigned number)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	if (!message || number >= message->fds)
		return;
	*fd = message->fd[number];
	message->fd[number] = -1;
}

static void remove_region(struct vhost_replay *replay, unsigned i)
{
	put_fd(&replay->region_fd[i], NULL, 0);
	replay->regions--;
	replay->region[i] = replay->region[replay->regions];
	replay->region_fd[i] = replay->region_fd[replay->regions];
}

void vhost_replay_free(struct vhost_replay *replay)
{
	while (replay->regions)
		remove_region(replay, replay->regions - 1);
	put_fd(&replay->backend_fd, NULL, 0);
	put_fd(&replay->inflight_fd, NULL, 0);
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
		put_fd(&replay->queue[i].err, NULL, 0);
		put_fd(&replay->queue[i].call, NULL, 0);
		put_fd(&replay->queue[i].kick, NULL, 0);
	}
}

/* ---- Remembering ---- */

static void add_region(struct vhost_replay *replay, const struct vhost_region *region,
		       struct vhost_message *message, unsigned fd)
{
	if (replay->regions == VIRTIO_MEMORY_REGIONS)
		return;
	replay->region[replay->regions] = *region;
	replay->region_fd[replay->regions] = -1;
	put_fd(&replay->region_fd[replay->regions], message, fd);
	replay->regions++;
}

static void set_mem_table(struct vhost_replay *replay, struct vhost_message *request)
{
	while (replay->regions)
		remove_region(replay, replay->regions - 1);
	for (unsigned i = 0; i < request->table.regions && i < request->fds; i++)
		add_region(replay, &request->table.region[i], request, i);
}

static void rem_mem_reg(struct vhost_replay *replay, const struct vhost_region *region)
{
	for (unsigned i = 0; i < replay->regions; i++) {
		const struct vhost_region *r = &replay->region[i];

		if (r->guest != region->guest || r->user != region->user || r->size != region->size)
			continue;
		remove_region(replay, i);
		return;
	}
}

static void disable_all(struct vhost_replay *replay)
{
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		replay->queue[i].enabled = 0;
}

/* Without protocol features, queues are enabled by this. */
static void set_features(struct vhost_replay *replay, uint64_t features)
{
	replay->features = features;
	replay->features_set = true;
	for (unsigned i = 0;
	     i < VIRTIO_DEVICE_QUEUES && !(features >> VHOST_F_PROTOCOL_FEATURES & 1); i++)
		replay->queue[i].enable_set = false;
}

static void set_status(struct vhost_replay *replay, uint64_t status)
{
	replay->status = status ? replay->status | status : 0;
	replay->status_set = true;
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES && !status; i++)
		replay->queue[i].halted = true;
}

static void set_inflight(struct vhost_replay *replay, struct vhost_message *message)
{
	replay->inflight = message->inflight;
	put_fd(&replay->inflight_fd, message, 0);
}

/* What is about the device as a whole. False: REQUEST is none of these. */
static bool device_served(struct vhost_replay *replay, struct vhost_message *request,
			  struct vhost_message *answer)
{
	switch (request->header.request) {
	case VHOST_SET_FEATURES:
		set_features(replay, request->u64);
		return true;
	case VHOST_SET_PROTOCOL_FEATURES:
		replay->protocol_features = request->u64;
		return true;
	case VHOST_SET_BACKEND_REQ_FD:
		put_fd(&replay->backend_fd, request, 0);
		return true;
	case VHOST_SET_MEM_TABLE:
		set_mem_table(replay, request);
		return true;
	case VHOST_ADD_MEM_REG:
		add_region(replay, &request->reg.region, request, 0);
		return true;
	case VHOST_REM_MEM_REG:
		rem_mem_reg(replay, &request->reg.region);
		return true;
	case VHOST_GET_INFLIGHT_FD:
		set_inflight(replay, answer);
		return true;
	case VHOST_SET_INFLIGHT_FD:
		set_inflight(replay, request);
		return true;
	case VHOST_SET_STATUS:
		set_status(replay, request->u64);
		return true;
	case VHOST_RESET_OWNER:
		disable_all(replay);
		return true;
	case VHOST_RESET_DEVICE:
		disable_all(replay);
		replay->features_set = replay->status_set = false;
		replay->status = 0;
		return true;
	default:
		return false;
	}
}

/* The queue that a request is about; NULL: none. */
static struct vhost_replay_queue *find_queue(struct vhost_replay *replay,
					     const struct vhost_message *request)
{
	uint64_t index;

	switch (request->header.request) {
	case VHOST_SET_VRING_NUM:
	case VHOST_SET_VRING_BASE:
	case VHOST_GET_VRING_BASE:
	case VHOST_SET_VRING_ENABLE:
		index = request->state.index;
		break;
	case VHOST_SET_VRING_ADDR:
		index = request->addr.index;
		break;
	case VHOST_SET_VRING_KICK:
	case VHOST_SET_VRING_CALL:
	case VHOST_SET_VRING_ERR:
		index = request->u64 & VHOST_VRING_INDEX_MASK;
		break;
	default:
		return NULL;
	}
	return index < VIRTIO_DEVICE_QUEUES ? &replay->queue[index] : NULL;
}

static void queue_served(struct vhost_replay_queue *queue, struct vhost_message *request,
			 struct vhost_message *answer)
{
	switch (request->header.request) {
	case VHOST_SET_VRING_NUM:
		queue->size = request->state.num;
		break;
	case VHOST_SET_VRING_BASE:
		queue->base = request->state.num;
		queue->start++;
		queue->placed = true;
		return;
	case VHOST_GET_VRING_BASE:
		queue->base = answer->state.num;
		put_fd(&queue->kick, NULL, 0);
		put_fd(&queue->call, NULL, 0);
		return;
	case VHOST_SET_VRING_ADDR:
		queue->addr = request->addr;
		queue->addressed = true;
		break;
	case VHOST_SET_VRING_KICK:
		put_fd(&queue->kick, request, 0);
		break;
	case VHOST_SET_VRING_CALL:
		put_fd(&queue->call, request, 0);
		return;
	case VHOST_SET_VRING_ERR:
		put_fd(&queue->err, request, 0);
		return;
	case VHOST_SET_VRING_ENABLE:
		queue->enabled = request->state.num;
		queue->enable_set = true;
		break;
	}
	/* These start a queue for which all else is there. */
	queue->halted = false;
}

void vhost_replay_served(struct vhost_replay *replay, struct vhost_message *request,
			 struct vhost_message *answer)
{
	struct vhost_replay_queue *queue;

	if (device_served(replay, request, answer))
		return;
	queue = find_queue(replay, request);
	if (queue)
		queue_served(queue, request, answer);
}

/* ---- Sending ---- */

/*
 * Makes *SENT a request with SIZE bytes of payload, which is zero, and descriptor FD, unless that
 * is -1.
 */
static void begin(struct vhost_message *sent, uint32_t request, uint32_t size, int fd)
{
	vhost_message_init(sent);
	sent->header = (struct vhost_header){ request, VHOST_VERSION | VHOST_NEED_REPLY, size };
	sent->fds = fd >= 0;
	sent->fd[0] = fd;
}

static void make_u64(struct vhost_message *sent, uint32_t request, uint64_t value, int fd)
{
	begin(sent, request, sizeof(value), fd);
	sent->u64 = value;
}

static void make_state(struct vhost_message *sent, uint32_t request, uint32_t index,
		       uint32_t number)
{
	begin(sent, request, sizeof(sent->state), -1);
	sent->state = (struct vhost_vring_state){ index, number };
}

static void make_place(struct vhost_message *sent, uint32_t index, uint32_t base, uint64_t start)
{
	begin(sent, VHOST_SET_VRING_PLACE, sizeof(sent->place), -1);
	sent->place = (struct vhost_vring_place){ index, base, start };
}

/* SET_VRING_KICK and its like. */
static void make_fd(struct vhost_message *sent, uint32_t request, uint32_t index, int fd)
{
	make_u64(sent, request, fd >= 0 ? index : index | VHOST_VRING_NO_FD, fd);
}

void vhost_replay_translate(const struct vhost_replay *replay, const struct vhost_message *request,
			    struct vhost_message *sent)
{
	*sent = *request;
	sent->header.flags |= VHOST_NEED_REPLY;
	if (request->header.request == VHOST_SET_PROTOCOL_FEATURES)
		sent->u64 |= VHOST_REPLAY_FEATURES;
	if (request->header.request == VHOST_SET_VRING_BASE &&
	    request->state.index < VIRTIO_DEVICE_QUEUES)
		make_place(sent, request->state.index, request->state.num,
			   replay->queue[request->state.index].start + 1);
}

enum { DEVICE_STEPS = 5, QUEUE_STEPS = 7 };

/* Step STEP of the device's. False: it needs no message. */
static bool make_device(const struct vhost_replay *replay, unsigned step,
			struct vhost_message *sent)
{
	switch (step) {
	case 0:
		make_u64(sent, VHOST_SET_PROTOCOL_FEATURES,
			 replay->protocol_features | VHOST_REPLAY_FEATURES, -1);
		return true;
	case 1:
		make_u64(sent, VHOST_SET_FEATURES, replay->features, -1);
		return replay->features_set;
	case 2:
		make_u64(sent, VHOST_SET_STATUS, replay->status, -1);
		return replay->status_set && replay->status;
	case 3:
		begin(sent, VHOST_SET_BACKEND_REQ_FD, 0, replay->backend_fd);
		return replay->backend_fd >= 0;
	default:
		begin(sent, VHOST_SET_INFLIGHT_FD, VHOST_INFLIGHT_PAYLOAD, replay->inflight_fd);
		sent->inflight = replay->inflight;
		return replay->inflight_fd >= 0;
	}
}

static bool make_region(const struct vhost_replay *replay, unsigned i, struct vhost_message *sent)
{
	if (i >= replay->regions)
		return false;
	begin(sent, VHOST_ADD_MEM_REG, sizeof(sent->reg), replay->region_fd[i]);
	sent->reg.region = replay->region[i];
	return true;
}

/* The same of queue INDEX. The last ones start it. */
static bool make_queue(const struct vhost_replay_queue *queue, uint32_t index, unsigned step,
		       struct vhost_message *sent)
{
	switch (step) {
	case 0:
		make_state(sent, VHOST_SET_VRING_NUM, index, queue->size);
		return queue->size;
	case 1:
		begin(sent, VHOST_SET_VRING_ADDR, sizeof(sent->addr), -1);
		sent->addr = queue->addr;
		return queue->addressed;
	case 2:
		make_place(sent, index, queue->base, queue->start);
		return queue->placed;
	case 3:
		make_fd(sent, VHOST_SET_VRING_ERR, index, queue->err);
		return queue->err >= 0;
	case 4:
		make_fd(sent, VHOST_SET_VRING_CALL, index, queue->call);
		return queue->call >= 0;
	case 5:
		make_fd(sent, VHOST_SET_VRING_KICK, index, queue->kick);
		return queue->kick >= 0 && !queue->halted;
	default:
		make_state(sent, VHOST_SET_VRING_ENABLE, index, queue->enabled);
		return queue->enable_set;
	}
}

static bool make_step(const struct vhost_replay *replay, unsigned step, struct vhost_message *sent)
{
	if (step < DEVICE_STEPS)
		return make_device(replay, step, sent);
	step -= DEVICE_STEPS;
	if (step < VIRTIO_MEMORY_REGIONS)
		return make_region(replay, step, sent);
	step -= VIRTIO_MEMORY_REGIONS;
	return make_queue(&replay->queue[step / QUEUE_STEPS], step / QUEUE_STEPS,
			  step % QUEUE_STEPS, sent);
}

bool vhost_replay_next(const struct vhost_replay *replay, unsigned *step,
		       struct vhost_message *sent)
{
	const unsigned steps =
		DEVICE_STEPS + VIRTIO_MEMORY_REGIONS + QUEUE_STEPS * VIRTIO_DEVICE_QUEUES;

	while (*step < steps)
		if (make_step(replay, (*step)++, sent))
			return true;
	return false;
}
