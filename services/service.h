/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Services: what a driver offers, served to virtual machines as a virtio device. A service stands
 * between a class, which it reaches by a few calls that the port has for it, and a model of
 * virtio/. Who the machines are, and how their queues are reached, is the business of its owner: a
 * vhost-user back end (ports/user/vhost), or an L4Re server.
 *
 *	driver - class - service - session, one for each front end - virtio device - transport
 *
 * A service allocates nothing: its own struct and each session's memory are the owner's. It is
 * compiled for a port, as drivers are. One thread, or one lock, for a service and all calls into
 * it.
 */
#ifndef SERVICES_SERVICE_H
#define SERVICES_SERVICE_H

#include <ferry/driver.h>

#include "virtio/virtio-device.h"

struct service_session;

#define SERVICE_TIMER_STOP UINT64_MAX

/* What a service asks of a session's owner. None of these calls back into the service. */
struct service_session_ops {
	/* Queue QUEUE has more to do: run it (virtio_device_run) when others had their turn. */
	void (*more)(struct service_session *session, unsigned queue);
	/* The configuration has changed, not by the guest's doing: tell the guest. */
	void (*config_changed)(struct service_session *session);
	/*
	 * Has the service's `expired` called once, in NS nanoseconds, in the place of what was set
	 * before; SERVICE_TIMER_STOP: not at all.
	 */
	void (*set_timer)(struct service_session *session, uint64_t ns);
	/* The service's `state_size` bytes that outlive the process; NULL: nothing is kept. */
	unsigned char *(*state)(const struct service_session *session);
};

/* A front end, as a service sees it: part of what the owner has of it. */
struct service_session {
	const struct service_session_ops *ops;
};

struct service {
	const char *name;      /* "gpio" */
	struct fy_device *dev; /* behind it, for log lines; NULL: none */
	uint64_t withheld;     /* features that front ends are not offered, as the owner says */
	size_t session_size;   /* bytes that a session takes */
	/*
	 * A front end comes: makes its device in MEMORY, session_size bytes that are zero and
	 * aligned for anything. The owner then calls virtio_device_connect(). NULL: it cannot be
	 * served, as the log says.
	 */
	struct virtio_device *(*open)(struct service *service, struct service_session *session,
				      void *memory);
	/* It goes: the device was reset, its timer is stopped, and MEMORY is the owner's again. */
	void (*close)(struct virtio_device *device);
	/* The timer of set_timer(). NULL: it never sets one. */
	void (*expired)(struct virtio_device *device);
	/*
	 * Bytes of the device's state that outlive this process. 0: it has none, and none of what
	 * follows is called.
	 */
	size_t state_size;
	/*
	 * A request in the first queue has been served, and is about to be used: writes to STATE
	 * what it has changed.
	 */
	void (*save)(struct virtio_device *device, unsigned char *state);
	/*
	 * Makes a device that was reset what STATE says, as far as that can be: nothing in it can
	 * be relied on.
	 */
	void (*restore)(struct virtio_device *device, unsigned char *state);
	/*
	 * A chain of another queue is about to be used, and has been; STATE is NULL if nothing is
	 * kept. NULL: the device's state does not need them.
	 */
	void (*before_used)(struct virtio_device *device, unsigned char *state);
	void (*after_used)(struct virtio_device *device, unsigned char *state);
	/*
	 * After restore(), all that was in flight of that queue has been served again. So what was
	 * about to be used, and is not among that, had been used.
	 */
	void (*recovered)(struct virtio_device *device, unsigned char *state);
};

#endif
