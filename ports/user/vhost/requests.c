// SPDX-License-Identifier: GPL-2.0-only
/* What each request of a front end does: see vhost-session.h and docs/interop/vhost-user.rst. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vhost-session.h"

#define BIT(n) (UINT64_C(1) << (n))
#define PROTOCOL_FEATURES                                                            \
	(BIT(VHOST_PROTOCOL_F_MQ) | BIT(VHOST_PROTOCOL_F_REPLY_ACK) |                \
	 BIT(VHOST_PROTOCOL_F_CONFIG) | BIT(VHOST_PROTOCOL_F_BACKEND_REQ) |          \
	 BIT(VHOST_PROTOCOL_F_INFLIGHT_SHMFD) | BIT(VHOST_PROTOCOL_F_RESET_DEVICE) | \
	 BIT(VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS) | BIT(VHOST_PROTOCOL_F_STATUS))

/*
 * How a handler ends: NULL, or what is wrong. It has answered the request itself if that is one
 * that always has an answer.
 */
typedef const char *handler(struct vhost_session *session, struct vhost_message *message);

static const char no_answer[] = "it does not read its answers";
static const char no_such_queue[] = "there is no such queue";
static const char runs[] = "the queue runs";

/* Takes the message's descriptor NUMBER; it is the caller's then. */
static int take_fd(struct vhost_message *message, unsigned number)
{
	int fd = message->fd[number];

	message->fd[number] = -1;
	return fd;
}

static struct vhost_queue *find_queue(struct vhost_session *session, uint64_t index)
{
	return index < session->device->model->queues ? &session->queue[index] : NULL;
}

static const char *answer(struct vhost_session *session, uint32_t size)
{
	return vhost_message_reply(&session->message, session->socket.fd, size, -1) ? NULL :
										      no_answer;
}

static const char *answer_u64(struct vhost_session *session, uint64_t value)
{
	session->message.u64 = value;
	return answer(session, sizeof(value));
}

/* ---- Features ---- */

static const char *get_features(struct vhost_session *session, struct vhost_message *message)
{
	return answer_u64(session, session->device->offered | BIT(VHOST_F_PROTOCOL_FEATURES));
}

static const char *set_features(struct vhost_session *session, struct vhost_message *message)
{
	uint64_t features = message->u64 & ~BIT(VHOST_F_PROTOCOL_FEATURES);
	int error = virtio_device_negotiate(session->device, features);

	if (error == VIRTIO_ERR_BUSY)
		return "the device runs with other features";
	if (!(features & VIRTIO_FEATURE(VIRTIO_F_VERSION_1)))
		return "the guest's driver is one for legacy devices";
	if (error)
		return "features that were not offered";
	session->features = features;
	session->features_set = true;
	if (!(message->u64 & BIT(VHOST_F_PROTOCOL_FEATURES)))
		for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
			session->queue[i].enabled = true;
	return NULL;
}

static const char *get_protocol_features(struct vhost_session *session,
					 struct vhost_message *message)
{
	return answer_u64(session, PROTOCOL_FEATURES);
}

static const char *set_protocol_features(struct vhost_session *session,
					 struct vhost_message *message)
{
	if (message->u64 & ~PROTOCOL_FEATURES)
		return "protocol features that were not offered";
	session->protocol_features = message->u64;
	return NULL;
}

static const char *get_queue_num(struct vhost_session *session, struct vhost_message *message)
{
	return answer_u64(session, session->device->model->queues);
}

/* ---- The device as a whole ---- */

static const char *set_owner(struct vhost_session *session, struct vhost_message *message)
{
	return NULL;
}

static const char *reset_owner(struct vhost_session *session, struct vhost_message *message)
{
	for (unsigned i = 0; i < session->device->model->queues; i++) {
		vhost_queue_stop(&session->queue[i]);
		session->queue[i].enabled = false;
	}
	return NULL;
}

static const char *reset_device(struct vhost_session *session, struct vhost_message *message)
{
	reset_owner(session, message);
	virtio_device_reset(session->device);
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		session->queue[i].stopped = false;
	vhost_record_clear(&session->record);
	session->features_set = false;
	session->status = 0;
	return NULL;
}

/*
 * A status of 0 is also what QEMU sets when it only pauses the machine; then the queues go on later
 * where they stopped. So the device is reset when they start anew elsewhere.
 */
static const char *set_status(struct vhost_session *session, struct vhost_message *message)
{
	session->status = message->u64 ? session->status | (uint8_t)message->u64 : 0;
	if (!session->features_set)
		session->status &= (uint8_t)~VIRTIO_STATUS_FEATURES_OK;
	if (!message->u64)
		for (unsigned i = 0; i < session->device->model->queues; i++)
			vhost_queue_stop(&session->queue[i]);
	return NULL;
}

static const char *get_status(struct vhost_session *session, struct vhost_message *message)
{
	return answer_u64(session,
			  session->status | (session->device->status & VIRTIO_STATUS_NEEDS_RESET));
}

static const char *get_config(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_config *config = &message->config;

	/* An answer without a payload says that this cannot be read. */
	if (message->header.size != VHOST_CONFIG_HEADER + config->size ||
	    virtio_device_read_config(session->device, config->offset, config->bytes, config->size))
		return answer(session, 0);
	return answer(session, VHOST_CONFIG_HEADER + config->size);
}

static const char *set_config(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_config *config = &message->config;

	if (config->size > VHOST_CONFIG_SIZE_MAX ||
	    message->header.size != VHOST_CONFIG_HEADER + config->size)
		return "its size is not the one that it says";
	if (config->flags & VHOST_CONFIG_MIGRATION)
		return NULL;
	if (!session->device->model->write_config)
		return "there is nothing to write in this device's configuration";
	if (virtio_device_write_config(session->device, config->offset, config->bytes,
				       config->size))
		return "that is outside the device's configuration";
	return NULL;
}

/* ---- Memory ---- */

static const char *memory_fault(int error)
{
	switch (error) {
	case 0:
		return NULL;
	case VIRTIO_ERR_BUSY:
		return "memory regions overlap";
	case VIRTIO_ERR_NOT_FOUND:
		return "there is no such memory region";
	case VIRTIO_ERR_NO_MEMORY:
		return "too many memory regions";
	default:
		return "a memory region is not all in its file, or cannot be mapped";
	}
}

static const char *set_mem_table(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_mem_table *table = &message->table;

	if (table->regions > VHOST_TABLE_REGIONS ||
	    message->header.size < 8 + table->regions * sizeof(table->region[0]))
		return "more memory regions than it has room for";
	if (message->fds != table->regions)
		return "not as many file descriptors as memory regions";
	return memory_fault(
		vhost_memory_replace(&session->memory, table->region, message->fd, table->regions));
}

static const char *get_max_mem_slots(struct vhost_session *session, struct vhost_message *message)
{
	return answer_u64(session, VIRTIO_MEMORY_REGIONS);
}

static const char *add_mem_reg(struct vhost_session *session, struct vhost_message *message)
{
	return memory_fault(
		vhost_memory_add(&session->memory, &message->reg.region, message->fd[0]));
}

static const char *rem_mem_reg(struct vhost_session *session, struct vhost_message *message)
{
	return memory_fault(vhost_memory_remove(&session->memory, &message->reg.region));
}

/* ---- Queues ---- */

static const char *set_vring_num(struct vhost_session *session, struct vhost_message *message)
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

static const char *set_vring_addr(struct vhost_session *session, struct vhost_message *message)
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

static const char *set_vring_base(struct vhost_session *session, struct vhost_message *message)
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
static const char *set_vring_place(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_vring_place place = message->place;
	const char *why;

	message->state = (struct vhost_vring_state){ place.index, place.base };
	why = set_vring_base(session, message);
	if (!why)
		find_queue(session, place.index)->start = place.start;
	return why;
}

static const char *get_vring_base(struct vhost_session *session, struct vhost_message *message)
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
	return answer(session, sizeof(message->state));
}

static const char *set_vring_enable(struct vhost_session *session, struct vhost_message *message)
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
 * Whether FD is a socket of this machine, which User Mode Linux has in the place of an eventfd.
 * Closing another one may take its time.
 */
static bool is_local_socket(int fd)
{
	int domain = 0;
	socklen_t size = sizeof(domain);

	return !getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) && domain == AF_UNIX;
}

static const char *set_backend_req_fd(struct vhost_session *session, struct vhost_message *message)
{
	if (!is_local_socket(message->fd[0]))
		return "a file descriptor that is no local socket";
	vhost_queue_set_fd(&session->backend_fd, take_fd(message, 0));
	return NULL;
}

/*
 * Finds the queue of a message about a descriptor, and takes that (-1: none), which can then make
 * nobody wait.
 */
static const char *take_queue_fd(struct vhost_session *session, struct vhost_message *message,
				 struct vhost_queue **queue, int *fd)
{
	struct stat st;

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
	/*
	 * An eventfd has no type at all. Others might always be ready, or never have done what is
	 * asked of them.
	 */
	if (fstat(message->fd[0], &st) ||
	    (st.st_mode & S_IFMT && !S_ISFIFO(st.st_mode) && !is_local_socket(message->fd[0])))
		return "a file descriptor that is neither an eventfd nor a pipe, nor a local "
		       "socket";
	if (fcntl(message->fd[0], F_SETFL, fcntl(message->fd[0], F_GETFL) | O_NONBLOCK))
		return "a file descriptor that nothing can be done with";
	*fd = take_fd(message, 0);
	return NULL;
}

static const char *set_vring_kick(struct vhost_session *session, struct vhost_message *message)
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

static const char *set_vring_call(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_queue *queue;
	const char *why;
	int fd;

	why = take_queue_fd(session, message, &queue, &fd);
	if (!why)
		vhost_queue_set_fd(&queue->call, fd);
	return why;
}

static const char *set_vring_err(struct vhost_session *session, struct vhost_message *message)
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

static const char *get_inflight_fd(struct vhost_session *session, struct vhost_message *message)
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
	return sent ? NULL : no_answer;
}

static const char *set_inflight_fd(struct vhost_session *session, struct vhost_message *message)
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

#define NO_FEATURE 0xff

/* What serves a request; the protocol feature without which it may not come. */
static const struct {
	handler *serve;
	uint8_t feature;
} requests[VHOST_REQUESTS] = {
	[VHOST_GET_FEATURES] = { get_features, NO_FEATURE },
	[VHOST_SET_FEATURES] = { set_features, NO_FEATURE },
	[VHOST_SET_OWNER] = { set_owner, NO_FEATURE },
	[VHOST_RESET_OWNER] = { reset_owner, NO_FEATURE },
	[VHOST_SET_MEM_TABLE] = { set_mem_table, NO_FEATURE },
	[VHOST_SET_VRING_NUM] = { set_vring_num, NO_FEATURE },
	[VHOST_SET_VRING_ADDR] = { set_vring_addr, NO_FEATURE },
	[VHOST_SET_VRING_BASE] = { set_vring_base, NO_FEATURE },
	[VHOST_GET_VRING_BASE] = { get_vring_base, NO_FEATURE },
	[VHOST_SET_VRING_KICK] = { set_vring_kick, NO_FEATURE },
	[VHOST_SET_VRING_CALL] = { set_vring_call, NO_FEATURE },
	[VHOST_SET_VRING_ERR] = { set_vring_err, NO_FEATURE },
	[VHOST_GET_PROTOCOL_FEATURES] = { get_protocol_features, NO_FEATURE },
	[VHOST_SET_PROTOCOL_FEATURES] = { set_protocol_features, NO_FEATURE },
	[VHOST_GET_QUEUE_NUM] = { get_queue_num, NO_FEATURE },
	[VHOST_SET_VRING_ENABLE] = { set_vring_enable, NO_FEATURE },
	[VHOST_SET_BACKEND_REQ_FD] = { set_backend_req_fd, VHOST_PROTOCOL_F_BACKEND_REQ },
	[VHOST_GET_CONFIG] = { get_config, VHOST_PROTOCOL_F_CONFIG },
	[VHOST_SET_CONFIG] = { set_config, VHOST_PROTOCOL_F_CONFIG },
	[VHOST_GET_INFLIGHT_FD] = { get_inflight_fd, VHOST_PROTOCOL_F_INFLIGHT_SHMFD },
	[VHOST_SET_INFLIGHT_FD] = { set_inflight_fd, VHOST_PROTOCOL_F_INFLIGHT_SHMFD },
	[VHOST_RESET_DEVICE] = { reset_device, VHOST_PROTOCOL_F_RESET_DEVICE },
	[VHOST_GET_MAX_MEM_SLOTS] = { get_max_mem_slots, VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS },
	[VHOST_ADD_MEM_REG] = { add_mem_reg, VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS },
	[VHOST_REM_MEM_REG] = { rem_mem_reg, VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS },
	[VHOST_SET_STATUS] = { set_status, VHOST_PROTOCOL_F_STATUS },
	[VHOST_GET_STATUS] = { get_status, VHOST_PROTOCOL_F_STATUS },
};

static handler *find_handler(const struct vhost_session *session, uint32_t request)
{
	if (request == VHOST_SET_VRING_PLACE)
		return session->proxied ? set_vring_place : NULL;
	return request < VHOST_REQUESTS ? requests[request].serve : NULL;
}

/* Whether all that the request needs was negotiated. */
static bool was_negotiated(const struct vhost_session *session, uint32_t request)
{
	return request >= VHOST_REQUESTS || requests[request].feature == NO_FEATURE ||
	       session->protocol_features & BIT(requests[request].feature);
}

const char *vhost_serve_request(struct vhost_session *session)
{
	struct vhost_message *message = &session->message;
	const uint32_t request = message->header.request;
	handler *serve = find_handler(session, request);
	const char *why = vhost_message_check(message);
	bool wants_ack;

	if (why)
		return why;
	if (serve && !was_negotiated(session, request))
		return "its protocol feature was not negotiated";
	why = serve ? serve(session, message) : "nobody knows it";
	/*
	 * Afterwards: a front end may want the acknowledgement of what asks for acknowledgements.
	 */
	wants_ack = message->header.flags & VHOST_NEED_REPLY &&
		    session->protocol_features & BIT(VHOST_PROTOCOL_F_REPLY_ACK);
	if ((serve && vhost_request_answers(request)) || !wants_ack)
		return why;
	/* The front end hears of the failure, and may go on without what it asked for. */
	if (why)
		vhost_session_log(session, USER_LOG_WARN, "%s: %s", vhost_request_name(request),
				  why);
	return answer_u64(session, why ? 1 : 0);
}
