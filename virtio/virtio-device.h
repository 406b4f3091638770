/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A virtio device between a transport and a model. The transport (vhost-user, L4Re's l4virtio)
 * passes on what the guest's driver negotiates, sets up and kicks. The model (virtio-gpio.h,
 * virtio-rng.h, virtio-console.h, virtio-net.h) serves the queues and calls its back end through a
 * small ops struct of its own. Transport and model do not know each other.
 *
 * One thread, or one lock, for a device and all calls into it. Nothing is allocated. The comments
 * on the ops say which calls they may make.
 */
#ifndef VIRTIO_DEVICE_H
#define VIRTIO_DEVICE_H

#include "virtio-queue.h"

#define VIRTIO_DEVICE_QUEUES	 4
#define VIRTIO_DEVICE_QUEUE_SIZE 256 /* the longest queue that a device offers */
#define VIRTIO_DEVICE_SEGMENTS	 (VIRTIO_DEVICE_QUEUE_SIZE + VIRTIO_MEMORY_REGIONS)

/* Device status (section 2.1). */
enum {
	VIRTIO_STATUS_ACKNOWLEDGE = 1,
	VIRTIO_STATUS_DRIVER = 2,
	VIRTIO_STATUS_DRIVER_OK = 4,
	VIRTIO_STATUS_FEATURES_OK = 8,
	VIRTIO_STATUS_NEEDS_RESET = 64,
	VIRTIO_STATUS_FAILED = 128,
};

/* How far a model got with a queue. */
enum virtio_progress {
	VIRTIO_EMPTY, /* it holds no more chains */
	VIRTIO_MORE,  /* it may hold more, but the budget is spent */
	/* the model's back end is not ready; the model runs the queue when it is */
	VIRTIO_STALLED,
};

struct virtio_device;

/* A device model. It pops chains into the device's scratch chain, unless it keeps them. */
struct virtio_model {
	const char *name;
	uint16_t id;	   /* virtio device id (section 5) */
	uint8_t queues;	   /* 1 to VIRTIO_DEVICE_QUEUES */
	uint64_t features; /* device feature bits: 0 to 23 */
	uint64_t required; /* of these, those without which a driver is refused */
	/* Serves up to BUDGET chains of QUEUE, which is usable. */
	enum virtio_progress (*serve)(struct virtio_device *device, unsigned queue,
				      unsigned budget);
	/*
	 * Drops all kept chains and all state from the guest: the device is as after init. Queues
	 * are stopped.
	 */
	void (*reset)(struct virtio_device *device);
	/*
	 * The guest wrote LENGTH bytes at OFFSET of the configuration, all within it. NULL: nothing
	 * happens.
	 */
	void (*write_config)(struct virtio_device *device, unsigned offset, const void *from,
			     unsigned length);
};

/*
 * What a transport does for a device. All are called from within calls into the device, and may not
 * call into it.
 */
struct virtio_transport_ops {
	/* Sends the guest a used buffer notification for QUEUE. */
	void (*notify)(void *arg, unsigned queue);
	/*
	 * The guest broke QUEUE by FAULT, and with it all queues of the device until it is reset.
	 * The status has VIRTIO_STATUS_NEEDS_RESET: notify the guest by a configuration change, if
	 * the transport supports that.
	 */
	void (*broken)(void *arg, unsigned queue, enum virtio_fault fault);
};

/* The fields are for reading. A model's own struct has it as its first member. */
struct virtio_device {
	const struct virtio_model *model;
	const struct virtio_transport_ops *transport;
	void *transport_arg;
	struct virtio_memory *memory;
	uint64_t offered;
	uint64_t features; /* negotiated */
	uint8_t status;
	const unsigned char *config; /* the model's; little endian */
	unsigned config_size;
	struct virtio_queue queue[VIRTIO_DEVICE_QUEUES];
	struct virtio_chain chain; /* for serve(): good until it pops the next */
	struct virtio_segment segment[VIRTIO_DEVICE_SEGMENTS];
};

/*
 * Connects a model's device (from the model's own init) with its guest memory and its transport,
 * before all else and while no queue runs. OFFERED limits the feature bits, those of queues too:
 * UINT64_MAX offers all.
 */
void virtio_device_connect(struct virtio_device *device, struct virtio_memory *memory,
			   uint64_t offered, const struct virtio_transport_ops *transport,
			   void *transport_arg);
/*
 * The driver accepts FEATURES. Returns 0; VIRTIO_ERR_UNSUPPORTED (a bit that was not offered, or
 * VIRTIO_F_VERSION_1 or one that the model requires is missing); VIRTIO_ERR_BUSY (a queue runs with
 * others). The transport's own bits must have been removed.
 */
int virtio_device_negotiate(struct virtio_device *device, uint64_t features);
/*
 * The driver writes STATUS: 0 resets; bits are set and stay; FEATURES_OK only after
 * virtio_device_negotiate() has succeeded. For transports that pass the status on; others need not
 * call it. Returns the status that the driver then reads.
 */
uint8_t virtio_device_set_status(struct virtio_device *device, uint8_t status);
/* Resets the device: stops its queues, forgets features, status, and all that the model keeps. */
void virtio_device_reset(struct virtio_device *device);

/*
 * Reads or writes the device's configuration. Returns 0 or VIRTIO_ERR_INVALID: not all of it lies
 * within.
 */
int virtio_device_read_config(const struct virtio_device *device, uint32_t offset, void *to,
			      uint32_t length);
int virtio_device_write_config(struct virtio_device *device, uint32_t offset, const void *from,
			       uint32_t length);

/*
 * Starts queue INDEX. A transport that knows DRIVER_OK, or enabled and disabled queues, starts it
 * when all that is so, and stops it when it no longer is: the model may use a queue that runs at
 * any time. SETUP's features are ignored: the negotiated ones count. Returns what
 * virtio_queue_start() returns, and VIRTIO_ERR_NOT_FOUND (no such queue), VIRTIO_ERR_INVALID
 * (longer than VIRTIO_DEVICE_QUEUE_SIZE). Run it afterwards: chains may be there already.
 */
int virtio_device_start_queue(struct virtio_device *device, unsigned index,
			      const struct virtio_queue_setup *setup,
			      const struct virtio_tracker *tracker, void *tracker_arg);
/*
 * Stops queue INDEX and returns its base (0 when there is no such queue). The model keeps its state
 * of the queue: if the queue is started again with that base and `resume`, it goes on; otherwise
 * call virtio_device_reset() first.
 */
uint32_t virtio_device_stop_queue(struct virtio_device *device, unsigned index);
/*
 * The guest kicked queue INDEX: serves up to BUDGET chains and notifies the guest. True: there is
 * more to do; call again after others had their turn. An INDEX that does not exist, a stopped queue
 * and a broken device do nothing.
 */
bool virtio_device_run(struct virtio_device *device, unsigned index, unsigned budget);

/* For models. */

/* Fills what the model itself determines; CONFIG stays the model's. All else is zero. */
void virtio_device_init(struct virtio_device *device, const struct virtio_model *model,
			const void *config, unsigned config_size);
/* The next chain of QUEUE, in the device's scratch chain, or NULL. */
struct virtio_chain *virtio_device_pop(struct virtio_device *device, unsigned queue);
/*
 * Gives back CHAIN with the bytes that virtio_chain_write() wrote. Within serve() nothing else is
 * needed;
 */
void virtio_device_push(struct virtio_device *device, unsigned queue,
			const struct virtio_chain *chain);
/*
 * outside of it this, once after the last push: notifies the guest if it wants that, and reports a
 * queue that broke.
 */
void virtio_device_announce(struct virtio_device *device, unsigned queue);

#endif
