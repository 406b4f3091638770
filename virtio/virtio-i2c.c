// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-i2c: see virtio-i2c.h. */
#include "virtio-i2c.h"

enum { DEVICE_ID = 34 };
enum { FLAG_FAIL_NEXT = 1, FLAG_READ = 2 };
enum { STATUS_OK, STATUS_ERROR };
enum { LENGTH_MAX = 65535 };

/* The header of a request: le16 address, shifted by one; le16 padding; le32 flags. */
enum { HEADER_ADDRESS = 0, HEADER_FLAGS = 4, HEADER = 8 };

static struct virtio_queue *queue_of(struct virtio_i2c *i2c)
{
	return &i2c->device.queue[VIRTIO_I2C_REQUEST_QUEUE];
}

/* ---- Answers ---- */

/* Nothing was done for the request: its status follows the bytes that would have been read. */
static void refuse(struct virtio_i2c *i2c, struct virtio_chain *chain)
{
	static const unsigned char zeroes[256], status = STATUS_ERROR;

	while (chain->to_write > 1 && chain->to_write <= LENGTH_MAX + 1) {
		uint32_t part =
			chain->to_write - 1 < sizeof(zeroes) ? chain->to_write - 1 : sizeof(zeroes);

		if (virtio_chain_write(queue_of(i2c), chain, zeroes, part) < part)
			break;
	}
	virtio_chain_write(queue_of(i2c), chain, &status, 1);
	virtio_device_push(&i2c->device, VIRTIO_I2C_REQUEST_QUEUE, chain);
}

static void answer(struct virtio_i2c *i2c, unsigned i)
{
	static const unsigned char status = STATUS_OK;
	const struct virtio_i2c_message *message = &i2c->message[i];
	struct virtio_chain *chain = &i2c->request[i].chain;

	if (message->read)
		virtio_chain_write(queue_of(i2c), chain, message->data, message->length);
	virtio_chain_write(queue_of(i2c), chain, &status, 1);
	virtio_device_push(&i2c->device, VIRTIO_I2C_REQUEST_QUEUE, chain);
}

/*
 * The transfer is over: answers its requests, the last one first. If the process is killed in
 * between, the next process does the unanswered requests again: these are the first ones of the
 * transfer, never a read alone whose register was set by a message before it.
 */
static void finish(struct virtio_i2c *i2c)
{
	for (unsigned i = i2c->count; i--;) {
		if (i < i2c->done)
			answer(i2c, i);
		else
			refuse(i2c, &i2c->request[i].chain);
	}
	if (i2c->done < i2c->count)
		i2c->failing = i2c->open;
	i2c->count = i2c->used = 0;
	i2c->busy = i2c->over = false;
}

/* ---- Requests ---- */

/* Makes of the chain the next message of the transfer. False: it is none, or does not fit. */
static bool take_message(struct virtio_i2c *i2c, struct virtio_chain *chain, uint32_t address,
			 uint32_t flags)
{
	const bool read = flags & FLAG_READ;
	const uint32_t length = read ? chain->to_write - 1 : chain->to_read;
	struct virtio_i2c_request *request = &i2c->request[i2c->count];
	unsigned char *data = i2c->bytes + i2c->used;

	if (address & ~0xfeu || flags & ~(uint32_t)(FLAG_FAIL_NEXT | FLAG_READ))
		return false;
	if (!chain->to_write || (read ? chain->to_read : chain->to_write > 1) ||
	    chain->writable > VIRTIO_I2C_SEGMENTS)
		return false;
	if (i2c->count == VIRTIO_I2C_MESSAGES || length > VIRTIO_I2C_BYTES - i2c->used)
		return false;
	if (read)
		__builtin_memset(data, 0, length);
	else if (virtio_chain_read(queue_of(i2c), chain, data, length) < length)
		return false;
	i2c->message[i2c->count++] = (struct virtio_i2c_message){ (uint8_t)(address >> 1), read,
								  (uint16_t)length, data };
	i2c->used += length;
	virtio_chain_keep(&request->chain, request->segment, VIRTIO_I2C_SEGMENTS, chain);
	return true;
}

static uint32_t get32(const unsigned char *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Takes a request. Returns whether what was collected is to be done now. */
static bool take(struct virtio_i2c *i2c, struct virtio_chain *chain)
{
	unsigned char header[HEADER] = { 0 };
	const bool whole = virtio_chain_read(queue_of(i2c), chain, header, HEADER) == HEADER;
	const uint32_t address = get32(header + HEADER_ADDRESS) & 0xffff,
		       flags = get32(header + HEADER_FLAGS);

	i2c->open = whole && flags & FLAG_FAIL_NEXT;
	if (whole && !i2c->failing && take_message(i2c, chain, address, flags))
		return !i2c->open;
	i2c->failing = i2c->open;
	refuse(i2c, chain);
	return i2c->count;
}

/* Has what was collected done. Returns whether it is under way. */
static bool run(struct virtio_i2c *i2c)
{
	i2c->waited = false;
	i2c->busy = true;
	if (!i2c->ops->start(i2c->arg, i2c->message, i2c->count))
		return true;
	i2c->done = 0;
	finish(i2c);
	return false;
}

/* There is no more, but the group is not over. Returns whether the rest is to be waited for. */
static bool wait_for_rest(struct virtio_i2c *i2c)
{
	i2c->waited = !i2c->waited && i2c->ops->wait;
	if (i2c->waited)
		i2c->ops->wait(i2c->arg);
	return i2c->waited;
}

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_i2c *i2c = (struct virtio_i2c *)device;
	struct virtio_chain *chain;

	if (i2c->over)
		finish(i2c);
	if (i2c->busy)
		return VIRTIO_STALLED;
	for (; budget; budget--) {
		chain = virtio_device_pop(device, queue);
		if (!chain && i2c->count && virtio_queue_usable(queue_of(i2c)) &&
		    !wait_for_rest(i2c) && run(i2c))
			return VIRTIO_STALLED;
		if (!chain)
			return VIRTIO_EMPTY;
		if (take(i2c, chain) && run(i2c))
			return VIRTIO_STALLED;
	}
	return VIRTIO_MORE;
}

static void reset(struct virtio_device *device)
{
	struct virtio_i2c *i2c = (struct virtio_i2c *)device;

	if ((i2c->busy && !i2c->over) || i2c->waited)
		i2c->ops->cancel(i2c->arg);
	i2c->busy = i2c->over = i2c->open = i2c->failing = i2c->waited = false;
	i2c->count = i2c->used = 0;
}

static const struct virtio_model i2c_model = {
	.name = "i2c",
	.id = DEVICE_ID,
	.queues = 1,
	.features = VIRTIO_FEATURE(VIRTIO_I2C_F_ZERO_LENGTH_REQUEST),
	.required = VIRTIO_FEATURE(VIRTIO_I2C_F_ZERO_LENGTH_REQUEST),
	.serve = serve,
	.reset = reset,
};

void virtio_i2c_init(struct virtio_i2c *i2c, const struct virtio_i2c_ops *ops, void *arg)
{
	*i2c = (struct virtio_i2c){ .ops = ops, .arg = arg };
	virtio_device_init(&i2c->device, &i2c_model, NULL, 0);
}

bool virtio_i2c_done(struct virtio_i2c *i2c, unsigned done)
{
	i2c->done = done;
	i2c->over = true;
	return virtio_i2c_ready(i2c);
}

bool virtio_i2c_ready(struct virtio_i2c *i2c)
{
	return virtio_device_run(&i2c->device, VIRTIO_I2C_REQUEST_QUEUE, VIRTIO_DEVICE_QUEUE_SIZE);
}
