// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class sensor: those that drivers offer. Readers queue up: those that came while a measurement was
 * under way have the next one, one after the other. Measurements are started, and readers told, in
 * turns of the loop: so `ended` may call anything.
 */
#include <stdlib.h>

#include "list.h"
#include "world.h"

struct user_sensor {
	struct fy_sensor *sensor;
	struct fy_sensor_reader *queue; /* who has not begun */
	struct fy_sensor_reader *over;	/* and who is to be told the end */
	struct user_sensor_watch *watches;
	struct fy_timer turn;
};

static struct user_sensor *port_of(const struct fy_sensor *sensor)
{
	return sensor->port;
}

/* ---- What the driver says. ---- */

static void on_sample(struct fy_sensor *sensor, uint64_t time, uint32_t channels,
		      const int32_t *values)
{
	struct user_sensor_watch *next;

	for (struct user_sensor_watch *w = port_of(sensor)->watches; w; w = next) {
		next = w->next;
		if (w->sample)
			w->sample(w->arg, time, channels, values);
	}
}

static void on_done(struct fy_sensor *sensor)
{
	user_timer_start(&port_of(sensor)->turn, 0);
}

static void on_lost(struct fy_sensor *sensor)
{
	for (struct user_sensor_watch *w = port_of(sensor)->watches; w; w = w->next)
		if (w->lost)
			w->lost(w->arg);
}

static void on_event(struct fy_sensor *sensor, unsigned channel, enum fy_sensor_limit limit,
		     uint64_t time)
{
	for (struct user_sensor_watch *w = port_of(sensor)->watches; w; w = w->next)
		if (w->event)
			w->event(w->arg, channel, limit, time);
}

static const struct fy_sensor_sink sink = { on_sample, on_done, on_lost, on_event };

/* ---- Turns. ---- */

/* In the driver's handler. */
static void collect(void *arg, struct fy_sensor_reader *reader)
{
	struct user_sensor *port = arg;

	list_append(&port->over, reader);
	user_timer_start(&port->turn, 0);
}

static void tell_end(struct fy_sensor_reader *reader, int error)
{
	reader->ended = reader->port_ended;
	reader->arg = reader->port_arg;
	reader->error = error;
	reader->ended(reader->arg, reader);
}

/* Whoever is told may end everything, this sensor as well: so it is the last of its turn. */
static bool tell_first(struct user_sensor *port)
{
	struct fy_sensor_reader *first = port->over;

	if (!first)
		return false;
	port->over = first->next;
	if (port->over || port->queue)
		user_timer_start(&port->turn, 0);
	tell_end(first, first->error);
	return true;
}

/* Begins for the first in the queue; again when what that has to wait for is over. */
static void begin_first(struct user_sensor *port)
{
	struct fy_sensor_reader *first = port->queue;
	int error;

	if (!first)
		return;
	port->queue = first->next;
	error = fy_port_sensor_begin(port->sensor, first);
	if (error == FY_ERR_BUSY && port->sensor->measuring) {
		first->next = port->queue;
		port->queue = first;
		return;
	}
	if (port->queue)
		user_timer_start(&port->turn, 0);
	if (error)
		tell_end(first, error);
}

static uint64_t turn(void *arg, uint64_t due)
{
	struct user_sensor *port = arg;

	(void)due;
	if (!tell_first(port))
		begin_first(port);
	return FY_TIMER_STOP;
}

/* ---- For drivers. ---- */

int fy_port_sensor_offer(struct fy_device *dev, struct fy_sensor *sensor,
			 const struct fy_sensor_channel *channels, unsigned count,
			 const struct fy_sensor_ops *ops)
{
	int error = user_refused(dev, USER_SENSOR_OFFER);
	struct user_sensor *port;

	if (!error)
		error = fy_port_sensor_init(dev, sensor, channels, count, ops, &sink);
	if (error)
		return error;
	port = calloc(1, sizeof(*port));
	if (!port)
		return FY_ERR_NO_MEMORY;
	port->sensor = sensor;
	user_timer_init(&port->turn, dev->world, turn, port);
	sensor->port = port;
	list_append(&dev->world->sensors, sensor);
	return 0;
}

/* ERROR 0: each has its own. */
static void tell_all(struct fy_sensor_reader **list, int error)
{
	while (*list) {
		struct fy_sensor_reader *first = *list;

		*list = first->next;
		tell_end(first, error ? error : first->error);
	}
}

void fy_port_sensor_withdraw(struct fy_sensor *sensor)
{
	struct user_sensor *port = port_of(sensor);

	list_remove(&sensor->dev->world->sensors, sensor);
	fy_port_sensor_end(sensor);
	sensor->port = NULL;
	user_timer_stop(&port->turn);
	tell_all(&port->over, 0);
	tell_all(&port->queue, FY_ERR_GONE);
	free(port);
}

/* ---- For outlets. ---- */

struct fy_sensor *user_sensor_first(struct user_world *w)
{
	return w->sensors;
}

struct fy_sensor *user_sensor_of(struct fy_device *dev)
{
	struct fy_sensor *sensor = dev->world->sensors;

	while (sensor && sensor->dev != dev)
		sensor = sensor->next;
	return sensor;
}

int user_sensor_read(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	struct user_sensor *port = port_of(sensor);

	if (!port)
		return FY_ERR_GONE;
	if (!reader->channels || (uint64_t)reader->channels >> sensor->count)
		return FY_ERR_INVALID;
	reader->port_ended = reader->ended;
	reader->port_arg = reader->arg;
	reader->ended = collect;
	reader->arg = port;
	list_append(&port->queue, reader);
	user_timer_start(&port->turn, 0);
	return 0;
}

void user_sensor_cancel(struct fy_sensor *sensor, struct fy_sensor_reader *reader)
{
	struct user_world *before;

	if (!port_of(sensor))
		return;
	before = user_enter(sensor->dev->world);
	list_remove(&port_of(sensor)->queue, reader);
	list_remove(&port_of(sensor)->over, reader);
	fy_port_sensor_cancel(sensor, reader);
	user_timer_start(&port_of(sensor)->turn, 0);
	user_leave(sensor->dev->world, before);
}

void user_sensor_watch(struct fy_sensor *sensor, struct user_sensor_watch *watch)
{
	list_append(&port_of(sensor)->watches, watch);
}

void user_sensor_unwatch(struct fy_sensor *sensor, struct user_sensor_watch *watch)
{
	if (port_of(sensor))
		list_remove(&port_of(sensor)->watches, watch);
}

int user_sensor_stream(struct fy_sensor *sensor, uint32_t channels)
{
	struct user_world *w = sensor->dev->world, *before = user_enter(w);
	int error = fy_port_sensor_stream(sensor, channels);

	user_leave(w, before);
	return error;
}

void user_sensor_stop(struct fy_sensor *sensor)
{
	struct user_world *w = sensor->dev->world, *before = user_enter(w);

	fy_port_sensor_stop(sensor);
	user_leave(w, before);
}

int user_sensor_get_rate(struct fy_sensor *sensor)
{
	struct user_world *w = sensor->dev->world, *before;
	int rc;

	if (!sensor->ops->get_rate)
		return FY_ERR_UNSUPPORTED;
	before = user_enter(w);
	rc = sensor->ops->get_rate(sensor->dev);
	user_leave(w, before);
	return rc;
}

static unsigned rates_of(const struct fy_sensor *sensor)
{
	unsigned count = 0;

	while (sensor->ops->rates && sensor->ops->rates[count])
		count++;
	return count;
}

int user_sensor_set_rate(struct fy_sensor *sensor, unsigned index)
{
	struct user_world *w = sensor->dev->world, *before;
	int rc;

	if (!sensor->ops->set_rate)
		return FY_ERR_UNSUPPORTED;
	if (index >= rates_of(sensor))
		return FY_ERR_INVALID;
	if (sensor->streaming)
		return FY_ERR_BUSY;
	before = user_enter(w);
	rc = sensor->ops->set_rate(sensor->dev, index);
	user_leave(w, before);
	return rc;
}

static bool has_limit(const struct fy_sensor *sensor, unsigned channel, enum fy_sensor_limit limit)
{
	return channel < sensor->count && sensor->channels[channel].limits & limit;
}

int user_sensor_get_threshold(struct fy_sensor *sensor, unsigned channel,
			      enum fy_sensor_limit limit, struct fy_sensor_threshold *threshold)
{
	struct user_world *w = sensor->dev->world, *before;
	int rc;

	if (!has_limit(sensor, channel, limit))
		return FY_ERR_UNSUPPORTED;
	before = user_enter(w);
	rc = sensor->ops->get_threshold(sensor->dev, channel, limit, threshold);
	user_leave(w, before);
	return rc;
}

int user_sensor_set_threshold(struct fy_sensor *sensor, unsigned channel,
			      enum fy_sensor_limit limit,
			      const struct fy_sensor_threshold *threshold)
{
	struct user_world *w = sensor->dev->world, *before;
	int rc;

	if (!has_limit(sensor, channel, limit))
		return FY_ERR_UNSUPPORTED;
	if (threshold->hysteresis < 0)
		return FY_ERR_INVALID;
	before = user_enter(w);
	rc = sensor->ops->set_threshold(sensor->dev, channel, limit, threshold);
	user_leave(w, before);
	return rc;
}
