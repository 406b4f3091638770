// SPDX-License-Identifier: GPL-2.0-only
/* What requests about the device as a whole, and about its memory, do: see requests.h. */
#include "foreign.h"
#include "requests.h"

#define PROTOCOL_FEATURES                                                            \
	(BIT(VHOST_PROTOCOL_F_MQ) | BIT(VHOST_PROTOCOL_F_REPLY_ACK) |                \
	 BIT(VHOST_PROTOCOL_F_CONFIG) | BIT(VHOST_PROTOCOL_F_BACKEND_REQ) |          \
	 BIT(VHOST_PROTOCOL_F_INFLIGHT_SHMFD) | BIT(VHOST_PROTOCOL_F_RESET_DEVICE) | \
	 BIT(VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS) | BIT(VHOST_PROTOCOL_F_STATUS))

/* ---- Features ---- */

const char *vhost_get_features(struct vhost_session *session, struct vhost_message *message)
{
	return vhost_answer_u64(session, session->device->offered | BIT(VHOST_F_PROTOCOL_FEATURES));
}

const char *vhost_set_features(struct vhost_session *session, struct vhost_message *message)
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

const char *vhost_get_protocol_features(struct vhost_session *session,
					struct vhost_message *message)
{
	return vhost_answer_u64(session, PROTOCOL_FEATURES);
}

const char *vhost_set_protocol_features(struct vhost_session *session,
					struct vhost_message *message)
{
	if (message->u64 & ~PROTOCOL_FEATURES)
		return "protocol features that were not offered";
	session->protocol_features = message->u64;
	return NULL;
}

const char *vhost_get_queue_num(struct vhost_session *session, struct vhost_message *message)
{
	return vhost_answer_u64(session, session->device->model->queues);
}

/* ---- The device as a whole ---- */

const char *vhost_set_owner(struct vhost_session *session, struct vhost_message *message)
{
	return NULL;
}

const char *vhost_reset_owner(struct vhost_session *session, struct vhost_message *message)
{
	for (unsigned i = 0; i < session->device->model->queues; i++) {
		vhost_queue_stop(&session->queue[i]);
		session->queue[i].enabled = false;
	}
	return NULL;
}

const char *vhost_reset_device(struct vhost_session *session, struct vhost_message *message)
{
	vhost_reset_owner(session, message);
	virtio_device_reset(session->device);
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		session->queue[i].stopped = false;
	vhost_record_clear(&session->record);
	session->features_set = false;
	session->status = 0;
	return NULL;
}

/*
 * QEMU also sets a status of 0 when it only pauses the machine; then the queues go on later where
 * they stopped. So the device is reset only when the queues start at another place.
 */
const char *vhost_set_status(struct vhost_session *session, struct vhost_message *message)
{
	session->status = message->u64 ? session->status | (uint8_t)message->u64 : 0;
	if (!session->features_set)
		session->status &= (uint8_t)~VIRTIO_STATUS_FEATURES_OK;
	if (!message->u64)
		for (unsigned i = 0; i < session->device->model->queues; i++)
			vhost_queue_stop(&session->queue[i]);
	return NULL;
}

const char *vhost_get_status(struct vhost_session *session, struct vhost_message *message)
{
	return vhost_answer_u64(session, session->status | (session->device->status &
							    VIRTIO_STATUS_NEEDS_RESET));
}

const char *vhost_get_config(struct vhost_session *session, struct vhost_message *message)
{
	struct vhost_config *config = &message->config;

	/* An answer without a payload says that this cannot be read. */
	if (message->header.size != VHOST_CONFIG_HEADER + config->size ||
	    virtio_device_read_config(session->device, config->offset, config->bytes, config->size))
		return vhost_answer(session, 0);
	return vhost_answer(session, VHOST_CONFIG_HEADER + config->size);
}

const char *vhost_set_config(struct vhost_session *session, struct vhost_message *message)
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

const char *vhost_set_mem_table(struct vhost_session *session, struct vhost_message *message)
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

const char *vhost_get_max_mem_slots(struct vhost_session *session, struct vhost_message *message)
{
	return vhost_answer_u64(session, VIRTIO_MEMORY_REGIONS);
}

const char *vhost_add_mem_reg(struct vhost_session *session, struct vhost_message *message)
{
	return memory_fault(
		vhost_memory_add(&session->memory, &message->reg.region, message->fd[0]));
}

const char *vhost_rem_mem_reg(struct vhost_session *session, struct vhost_message *message)
{
	return memory_fault(vhost_memory_remove(&session->memory, &message->reg.region));
}

/* ---- The socket for changes ---- */

const char *vhost_set_backend_req_fd(struct vhost_session *session, struct vhost_message *message)
{
	const char *why = vhost_check_channel(message->fd[0]);

	if (why)
		return why;
	vhost_queue_set_fd(&session->backend_fd, vhost_take_fd(message, 0));
	return NULL;
}
