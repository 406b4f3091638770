/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One request at a time to a virtio device of QEMU's virt, for a measurement: the driver's own
 * interface, not a class.
 */
#ifndef VIRTIO_REQUEST_H
#define VIRTIO_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

struct virtio_request;

/*
 * The device; NULL: none of the virtio-mmio slots has one of the kinds that are known here (gpio,
 * rng).
 */
struct virtio_request *virtio_request_device(void);
const char *virtio_request_kind(const struct virtio_request *r);

/* Has the device interrupt at the end of each request, or not. */
void virtio_request_interrupts(struct virtio_request *r, bool on);
/*
 * A request that sets line LINE of a gpio device to LEVEL; of any other kind, the shortest that
 * there is.
 */
void virtio_request_post(struct virtio_request *r, unsigned line, unsigned level);
/* Looks whether it has been answered, LIMIT times at the most. Returns how often it was not. */
uint32_t virtio_request_poll(struct virtio_request *r, uint32_t limit);
/* Looks COUNT times when nothing was asked: to see what looking costs. */
void virtio_request_spin(struct virtio_request *r, uint32_t count);
/* Sleeps until the interrupt has said so. */
void virtio_request_sleep(struct virtio_request *r);
/* Takes the answer. Returns whether the device did what was asked. */
bool virtio_request_take(struct virtio_request *r);
/* Makes LINE of a gpio device an output. Returns whether it is one. */
bool virtio_request_output(struct virtio_request *r, unsigned line);

#endif
