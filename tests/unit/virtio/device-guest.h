/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest with a whole device: for each of its queues a driver's side (guest.h), all of them on one
 * memory; and its transport.
 */
#ifndef TESTS_VIRTIO_DEVICE_GUEST_H
#define TESTS_VIRTIO_DEVICE_GUEST_H

#include "guest.h"
#include "virtio/virtio-device.h"

struct device_guest {
	struct virtio_device *device;
	const struct virtio_transport_ops *transport;
	struct guest *guest[VIRTIO_DEVICE_QUEUES];
	unsigned notified[VIRTIO_DEVICE_QUEUES];
	unsigned broken;
	enum virtio_fault fault;
};

static inline void device_guest_notify(void *arg, unsigned queue)
{
	struct device_guest *d = arg;

	d->notified[queue]++;
}

static inline void device_guest_broken(void *arg, unsigned queue, enum virtio_fault fault)
{
	struct device_guest *d = arg;

	d->broken++;
	d->fault = fault;
	assert_true(d->device->status & VIRTIO_STATUS_NEEDS_RESET);
}

/* Where the ring region of queue INDEX is in the memory that the device sees. */
static inline uint64_t device_guest_rings(unsigned index)
{
	return index ? UINT64_C(0x900000) + 0x10000 * (index - 1) : RINGS;
}

/*
 * A guest that has negotiated FEATURES, besides VIRTIO_F_VERSION_1, with DEVICE: its queues, of
 * SIZE, are not started.
 */
static inline struct device_guest *device_guest_make_of(struct virtio_device *device,
							uint64_t features, uint16_t size)
{
	static const struct virtio_transport_ops transport = { device_guest_notify,
							       device_guest_broken };
	struct device_guest *d = calloc(1, sizeof(*d));
	struct virtio_memory *memory;

	d->device = device;
	d->transport = &transport;
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		d->guest[i] = guest_make(features, size);
	memory = &d->guest[0]->memory;
	for (unsigned i = 1; i < VIRTIO_DEVICE_QUEUES; i++)
		assert_int_equal(virtio_memory_add(memory, device_guest_rings(i), REGION_SIZE,
						   d->guest[i]->rings),
				 0);
	virtio_device_connect(device, memory, UINT64_MAX, d->transport, d);
	assert_int_equal(virtio_device_negotiate(device, d->guest[0]->features), 0);
	return d;
}

/* With queues of the usual size. */
static inline struct device_guest *device_guest_make(struct virtio_device *device,
						     uint64_t features)
{
	return device_guest_make_of(device, features, 8);
}

static inline void device_guest_start_at(struct device_guest *d, unsigned index, uint32_t base,
					 bool resume)
{
	struct virtio_queue_setup setup = guest_setup(d->guest[index]);
	uint64_t move = device_guest_rings(index) - RINGS;

	setup.descriptors += move;
	setup.driver += move;
	setup.device += move;
	setup.base = base;
	setup.resume = resume;
	assert_int_equal(virtio_device_start_queue(d->device, index, &setup, NULL, NULL), 0);
}

static inline void device_guest_start(struct device_guest *d, unsigned index)
{
	device_guest_start_at(d, index, virtio_queue_fresh_base(d->guest[index]->features), false);
}

/* The length of the next used chain of queue INDEX; -1: there is none. */
static inline long device_guest_collect(struct device_guest *d, unsigned index)
{
	uint32_t length;
	uint16_t id;

	return guest_collect(d->guest[index], &id, &length) ? (long)length : -1;
}

static inline void device_guest_free(struct device_guest *d)
{
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++)
		guest_free(d->guest[i]);
	free(d);
}

#endif
