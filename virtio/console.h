/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* virtio-console with one port (Virtual I/O Device specification 1.3, section 5.3): bytes out of the guest, and into it. */
#ifndef VIRTIO_CONSOLE_H
#define VIRTIO_CONSOLE_H

#include "device.h"

enum {
	VIRTIO_CONSOLE_F_EMERG_WRITE = 2,
	VIRTIO_CONSOLE_RECEIVE_QUEUE = 0, /* into the guest */
	VIRTIO_CONSOLE_TRANSMIT_QUEUE = 1,
};

struct virtio_console_ops {
	/*
	 * Takes up to LENGTH bytes (at least 1) that the guest wrote. Returns how many; 0: no room now: call
	 * virtio_console_ready() when there is. Negative: the bytes are not valid, and are dropped.
	 */
	long (*write)(void *arg, const void *from, size_t length);
	/* The guest has room for input again, after virtio_console_input() took less than it was given. NULL: need not know. */
	void (*room)(void *arg);
};

struct virtio_console {
	struct virtio_device device;
	const struct virtio_console_ops *ops;
	void *arg;
	bool sending;		    /* `output` is a chain that the guest wrote, not yet taken in full */
	bool input_waits;	    /* there was more input than the guest had room for */
	struct virtio_chain output; /* on output_segment */
	struct virtio_segment output_segment[VIRTIO_DEVICE_SEGMENTS];
	unsigned pending;	    /* bytes of `buffer` that the guest wrote, not yet taken: from `taken` on */
	unsigned taken;
	unsigned char buffer[256];
	unsigned char config[12]; /* columns, rows, ports: not offered, 0; then the emergency write register */
};

/* Makes *CONSOLE a device. Then call virtio_device_connect(). */
void virtio_console_init(struct virtio_console *console, const struct virtio_console_ops *ops, void *arg);
/* There is room for bytes from the guest again. True: there is more to do: see virtio_device_run(). */
bool virtio_console_ready(struct virtio_console *console);
/* Hands LENGTH bytes to the guest. Returns how many it had room for; the rest is the caller's to offer again. */
size_t virtio_console_input(struct virtio_console *console, const void *from, size_t length);

#endif
