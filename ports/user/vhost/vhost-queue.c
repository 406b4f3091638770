// SPDX-License-Identifier: GPL-2.0-only
/* A session's queues: when they start and stop, kicks and notifications. See vhost-session.h. */
#include <endian.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "vhost-session.h"

enum { BUDGET = 64 }; /* chains that a queue may have served before others get their turn */

void vhost_queue_set_fd(int *fd, int replacement)
{
	if (*fd >= 0)
		close(*fd);
	*fd = replacement;
}

bool vhost_queue_running(const struct vhost_queue *queue)
{
	return queue->session->device->queue[queue->index].running;
}

/* ---- Descriptors of the front end: none of them may make this process wait. ---- */

static void kicked(void *arg, short revents)
{
	struct vhost_queue *queue = arg;
	uint64_t count;

	if (read(queue->kick.fd, &count, sizeof(count)) <= 0 &&
	    revents & (POLLERR | POLLHUP | POLLNVAL)) {
		/* Nothing will come from it any more. */
		user_unwatch_fd(queue->session->world, &queue->kick);
		return;
	}
	vhost_queue_run(queue);
}

const char *vhost_queue_set_kick(struct vhost_queue *queue, int fd)
{
	struct user_world *world = queue->session->world;

	user_unwatch_fd(world, &queue->kick);
	vhost_queue_set_fd(&queue->kick.fd, fd);
	if (fd < 0)
		return NULL;
	return user_watch_fd(world, &queue->kick) ? "out of memory" : NULL;
}

static void notify(void *arg, unsigned index)
{
	struct vhost_session *session = arg;
	const uint64_t one = 1;
	int fd = session->queue[index].call;

	/* When it is full, the front end has been notified already, and has not looked yet. */
	if (fd >= 0 && write(fd, &one, sizeof(one)) < 0)
		return;
}

static void broken(void *arg, unsigned index, enum virtio_fault fault)
{
	struct vhost_session *session = arg;
	const uint64_t one = 1;
	int fd = session->queue[index].err;

	vhost_session_log(
		session, USER_LOG_WARN,
		"the guest broke queue %u: %s; nothing is done for it until it resets the device",
		index, virtio_fault_text(fault));
	if (fd >= 0 && write(fd, &one, sizeof(one)) < 0)
		return;
}

const struct virtio_transport_ops vhost_transport = { notify, broken };

/* ---- What is in flight ---- */

static bool again(void *arg, uint16_t *id, const void **descriptors, uint16_t *slots)
{
	struct vhost_queue *queue = arg;

	return vhost_track_again(&queue->track, queue->session->device->queue[queue->index].packed,
				 id, descriptors, slots);
}

static void popped(void *arg, const struct virtio_queue *ring, const struct virtio_chain *chain)
{
	struct vhost_queue *queue = arg;
	struct vhost_session *session = queue->session;

	if (queue->repeats) {
		queue->repeats--;
	} else if (!queue->recovered) {
		queue->recovered = true;
		if (queue->index && session->service->recovered)
			session->service->recovered(session->device,
						    vhost_record_state(&session->record));
	}
	vhost_track_popped(&queue->track, ring, chain);
}

static void completing(void *arg, const struct virtio_queue *ring, const struct virtio_chain *chain)
{
	struct vhost_queue *queue = arg;
	struct vhost_session *session = queue->session;
	unsigned char *state = vhost_record_state(&session->record);

	/*
	 * Requests are in the first queue. What else is given back may be so in the middle of one.
	 */
	if (state && session->service->state_size && !queue->index)
		session->service->save(session->device, state);
	if (queue->index && session->service->before_used)
		session->service->before_used(session->device, state);
	vhost_track_completing(&queue->track, ring, chain);
}

static void completed(void *arg, const struct virtio_queue *ring, const struct virtio_chain *chain)
{
	struct vhost_queue *queue = arg;

	vhost_track_completed(&queue->track, ring, chain);
	if (queue->index && queue->session->service->after_used)
		queue->session->service->after_used(queue->session->device,
						    vhost_record_state(&queue->session->record));
}

static const struct virtio_tracker tracker = { again, popped, completing, completed };

/* ---- Starting and stopping ---- */

static bool any_runs(const struct vhost_session *session)
{
	for (unsigned i = 0; i < session->device->model->queues; i++)
		if (vhost_queue_running(&session->queue[i]))
			return true;
	return false;
}

/* A driver starts anew: nothing of the one before is left. */
static void reset_device(struct vhost_session *session)
{
	virtio_device_reset(session->device);
	virtio_device_negotiate(session->device, session->features);
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		session->queue[i].stopped = false;
}

/*
 * Whether what the record has of the queue is of this very start of its ring: an earlier worker of
 * the same proxy served it.
 */
static bool is_recorded(const struct vhost_queue *queue)
{
	return queue->start &&
	       queue->start == vhost_record_start(&queue->session->record, queue->index);
}

/*
 * The queue starts, but not where this session stopped it: finds out where, and what of an earlier
 * session there is to go on with.
 */
static void find_place(struct vhost_queue *queue, struct virtio_queue_setup *setup)
{
	struct vhost_session *session = queue->session;
	const struct virtio_memory *memory = &session->memory.table;
	bool goes_on;

	if (!any_runs(session))
		reset_device(session);
	setup->resume = setup->base != virtio_queue_fresh_base(setup->features);
	goes_on = vhost_track_start(&queue->track, &session->record, queue->index, memory, setup,
				    is_recorded(queue));
	queue->repeats = queue->track.agains;
	queue->recovered = false;
	/* The first queue speaks for the device. */
	if (queue->index || !session->record.at)
		return;
	if (goes_on) {
		vhost_session_log(
			session, USER_LOG_INFO,
			"goes on where an earlier session ended, with %u requests in flight",
			queue->track.agains);
		if (session->service->state_size)
			session->service->restore(session->device,
						  vhost_record_state(&session->record));
		return;
	}
	vhost_record_clear(&session->record);
	vhost_track_start(&queue->track, &session->record, queue->index, memory, setup, false);
}

/*
 * Whether the packed ring at DESCRIPTORS was never used: whatever a driver made available there has
 * one of two flags.
 */
static bool is_new_packed(const struct vhost_queue *queue, uint64_t descriptors)
{
	enum { FLAGS = 14, AVAILABLE_AND_USED = 1 << 7 | 1 << 15 };
	const uint64_t packed = VIRTIO_FEATURE(VIRTIO_F_RING_PACKED);
	uint16_t flags;

	return queue->session->features & packed &&
	       virtio_memory_read(&queue->session->memory.table, descriptors + FLAGS, &flags,
				  sizeof(flags)) &&
	       !(le16toh(flags) & AVAILABLE_AND_USED);
}

/* Returns NULL or what is wrong. */
static const char *make_setup(const struct vhost_queue *queue, struct virtio_queue_setup *setup)
{
	const struct vhost_memory *memory = &queue->session->memory;

	*setup = (struct virtio_queue_setup){
		.size = (uint16_t)queue->size,
		.features = queue->session->features,
		.base = queue->base,
		.resume = true,
	};
	if (queue->size > VIRTIO_DEVICE_QUEUE_SIZE)
		return "the queue is too long";
	if (!vhost_memory_guest(memory, queue->descriptors, &setup->descriptors) ||
	    !vhost_memory_guest(memory, queue->available, &setup->driver) ||
	    !vhost_memory_guest(memory, queue->used, &setup->device))
		return "the ring is not in memory";
	/* User Mode Linux says 0 of any ring that it starts. */
	if (!queue->base && is_new_packed(queue, setup->descriptors))
		setup->base = virtio_queue_fresh_base(setup->features);
	return NULL;
}

static const char *start(struct vhost_queue *queue)
{
	struct vhost_session *session = queue->session;
	struct virtio_queue_setup setup;
	const char *why = make_setup(queue, &setup);

	if (why)
		return why;
	if (!queue->stopped || queue->base != queue->stopped_base ||
	    session->device->status & VIRTIO_STATUS_NEEDS_RESET)
		find_place(queue, &setup);
	if (virtio_device_start_queue(session->device, queue->index, &setup,
				      queue->track.region ? &tracker : NULL, queue))
		return "the ring's size, place or base is not valid";
	queue->stopped = false;
	vhost_record_set_start(&session->record, queue->index, queue->start);
	vhost_session_more(session, queue->index);
	return NULL;
}

const char *vhost_queue_update(struct vhost_queue *queue)
{
	if (vhost_queue_running(queue) || !queue->enabled || !queue->session->features_set ||
	    !queue->size || !queue->addressed || queue->kick.fd < 0)
		return NULL;
	return start(queue);
}

void vhost_queue_find_base(struct vhost_queue *queue)
{
	struct vhost_session *session = queue->session;
	struct virtio_queue_setup setup;

	if (is_recorded(queue) && queue->size && queue->addressed && !make_setup(queue, &setup) &&
	    vhost_track_start(&queue->track, &session->record, queue->index, &session->memory.table,
			      &setup, true))
		queue->base = setup.base;
}

void vhost_queue_stop(struct vhost_queue *queue)
{
	if (!vhost_queue_running(queue))
		return;
	queue->stopped_base = virtio_device_stop_queue(queue->session->device, queue->index);
	queue->stopped = true;
	queue->base = queue->stopped_base;
}

void vhost_queue_run(struct vhost_queue *queue)
{
	if (virtio_device_run(queue->session->device, queue->index, BUDGET))
		vhost_session_more(queue->session, queue->index);
}

/* Queues that had more to do have their turn. */
static uint64_t go_on(void *arg, uint64_t due)
{
	struct vhost_session *session = arg;
	unsigned again = session->again;

	session->again = 0;
	for (unsigned i = 0; again; i++, again >>= 1)
		if (again & 1)
			vhost_queue_run(&session->queue[i]);
	return FY_TIMER_STOP;
}

void vhost_session_more(struct vhost_session *session, unsigned index)
{
	session->again |= 1U << index;
	user_timer_start(&session->more, 0);
}

void vhost_queues_init(struct vhost_session *session)
{
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
		struct vhost_queue *queue = &session->queue[i];

		queue->session = session;
		queue->index = (uint16_t)i;
		queue->call = queue->err = -1;
		queue->kick = (struct user_fd){
			.fd = -1, .events = POLLIN, .ready = kicked, .arg = queue
		};
	}
	user_timer_init(&session->more, session->world, go_on, session);
}

void vhost_queues_free(struct vhost_session *session)
{
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
		struct vhost_queue *queue = &session->queue[i];

		vhost_queue_set_kick(queue, -1);
		vhost_queue_set_fd(&queue->call, -1);
		vhost_queue_set_fd(&queue->err, -1);
	}
}
