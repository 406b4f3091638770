// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Virtio devices between transport and model: see virtio-device.h. */
#include "virtio-device.h"

void virtio_device_init(struct virtio_device *device, const struct virtio_model *model,
			const void *config, unsigned config_size)
{
	*device = (struct virtio_device){
		.model = model,
		.config = config,
		.config_size = config_size,
		.offered = model->features | VIRTIO_QUEUE_FEATURES,
	};
	virtio_chain_init(&device->chain, device->segment, VIRTIO_DEVICE_SEGMENTS);
}

void virtio_device_connect(struct virtio_device *device, struct virtio_memory *memory,
			   uint64_t offered, const struct virtio_transport_ops *transport,
			   void *transport_arg)
{
	device->memory = memory;
	device->offered &= offered | VIRTIO_FEATURE(VIRTIO_F_VERSION_1);
	device->transport = transport;
	device->transport_arg = transport_arg;
}

int virtio_device_negotiate(struct virtio_device *device, uint64_t features)
{
	const uint64_t required = device->model->required | VIRTIO_FEATURE(VIRTIO_F_VERSION_1);

	for (unsigned i = 0; i < device->model->queues; i++)
		if (device->queue[i].running && features != device->features)
			return VIRTIO_ERR_BUSY;
	if (features & ~device->offered || (features & required) != required)
		return VIRTIO_ERR_UNSUPPORTED;
	device->features = features;
	return 0;
}

uint8_t virtio_device_set_status(struct virtio_device *device, uint8_t status)
{
	if (!status) {
		virtio_device_reset(device);
		return 0;
	}
	if (!device->features)
		status &= (uint8_t)~VIRTIO_STATUS_FEATURES_OK;
	device->status |= status & (uint8_t)~VIRTIO_STATUS_NEEDS_RESET;
	return device->status;
}

void virtio_device_reset(struct virtio_device *device)
{
	for (unsigned i = 0; i < device->model->queues; i++)
		virtio_queue_stop(&device->queue[i]);
	device->features = 0;
	device->status = 0;
	device->model->reset(device);
}

/* Whether LENGTH bytes at OFFSET lie within the configuration. */
static bool within_config(const struct virtio_device *device, uint32_t offset, uint32_t length)
{
	return offset <= device->config_size && length <= device->config_size - offset;
}

int virtio_device_read_config(const struct virtio_device *device, uint32_t offset, void *to,
			      uint32_t length)
{
	if (!within_config(device, offset, length))
		return VIRTIO_ERR_INVALID;
	if (length)
		__builtin_memcpy(to, device->config + offset, length);
	return 0;
}

int virtio_device_write_config(struct virtio_device *device, uint32_t offset, const void *from,
			       uint32_t length)
{
	if (!within_config(device, offset, length))
		return VIRTIO_ERR_INVALID;
	if (length && device->model->write_config)
		device->model->write_config(device, offset, from, length);
	return 0;
}

int virtio_device_start_queue(struct virtio_device *device, unsigned index,
			      const struct virtio_queue_setup *setup,
			      const struct virtio_tracker *tracker, void *tracker_arg)
{
	struct virtio_queue_setup negotiated = *setup;

	if (index >= device->model->queues)
		return VIRTIO_ERR_NOT_FOUND;
	if (setup->size > VIRTIO_DEVICE_QUEUE_SIZE)
		return VIRTIO_ERR_INVALID;
	negotiated.features = device->features;
	return virtio_queue_start(&device->queue[index], device->memory, &negotiated, tracker,
				  tracker_arg);
}

uint32_t virtio_device_stop_queue(struct virtio_device *device, unsigned index)
{
	return index < device->model->queues ? virtio_queue_stop(&device->queue[index]) : 0;
}

bool virtio_device_run(struct virtio_device *device, unsigned index, unsigned budget)
{
	enum virtio_progress progress;
	struct virtio_queue *queue;
	bool more;

	if (index >= device->model->queues || device->status & VIRTIO_STATUS_NEEDS_RESET)
		return false;
	queue = &device->queue[index];
	if (!virtio_queue_usable(queue))
		return false;
	virtio_queue_disable_notify(queue);
	progress = device->model->serve(device, index, budget);
	more = progress == VIRTIO_MORE ||
	       (progress == VIRTIO_EMPTY && virtio_queue_enable_notify(queue));
	virtio_device_announce(device, index);
	return more && virtio_queue_usable(queue);
}

struct virtio_chain *virtio_device_pop(struct virtio_device *device, unsigned queue)
{
	return virtio_queue_pop(&device->queue[queue], &device->chain) > 0 ? &device->chain : NULL;
}

void virtio_device_push(struct virtio_device *device, unsigned queue,
			const struct virtio_chain *chain)
{
	virtio_queue_push(&device->queue[queue], chain, chain->written);
}

void virtio_device_announce(struct virtio_device *device, unsigned index)
{
	struct virtio_queue *queue = &device->queue[index];

	if (virtio_queue_should_notify(queue))
		device->transport->notify(device->transport_arg, index);
	if (!queue->running || !queue->fault || device->status & VIRTIO_STATUS_NEEDS_RESET)
		return;
	device->status |= VIRTIO_STATUS_NEEDS_RESET;
	for (unsigned i = 0; i < device->model->queues; i++)
		virtio_queue_fail(&device->queue[i], queue->fault);
	device->transport->broken(device->transport_arg, index, queue->fault);
}
