// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-console: see console.h. */
#include "console.h"

enum { DEVICE_ID = 3, CONFIG_EMERGENCY_WRITE = 8 };

/* Offers the pending bytes to what stands behind. False: it has no room. */
static bool write_pending(struct virtio_console *console)
{
	long count = console->ops->write(console->arg, console->buffer + console->taken, console->pending);

	if (!count)
		return false;
	if (count < 0 || (unsigned long)count > console->pending)
		count = console->pending;
	console->taken += (unsigned)count;
	console->pending -= (unsigned)count;
	return true;
}

/* Moves the next bytes of the guest's chain to the buffer, or gives the chain back when there are none. */
static void read_output(struct virtio_console *console)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_TRANSMIT_QUEUE];

	console->taken = 0;
	console->pending = (unsigned)virtio_chain_read(queue, &console->output, console->buffer, sizeof(console->buffer));
	if (console->pending)
		return;
	virtio_device_push(&console->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, &console->output);
	console->sending = false;
}

/* The budget is spent on chains and on pieces of them alike: one chain may be 4 GiB long. */
static enum virtio_progress transmit(struct virtio_console *console, unsigned budget)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_TRANSMIT_QUEUE];

	for (; budget; budget--) {
		if (console->pending && !write_pending(console))
			return VIRTIO_STALLED;
		if (console->pending)
			continue;
		if (!console->sending) {
			if (virtio_queue_pop(queue, &console->output) <= 0)
				return VIRTIO_EMPTY;
			console->sending = true;
		}
		read_output(console);
	}
	return VIRTIO_MORE;
}

/* The guest gave buffers for input. They stay in the ring until there is any. */
static enum virtio_progress receive(struct virtio_console *console)
{
	if (console->input_waits) {
		console->input_waits = false;
		if (console->ops->room)
			console->ops->room(console->arg);
	}
	return VIRTIO_STALLED;
}

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_console *console = (struct virtio_console *)device;

	return queue == VIRTIO_CONSOLE_TRANSMIT_QUEUE ? transmit(console, budget) : receive(console);
}

static void reset(struct virtio_device *device)
{
	struct virtio_console *console = (struct virtio_console *)device;

	console->sending = console->input_waits = false;
	console->pending = console->taken = 0;
}

static void write_config(struct virtio_device *device, unsigned offset, const void *from, unsigned length)
{
	struct virtio_console *console = (struct virtio_console *)device;

	/* Little endian: the lowest byte counts. */
	if (offset == CONFIG_EMERGENCY_WRITE && length)
		(void)console->ops->write(console->arg, from, 1);
}

static const struct virtio_model console_model = {
	.name = "console",
	.id = DEVICE_ID,
	.queues = 2,
	.features = VIRTIO_FEATURE(VIRTIO_CONSOLE_F_EMERG_WRITE),
	.serve = serve,
	.reset = reset,
	.write_config = write_config,
};

void virtio_console_init(struct virtio_console *console, const struct virtio_console_ops *ops, void *arg)
{
	*console = (struct virtio_console){ .ops = ops, .arg = arg };
	virtio_device_init(&console->device, &console_model, console->config, sizeof(console->config));
	virtio_chain_init(&console->output, console->output_segment, VIRTIO_DEVICE_SEGMENTS);
}

bool virtio_console_ready(struct virtio_console *console)
{
	return virtio_device_run(&console->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, VIRTIO_DEVICE_QUEUE_SIZE);
}

size_t virtio_console_input(struct virtio_console *console, const void *from, size_t length)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_RECEIVE_QUEUE];
	const unsigned char *byte = from;
	struct virtio_chain *chain;
	size_t done = 0;

	/* Limited: a guest can add buffers without room as fast as they are given back. */
	for (unsigned left = VIRTIO_DEVICE_QUEUE_SIZE; left && done < length; left--) {
		chain = virtio_device_pop(&console->device, VIRTIO_CONSOLE_RECEIVE_QUEUE);
		if (!chain) {
			if (virtio_queue_enable_notify(queue))
				continue;
			break;
		}
		done += virtio_chain_write(queue, chain, byte + done, length - done);
		virtio_device_push(&console->device, VIRTIO_CONSOLE_RECEIVE_QUEUE, chain);
	}
	console->input_waits = done < length;
	virtio_device_announce(&console->device, VIRTIO_CONSOLE_RECEIVE_QUEUE);
	return done;
}
