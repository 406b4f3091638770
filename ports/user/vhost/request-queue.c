// SPDX-License-Identifier: GPL-2.0-only
/* What requests about queues do, and about what is in flight there: see requests.h. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "foreign.h"
#include "requests.h"

static const char no_such_queue[] = "there is no such queue";
static const char runs[] = "the queue runs";

static struct vhost_queue *find_queue(struct vhost_session *session, uint64_t index)
{
	return index < session->device->model->queues ? &session->queue[index] : NULL;
}

/* ---- Queues ---- */

const char *vhost_set_vring_num(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue = find_queue(session, message->state.index);

	if (!queue)
		return no_such_queue;
	if (vhost_queue_running(queue))
		return runs;
	if (!message->state.num || message->state.num > VIRTIO_DEVICE_QUEUE_SIZE)
		return "no queue has that length";
	queue->size = message->state.num;
	return vhost_queue_update(queue);
}

const char *vhost_set_vring_addr(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue = find_queue(session, message->addr.index);

	if (!queue)
		return no_such_queue;
	if (message->addr.flags)
		return "what is written cannot be logged";
	/* While the queue runs, this counts at its next start. */
	queue->descriptors = message->addr.descriptors;
	queue->available = message->addr.available;
	queue->used = message->addr.used;
	queue->addressed = true;
	return vhost_queue_update(queue);
}

const char *vhost_set_vring_base(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue = find_queue(session, message->state.index);

	if (!queue)
		return no_such_queue;
	if (vhost_queue_running(queue))
		return runs;
	queue->base = message->state.num;
	return NULL;
}

/*
 * Of a proxy: as SET_VRING_BASE. If it is the start that an earlier worker served, the ring goes on
 * where that was.
 */
const char *vhost_set_vring_place(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_vring_place place = message->place;
	const char *why;

	message->state = (struct vhost_vring_state){ place.index, place.base };
	why = vhost_set_vring_base(session, message);
	if (!why)
		find_queue(session, place.index)->start = place.start;
	return why;
}

const char *vhost_get_vring_base(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue = find_queue(session, message->state.index);

	if (!queue)
		return no_such_queue;
	if (!vhost_queue_running(queue) && !queue->stopped)
		vhost_queue_find_base(queue);
	vhost_queue_stop(queue);
	vhost_queue_set_kick(queue, -1);
	vhost_queue_set_fd(&queue->call, -1);
	message->state.num = queue->base;
	return vhost_answer(session, sizeof(message->state));
}

const char *vhost_set_vring_enable(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue = find_queue(session, message->state.index);

	if (!queue)
		return no_such_queue;
	queue->enabled = message->state.num;
	if (!queue->enabled)
		vhost_queue_stop(queue);
	return vhost_queue_update(queue);
}

/*
 * Finds the queue of a message about a descriptor, and takes that (-1: none).
 */
static const char *take_queue_fd(struct vhost_session *session, struct vhost_message *message,
				 struct vhost_queue **queue, int *fd)
{
	const char *why;

	*queue = find_queue(session, message->u64 & VHOST_VRING_INDEX_MASK);
	if (!*queue)
		return no_such_queue;
	if (message->u64 & ~(VHOST_VRING_INDEX_MASK | VHOST_VRING_NO_FD))
		return "bits that mean nothing";
	if (message->fds != !(message->u64 & VHOST_VRING_NO_FD))
		return "it says that it has a file descriptor and has none, or the other way round";
	*fd = -1;
	if (!message->fds)
		return NULL;
	why = vhost_check_event(message->fd[0]);
	if (why)
		return why;
	*fd = vhost_take_fd(message, 0);
	return NULL;
}

const char *vhost_set_vring_kick(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue;
	const char *why;
	int fd;

	why = take_queue_fd(session, message, &queue, &fd);
	if (!why && fd < 0)
		why = "queues are not polled: a file descriptor is needed";
	if (!why)
		why = vhost_queue_set_kick(queue, fd);
	return why ? why : vhost_queue_update(queue);
}

const char *vhost_set_vring_call(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue;
	const char *why;
	int fd;

	why = take_queue_fd(session, message, &queue, &fd);
	if (!why)
		vhost_queue_set_fd(&queue->call, fd);
	return why;
}

const char *vhost_set_vring_err(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue;
	const char *why;
	int fd;

	why = take_queue_fd(session, message, &queue, &fd);
	if (!why)
		vhost_queue_set_fd(&queue->err, fd);
	return why;
}

/* ---- What is in flight ---- */

static const char *check_inflight(const struct vhost_session *session,
				  const struct vhost_inflight *inflight)
{
	if (!inflight->queues || inflight->queues > session->device->model->queues)
		return "the device has not so many queues";
	if (!inflight->queue_size || inflight->queue_size > VIRTIO_DEVICE_QUEUE_SIZE)
		return "no queue has that length";
	for (unsigned i = 0; i < session->device->model->queues; i++)
		if (vhost_queue_running(&session->queue[i]))
			return runs;
	return NULL;
}

const char *vhost_get_inflight_fd(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_inflight *inflight = &message->inflight;
	const char *why = check_inflight(session, inflight);
	bool sent;
	int fd;

	if (why)
		return why;
	inflight->size = vhost_record_size(inflight->queues, inflight->queue_size,
					   session->service->state_size);
	inflight->offset = 0;
	fd = memfd_create("ferry in flight", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return "there is no memory for what is in flight";
	if (ftruncate(fd, (off_t)inflight->size) ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) ||
	    vhost_record_open(&session->record, fd, inflight->size, 0, inflight->queues,
			      inflight->queue_size, session->service->state_size)) {
		close(fd);
		return "there is no memory for what is in flight";
	}
	sent = vhost_message_reply(message, session->socket.fd, VHOST_INFLIGHT_PAYLOAD, fd);
	close(fd);
	return sent ? NULL : vhost_no_answer;
}

const char *vhost_set_inflight_fd(struct vhost_session *session, struct vhost_message *message)
{
	const struct vhost_inflight *inflight = &message->inflight;
	const char *why = check_inflight(session, inflight);

	if (why)
		return why;
	if (vhost_record_open(&session->record, message->fd[0], inflight->size, inflight->offset,
			      inflight->queues, inflight->queue_size, session->service->state_size))
		return "that memory is too small, or cannot be mapped";
	return NULL;
}
