/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Services: what a driver offers, served to virtual machines as a virtio device. A service connects
 * a class, by a few calls of the port, with a model of virtio/. Its owner connects the machines and
 * their queues: a vhost-user back end (ports/user/vhost), or an L4Re server.
 *
 *	driver - class - service - session, one for each front end - virtio device - transport
 *
 * A service allocates nothing: the owner provides its struct and each session's memory. It is
 * compiled for a port, as drivers are. One thread, or one lock, for a service and all calls into
 * it.
 */
#ifndef SERVICES_SERVICE_H
#define SERVICES_SERVICE_H

#include <ferry/driver.h>

#include "virtio/virtio-device.h"

struct service_session;

#define SERVICE_TIMER_STOP UINT64_MAX

/* Calls of a service to a session's owner. None of them calls back into the service. */
struct service_session_ops {
	/* Queue QUEUE has more to do: run it (virtio_device_run) after others had their turn. */
	void (*more)(struct service_session *session, unsigned queue);
	/* The device has changed its configuration: notify the guest. */
	void (*config_changed)(struct service_session *session);
	/*
	 * Sets the session's one timer: the service's `expired` is called once, in NS nanoseconds;
	 * SERVICE_TIMER_STOP stops it.
	 */
	void (*set_timer)(struct service_session *session, uint64_t ns);
	/* The service's `state_size` bytes that outlive the process; NULL: nothing is kept. */
	unsigned char *(*state)(const struct service_session *session);
};

/* A front end, as a service sees it: a member of the owner's own struct. */
struct service_session {
	const struct service_session_ops *ops;
};

struct service {
	const char *name;      /* "gpio" */
	struct fy_device *dev; /* its device, for log lines; NULL: none */
	uint64_t withheld;     /* feature bits that the owner does not want to offer */
	size_t session_size;   /* bytes that a session takes */
	/*
	 * A front end connects: creates its device in MEMORY, session_size bytes that are zero and
	 * aligned for any type. The owner then calls virtio_device_connect(). NULL: it cannot be
	 * served; the log has the reason.
	 */
	struct virtio_device *(*open)(struct service *service, struct service_session *session,
				      void *memory);
	/*
	 * It disconnects: the device was reset and its timer stopped; afterwards the owner may free
	 * MEMORY.
	 */
	void (*close)(struct virtio_device *device);
	/* The timer of set_timer(). NULL: it never sets one. */
	void (*expired)(struct virtio_device *device);
	/*
	 * Bytes of the device's state that outlive this process. 0: it has none, and none of the
	 * following calls is made.
	 */
	size_t state_size;
	/*
	 * A request in the first queue has been served, and is about to be pushed as used: writes
	 * to STATE what it has changed.
	 */
	void (*save)(struct virtio_device *device, unsigned char *state);
	/* Restores a device that was reset from STATE, as far as possible. STATE is not trusted. */
	void (*restore)(struct virtio_device *device, unsigned char *state);
	/*
	 * A chain of another queue is about to be pushed as used, and has been pushed; STATE is
	 * NULL if nothing is kept. NULL: the device's state does not need these calls.
	 */
	void (*before_used)(struct virtio_device *device, unsigned char *state);
	void (*after_used)(struct virtio_device *device, unsigned char *state);
	/*
	 * After restore(), all chains in flight of that queue have been served again. So a chain
	 * that was about to be pushed, and is not among these, had been pushed.
	 */
	void (*recovered)(struct virtio_device *device, unsigned char *state);
};

#endif
