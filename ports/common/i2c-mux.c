// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Channels of an I2C multiplexer, where no kernel has the class. A transfer that the queue of a
 * channel begins is done by the multiplexer's work: it has the channel selected, then the same
 * messages done on the bus above.
 */
#include <ferry/i2c-mux.h>

#include <ferry/port/enter.h>

#include "i2c-queue.h"

static struct fy_i2c_channel *channel_of(struct fy_i2c_bus *bus)
{
	return (struct fy_i2c_channel *)bus;
}

static struct fy_i2c_channel *next_channel(struct fy_i2c_mux *mux)
{
	for (unsigned i = 0; i < mux->channels; i++)
		if (mux->channel[i].messages)
			return &mux->channel[i];
	return NULL;
}

static int connect(struct fy_i2c_mux *mux, int channel)
{
	int rc = 0;

	if (mux->selected != channel) {
		rc = mux->ops->select(mux->dev, (unsigned)channel);
		mux->selected = rc ? -1 : channel;
	}
	return rc;
}

/* The queue may have given it up, and begun another one, whenever this waits. */
static void do_transfer(struct fy_i2c_mux *mux, struct fy_i2c_channel *channel)
{
	const unsigned begun = channel->begun;
	uintptr_t before;
	int error = connect(mux, channel->bus.channel);

	if (channel->begun != begun || !channel->messages)
		return;
	channel->transfer.done = 0;
	if (!error) {
		channel->transfer.messages = channel->messages;
		channel->transfer.count = channel->count;
		error = i2c_queue_wait(mux->target->bus, &channel->transfer);
	}
	before = fy_port_enter(mux->dev);
	if (channel->begun == begun && channel->messages) {
		channel->messages = NULL;
		fy_port_i2c_done(&channel->bus, channel->transfer.done, error);
	}
	fy_port_leave(mux->dev, before);
}

static void work(void *arg)
{
	struct fy_i2c_mux *mux = arg;
	struct fy_i2c_channel *channel;

	while ((channel = next_channel(mux)))
		do_transfer(mux, channel);
}

/* ---- For the channel's queue ---- */

static int start(struct fy_i2c_bus *bus, const struct fy_i2c_message *messages, unsigned count)
{
	struct fy_i2c_channel *channel = channel_of(bus);

	channel->messages = messages;
	channel->count = count;
	channel->begun++;
	fy_work_start(&channel->mux->work);
	return 0;
}

static void cancel(struct fy_i2c_bus *bus)
{
	struct fy_i2c_channel *channel = channel_of(bus);

	channel->messages = NULL;
	i2c_queue_abort(&channel->transfer);
}

/* ---- For drivers ---- */

int fy_port_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
			  struct fy_i2c_mux *mux, unsigned channels,
			  const struct fy_i2c_mux_ops *ops)
{
	if (!channels || channels > FY_I2C_CHANNELS_MAX)
		return FY_ERR_INVALID;
	*mux = (struct fy_i2c_mux){
		.dev = dev, .target = target, .ops = ops, .channels = channels, .selected = -1
	};
	fy_work_init(&mux->work, dev, work, mux);
	for (unsigned i = 0; i < channels; i++) {
		struct fy_i2c_bus *bus = &mux->channel[i].bus;

		mux->channel[i].mux = mux;
		i2c_queue_open(bus, dev, NULL);
		bus->channel = (int)i;
		bus->start = start;
		bus->cancel = cancel;
		fy_port_i2c_add(bus);
	}
	return 0;
}

void fy_port_i2c_mux_withdraw(struct fy_i2c_mux *mux)
{
	for (unsigned i = 0; i < mux->channels; i++)
		fy_port_i2c_withdraw(&mux->channel[i].bus);
	fy_work_stop(&mux->work);
	mux->channels = 0;
}
