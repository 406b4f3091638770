// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-console: see virtio-console.h. */
#include "virtio-console.h"

enum { DEVICE_ID = 3, CONFIG_PORTS = 4, CONFIG_EMERGENCY_WRITE = 8 };
/*
 * Control messages (section 5.3.6.2): the port's number, the event, its value; all numbers little
 * endian.
 */
enum { MESSAGE_EVENT = 4, MESSAGE_VALUE = 6, MESSAGE_SIZE = 8 };
enum { DEVICE_READY = 0, DEVICE_ADD = 1, PORT_READY = 3, PORT_OPEN = 6, PORT_NAME = 7 };

/* ---- Out of the guest ---- */

static void give_back(struct virtio_console *console)
{
	virtio_device_push(&console->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE, &console->output);
	console->sending = false;
}

/* Offers the pending bytes to what stands behind. False: it has no room. */
static bool write_pending(struct virtio_console *console)
{
	long count = console->ops->write(console->arg, console->buffer + console->taken,
					 console->pending);

	if (!count)
		return false;
	if (count < 0)
		give_back(console);
	if (count < 0 || (unsigned long)count > console->pending)
		count = console->pending;
	console->taken += (unsigned)count;
	console->pending -= (unsigned)count;
	return true;
}

/*
 * Moves the next bytes of the guest's chain to the buffer, or gives the chain back when there are
 * none.
 */
static void read_output(struct virtio_console *console)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_TRANSMIT_QUEUE];

	console->taken = 0;
	console->pending = (unsigned)virtio_chain_read(queue, &console->output, console->buffer,
						       sizeof(console->buffer));
	if (!console->pending)
		give_back(console);
}

static void end(struct virtio_console *console)
{
	console->ending = false;
	if (console->ops->end)
		console->ops->end(console->arg);
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
			if (virtio_queue_pop(queue, &console->output) <= 0) {
				if (console->ending)
					end(console);
				return VIRTIO_EMPTY;
			}
			console->sending = true;
		}
		read_output(console);
	}
	return VIRTIO_MORE;
}

/* ---- Into it ---- */

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

/* ---- Control messages ---- */

/* The control messages to the guest, in this order; the value of each is 1. */
static const unsigned char events[] = { DEVICE_ADD, PORT_NAME, PORT_OPEN };
enum { SEND_DEVICE = 1, SEND_PORT = 6 }; /* bits */

static size_t length_of(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

/* False: the guest has no buffer for it. */
static bool send_control(struct virtio_console *console, unsigned char event)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE];
	const unsigned char message[MESSAGE_SIZE] = {
		[MESSAGE_EVENT] = event, [MESSAGE_VALUE] = 1
	};
	struct virtio_chain *chain =
		virtio_device_pop(&console->device, VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE);

	if (!chain && virtio_queue_enable_notify(queue))
		chain = virtio_device_pop(&console->device, VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE);
	if (!chain)
		return false;
	virtio_chain_write(queue, chain, message, sizeof(message));
	if (event == PORT_NAME)
		virtio_chain_write(queue, chain, console->name, length_of(console->name));
	virtio_device_push(&console->device, VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE, chain);
	return true;
}

static void send_pending(struct virtio_console *console)
{
	for (unsigned i = 0; i < sizeof(events); i++) {
		if (!(console->unsent >> i & 1))
			continue;
		if (!send_control(console, events[i]))
			break;
		console->unsent &= ~(1U << i);
	}
	virtio_device_announce(&console->device, VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE);
}

static void handle_control(struct virtio_console *console, const unsigned char *message)
{
	const unsigned event = message[MESSAGE_EVENT] | (unsigned)message[MESSAGE_EVENT + 1] << 8;
	const bool value = message[MESSAGE_VALUE] || message[MESSAGE_VALUE + 1];

	if (event == DEVICE_READY && value)
		console->unsent |= SEND_DEVICE;
	else if (event == PORT_READY && value)
		console->unsent |= SEND_PORT;
	else if (event == PORT_OPEN && !value)
		console->ending = true;
	send_pending(console);
	/*
	 * Bytes that were written before the port was closed are in the queue already. If they have
	 * to wait, so does the end of the writer.
	 */
	if (console->ending)
		virtio_device_run(&console->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE,
				  VIRTIO_DEVICE_QUEUE_SIZE);
}

static enum virtio_progress control(struct virtio_console *console, unsigned budget)
{
	struct virtio_queue *queue = &console->device.queue[VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE];
	unsigned char message[MESSAGE_SIZE];
	struct virtio_segment segment[1];
	struct virtio_chain kept;

	for (; budget; budget--) {
		struct virtio_chain *chain =
			virtio_device_pop(&console->device, VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE);
		bool whole;

		if (!chain)
			return VIRTIO_EMPTY;
		whole = virtio_chain_read(queue, chain, message, sizeof(message)) ==
			sizeof(message);
		virtio_chain_keep(&kept, segment, 1, chain);
		if (whole)
			handle_control(console, message);
		/*
		 * Only now: if the process is killed before this, the next process gets the message
		 * again.
		 */
		virtio_device_push(&console->device, VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE, &kept);
	}
	return VIRTIO_MORE;
}

/* ---- The device ---- */

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_console *console = (struct virtio_console *)device;

	switch (queue) {
	case VIRTIO_CONSOLE_RECEIVE_QUEUE:
		return receive(console);
	case VIRTIO_CONSOLE_TRANSMIT_QUEUE:
		return transmit(console, budget);
	case VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE:
		send_pending(console);
		return VIRTIO_STALLED;
	default:
		return control(console, budget);
	}
}

static void reset(struct virtio_device *device)
{
	struct virtio_console *console = (struct virtio_console *)device;

	console->sending = console->input_waits = false;
	console->pending = console->taken = 0;
	console->unsent = 0;
	end(console);
}

static void write_config(struct virtio_device *device, unsigned offset, const void *from,
			 unsigned length)
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

static const struct virtio_model port_model = {
	.name = "console",
	.id = DEVICE_ID,
	.queues = 4,
	.features = VIRTIO_FEATURE(VIRTIO_CONSOLE_F_MULTIPORT) |
		    VIRTIO_FEATURE(VIRTIO_CONSOLE_F_EMERG_WRITE),
	.serve = serve,
	.reset = reset,
	.write_config = write_config,
};

void virtio_console_init(struct virtio_console *console, const char *name,
			 const struct virtio_console_ops *ops, void *arg)
{
	*console = (struct virtio_console){
		.name = name, .ops = ops, .arg = arg, .config = { [CONFIG_PORTS] = name ? 1 : 0 }
	};
	virtio_device_init(&console->device, name ? &port_model : &console_model, console->config,
			   sizeof(console->config));
	virtio_chain_init(&console->output, console->output_segment, VIRTIO_DEVICE_SEGMENTS);
}

bool virtio_console_ready(struct virtio_console *console)
{
	return virtio_device_run(&console->device, VIRTIO_CONSOLE_TRANSMIT_QUEUE,
				 VIRTIO_DEVICE_QUEUE_SIZE);
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
