// SPDX-License-Identifier: GPL-2.0-only
/* What services ask of the port, class by class, done by the world (user.h): see services.h. */
#include <stdlib.h>
#include <sys/random.h>

#include "services.h"
#include "services/console-service.h"
#include "services/gpio-service.h"
#include "services/i2c-service.h"
#include "services/net-service.h"
#include "services/rng-service.h"

/* ---- gpio ---- */

static const struct gpio_service_ops gpio_ops = { user_gpio_take, user_gpio_set_mode };

struct service *vhost_gpio_service(struct fy_gpio_controller *controller)
{
	struct gpio_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	gpio_service_init(service, controller->dev, controller, (uint16_t)controller->pins,
			  &gpio_ops);
	return &service->service;
}

/* ---- rng ---- */

static long read_rng(void *arg, void *data, size_t length)
{
	return user_rng_read(arg, data, length);
}

static long read_kernel(void *arg, void *data, size_t length)
{
	(void)arg;
	return getrandom(data, length, GRND_NONBLOCK);
}

struct service *vhost_rng_service(struct fy_rng *rng)
{
	struct rng_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	rng_service_init(service, rng ? rng->dev : NULL, rng ? read_rng : read_kernel, rng);
	return &service->service;
}

/* ---- net ---- */

struct net_user {
	struct net_service service; /* first */
	struct user_net_user user;
};

static void received(void *arg, const void *frame, size_t length)
{
	net_service_received(arg, frame, length);
}

static void ready(void *arg)
{
	net_service_ready(arg);
}

static void link_changed(void *arg, bool up)
{
	net_service_set_link(arg, up);
}

static int start_net(struct net_service *service, struct fy_net *net)
{
	struct net_user *user = (struct net_user *)service;

	user->user = (struct user_net_user){ received, ready, link_changed, service };
	return user_net_start(net, true, &user->user);
}

static void stop_net(struct net_service *service, struct fy_net *net)
{
	(void)service;
	user_net_stop(net);
}

static bool link_is_up(const struct fy_net *net)
{
	return net->up;
}

static const struct net_service_ops net_ops = { start_net, stop_net, user_net_send, link_is_up };

struct service *vhost_net_service(struct fy_net *net)
{
	struct net_user *user = calloc(1, sizeof(*user));

	if (!user)
		return NULL;
	net_service_init(&user->service, net->dev, net, net->address, &net_ops);
	return &user->service.service;
}

/* ---- stream ---- */

static void *open_writer(struct fy_stream *stream, void (*when_ready)(void *arg), void *arg)
{
	return user_session_open(stream, when_ready, arg);
}

static long write_stream(void *writer, const void *from, size_t length)
{
	return user_session_write(writer, from, length);
}

static bool is_drained(void *writer)
{
	return user_session_drained(writer);
}

static void close_writer(void *writer)
{
	user_session_close(writer);
}

static const struct console_service_ops stream_ops = { open_writer, write_stream, is_drained,
						       close_writer };

struct service *vhost_stream_service(struct fy_stream *stream)
{
	struct console_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	console_service_init(service, stream->dev, stream, stream->name, &stream_ops);
	return &service->service;
}

/* ---- i2c ---- */

struct transfer {
	struct fy_i2c_transfer transfer; /* first */
	void (*ended)(void *arg, unsigned done);
	void *arg;
};

static void transfer_ended(void *arg, struct fy_i2c_transfer *transfer)
{
	struct transfer *t = arg;

	t->ended(t->arg, transfer->done);
}

static int start_transfer(void *transfer, struct fy_i2c_bus *bus,
			  const struct fy_i2c_message *messages, unsigned count,
			  void (*ended)(void *arg, unsigned done), void *arg)
{
	struct transfer *t = transfer;

	t->ended = ended;
	t->arg = arg;
	t->transfer.messages = messages;
	t->transfer.count = count;
	t->transfer.ended = transfer_ended;
	t->transfer.arg = t;
	return i2c_queue_add(bus, &t->transfer);
}

static void cancel_transfer(void *transfer)
{
	struct transfer *t = transfer;

	i2c_queue_cancel(&t->transfer);
}

static const struct i2c_service_ops i2c_ops = { sizeof(struct transfer), start_transfer,
						cancel_transfer };

struct service *vhost_i2c_service(struct fy_i2c_bus *bus)
{
	struct i2c_service *service = calloc(1, sizeof(*service));

	if (!service)
		return NULL;
	i2c_service_init(service, bus->dev, bus, &i2c_ops);
	return &service->service;
}
