/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * virtio-console with one port (Virtual I/O Device specification 1.3, section 5.3): bytes out of
 * the guest, and into it. With a name, a guest that negotiates control messages has a plain port of
 * that name (Linux: /dev/vport0p0); its writers wait when there is no room, and the device sees
 * when the port is closed. Any other guest has a console (Linux: /dev/hvc0, where a write without
 * room stops the processor).
 */
#ifndef VIRTIO_CONSOLE_H
#define VIRTIO_CONSOLE_H

#include "virtio-device.h"

enum {
	VIRTIO_CONSOLE_F_MULTIPORT = 1,
	VIRTIO_CONSOLE_F_EMERG_WRITE = 2,
	VIRTIO_CONSOLE_RECEIVE_QUEUE = 0, /* into the guest */
	VIRTIO_CONSOLE_TRANSMIT_QUEUE = 1,
	VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE = 2,
	VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE = 3,
};

struct virtio_console_ops {
	/*
	 * Takes up to LENGTH bytes (at least 1) that the guest wrote. Returns how many; 0: no room
	 * now: call virtio_console_ready() when there is. Negative: the bytes are not valid, and
	 * are dropped with the rest of what the guest wrote at once.
	 */
	long (*write)(void *arg, const void *from, size_t length);
	/*
	 * The guest has room for input again, after virtio_console_input() took less than it was
	 * given. NULL: not called.
	 */
	void (*room)(void *arg);
	/*
	 * The writer has closed the port and all its bytes were taken, or the device was reset: the
	 * next bytes are from another writer. A writer that opens the port before all was taken
	 * counts as the same one. NULL: not called.
	 */
	void (*end)(void *arg);
};

struct virtio_console {
	struct virtio_device device;
	const struct virtio_console_ops *ops;
	void *arg;
	const char *name;
	/* `output` is a chain that the guest wrote, not yet taken in full */
	bool sending;
	bool input_waits; /* there was more input than the guest had room for */
	/* the port was closed; more that was written before may be in the queue */
	bool ending;
	/* control messages that wait for buffers of the guest: a bit each */
	unsigned unsent;
	struct virtio_chain output; /* on output_segment */
	struct virtio_segment output_segment[VIRTIO_DEVICE_SEGMENTS];
	/* bytes of `buffer` that the guest wrote, not yet taken: from `taken` on */
	unsigned pending;
	unsigned taken;
	unsigned char buffer[256];
	/* columns, rows: not offered, 0; how many ports; the emergency write register */
	unsigned char config[12];
};

/*
 * Makes *CONSOLE a device whose port is called NAME, which must outlive it; NULL: it has none. Then
 * call virtio_device_connect().
 */
void virtio_console_init(struct virtio_console *console, const char *name,
			 const struct virtio_console_ops *ops, void *arg);
/*
 * There is room for bytes from the guest again. Returns true if there is more to do: see
 * virtio_device_run().
 */
bool virtio_console_ready(struct virtio_console *console);
/*
 * Passes LENGTH bytes to the guest. Returns how many it had room for; the caller has to pass the
 * rest again later.
 */
size_t virtio_console_input(struct virtio_console *console, const void *from, size_t length);

#endif
