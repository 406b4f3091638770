// SPDX-License-Identifier: GPL-2.0-only
/*
 * An I2C bus of models without a controller's registers (UM10204, section 3.1): driver and model
 * are one, so that a driver of a target is tried without one of a controller. A byte with its
 * acknowledge takes 9 clocks of 100 kHz; START and STOP take none. Faults can be set at any byte.
 */
#include <ferry/i2c.h>

#include "models.h"

#define BYTE_NS (9 * 10 * FY_NS_PER_US)

static struct i2c_bus_model *bus_of(struct user_model *model)
{
	return (struct i2c_bus_model *)model;
}

static uint64_t now_of(const struct i2c_bus_model *m)
{
	return user_world_now(m->model.world);
}

static const struct fy_i2c_message *message_of(const struct i2c_bus_model *m)
{
	return &m->messages[m->which];
}

static bool is_last(const struct i2c_bus_model *m)
{
	return m->which + 1 == m->count;
}

/* The message is over, with a repeated START if another one follows. */
static void end_message(struct i2c_bus_model *m, bool repeated)
{
	if (m->target)
		m->target->stop(m->target, repeated, now_of(m));
	m->target = NULL;
}

static void finish(struct i2c_bus_model *m, int error)
{
	const unsigned done = error ? m->which : m->count;

	end_message(m, false);
	m->messages = NULL;
	user_timer_stop(&m->byte_over);
	if (m->bus)
		fy_i2c_done(m->bus, done, error);
}

/* ---- Bytes ---- */

/* The fault at the byte that is over. */
static enum i2c_bus_fault fault_of(struct i2c_bus_model *m)
{
	const unsigned long n = m->bytes++;

	return n >= m->fault_at && n - m->fault_at < m->fault_bytes ? m->fault : I2C_BUS_NO_FAULT;
}

static bool address(struct i2c_bus_model *m, enum i2c_bus_fault fault)
{
	struct i2c_target *target = i2c_target_find(m->targets, message_of(m)->address);

	if (fault == I2C_BUS_REFUSES || !target ||
	    !target->start(target, message_of(m)->read, now_of(m)))
		return false;
	m->target = target;
	return true;
}

/* A byte of data. Returns whether it was acknowledged; one that is read always is. */
static bool data(struct i2c_bus_model *m, enum i2c_bus_fault fault)
{
	uint8_t *byte = &message_of(m)->data[m->moved - 1];

	if (!message_of(m)->read)
		return fault != I2C_BUS_REFUSES && m->target->write(m->target, *byte);
	*byte = m->target->read(m->target);
	if (fault == I2C_BUS_FLIPS)
		*byte ^= 0xff;
	return true;
}

/* A byte is over: an address, if it is the first of its message. */
static uint64_t byte_over(void *arg, uint64_t due)
{
	struct i2c_bus_model *m = arg;
	const enum i2c_bus_fault fault = fault_of(m);

	if (fault == I2C_BUS_HOLDS)
		return FY_TIMER_STOP;
	if (!(m->moved ? data(m, fault) : address(m, fault))) {
		finish(m, m->moved ? FY_ERR_IO : FY_ERR_NOT_FOUND);
		return FY_TIMER_STOP;
	}
	if (m->moved++ < message_of(m)->length)
		return due + BYTE_NS;
	end_message(m, !is_last(m));
	if (is_last(m)) {
		finish(m, 0);
		return FY_TIMER_STOP;
	}
	m->which++;
	m->moved = 0;
	return due + BYTE_NS;
}

static void attach(struct user_model *model, struct i2c_target *target, unsigned channel)
{
	(void)channel;
	i2c_target_attach(&bus_of(model)->targets, target);
}

static int init(struct user_model *model)
{
	user_model_timer_init(&bus_of(model)->byte_over, model, byte_over);
	return 0;
}

const struct user_model_kind i2c_bus_model = {
	.name = "i2c-bus",
	.compatible = "",
	.size = sizeof(struct i2c_bus_model),
	.init = init,
	.attach = attach,
};

/* ---- The driver ---- */

static int start(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count)
{
	struct i2c_bus_model *m = bus_of(dev->model);

	m->messages = messages;
	m->count = count;
	m->which = m->moved = 0;
	user_timer_start(&m->byte_over, now_of(m) + BYTE_NS);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct i2c_bus_model *m = bus_of(dev->model);

	user_timer_stop(&m->byte_over);
	end_message(m, false);
	m->messages = NULL;
}

static int bus_probe(struct fy_device *dev)
{
	static const struct fy_i2c_ops ops = { start, cancel };
	struct i2c_bus_model *m = bus_of(dev->model);
	struct fy_i2c_bus *bus = fy_state(dev);
	int rc = fy_i2c_offer(dev, bus, &ops);

	m->bus = rc ? NULL : bus;
	return rc;
}

static void bus_remove(struct fy_device *dev)
{
	fy_i2c_withdraw(fy_state(dev));
	bus_of(dev->model)->bus = NULL;
}

static const struct fy_driver bus_driver = {
	.name = "i2c-bus",
	.state_size = sizeof(struct fy_i2c_bus),
	.probe = bus_probe,
	.remove = bus_remove,
};

struct fy_device *user_i2c_add_bus(struct user_world *w, const char *name)
{
	struct fy_device *dev = user_device_add(w, &bus_driver, name);

	if (!dev || user_device_set_model(dev, user_model_new(w, &i2c_bus_model)))
		return NULL;
	return dev;
}
