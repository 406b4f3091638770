/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An owner of sessions without any transport: it counts what a service asks of it, and its guest is
 * that of tests/unit/virtio.
 */
#ifndef TESTS_SERVICES_OWNER_H
#define TESTS_SERVICES_OWNER_H

#include "../virtio/device-guest.h"
#include "services/service.h"

struct owner {
	struct service_session session; /* first */
	void *memory;
	struct device_guest *guest;
	struct virtio_device *device;
	unsigned more[VIRTIO_DEVICE_QUEUES];
	unsigned changes; /* of the configuration */
	uint64_t timer;	  /* SERVICE_TIMER_STOP: none is set */
	unsigned char state[256];
};

static inline void owner_more(struct service_session *session, unsigned queue)
{
	((struct owner *)session)->more[queue]++;
}

static inline void owner_config_changed(struct service_session *session)
{
	((struct owner *)session)->changes++;
}

static inline void owner_set_timer(struct service_session *session, uint64_t ns)
{
	((struct owner *)session)->timer = ns;
}

static inline unsigned char *owner_state(const struct service_session *session)
{
	return ((struct owner *)session)->state;
}

/* A session of SERVICE, with the device's first QUEUES queues started. */
static inline struct owner *owner_open(struct service *service, uint64_t features, unsigned queues)
{
	static const struct service_session_ops ops = { owner_more, owner_config_changed,
							owner_set_timer, owner_state };
	struct owner *owner = calloc(1, sizeof(*owner));

	owner->session.ops = &ops;
	owner->timer = SERVICE_TIMER_STOP;
	owner->memory = calloc(1, service->session_size);
	owner->device = service->open(service, &owner->session, owner->memory);
	assert_non_null(owner->device);
	owner->guest = device_guest_make(owner->device, features);
	for (unsigned i = 0; i < queues; i++)
		device_guest_start(owner->guest, i);
	return owner;
}

static inline void owner_close(struct service *service, struct owner *owner)
{
	for (unsigned i = 0; i < owner->device->model->queues; i++)
		virtio_device_stop_queue(owner->device, i);
	virtio_device_reset(owner->device);
	service->close(owner->device);
	device_guest_free(owner->guest);
	free(owner->memory);
	free(owner);
}

#endif
