/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* virtio-rng, the entropy device (Virtual I/O Device specification 1.3, section 5.4). */
#ifndef VIRTIO_RNG_H
#define VIRTIO_RNG_H

#include "virtio-device.h"

#define VIRTIO_RNG_POOL 256 /* the most random bytes that one request gets */

struct virtio_rng_ops {
	/*
	 * Puts up to LENGTH random bytes at TO. Returns how many; 0 or less: none at the moment;
	 * call virtio_rng_ready() when there are.
	 */
	long (*fill)(void *arg, void *to, size_t length);
};

struct virtio_rng {
	struct virtio_device device;
	const struct virtio_rng_ops *ops;
	void *arg;
	unsigned left; /* unused bytes of the pool: the last ones */
	unsigned char pool[VIRTIO_RNG_POOL];
};

/* Makes *RNG a device. Then call virtio_device_connect(). */
void virtio_rng_init(struct virtio_rng *rng, const struct virtio_rng_ops *ops, void *arg);
/* There are random bytes again. Returns true if there is more to do: see virtio_device_run(). */
bool virtio_rng_ready(struct virtio_rng *rng);

#endif
