// SPDX-License-Identifier: GPL-2.0-only
/* Samples for other programs: see samples.h. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost/socket.h"
#include "sample-text.h"
#include "samples.h"

enum { CLIENTS_MAX = 64, WAITING_MAX = 1 << 16 /* bytes, that a client has not read */ };

struct client {
	struct client *next;
	struct samples *samples;
	struct user_fd fd;
	struct strbuf waiting;
	unsigned long lost; /* lines */
};

struct samples {
	struct user_world *world;
	struct fy_sensor *sensor;
	struct vhost_socket socket;
	uint64_t interval; /* 0: it samples by itself */
	struct client *clients;
	unsigned count;
	bool runs;
	struct user_sensor_watch watch;
	struct fy_timer timer;
	struct fy_sensor_reader reader;
	bool reading;
};

/* ---- Clients. ---- */

static void stop_if_alone(struct samples *s);

static void release(struct client *c)
{
	user_unwatch_fd(c->samples->world, &c->fd);
	close(c->fd.fd);
	strbuf_free(&c->waiting);
	free(c);
}

static void drop(struct client *c)
{
	struct samples *s = c->samples;
	struct client **at = &s->clients;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	s->count--;
	release(c);
}

/* Sends what waits. Returns false: it is gone, and so is C. */
static bool send_waiting(struct client *c)
{
	struct iovec bytes = { c->waiting.buf, c->waiting.len };
	const struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1 };
	ssize_t sent;

	if (!c->waiting.len)
		return true;
	sent = sendmsg(c->fd.fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent < 0 && errno != EAGAIN && errno != EINTR) {
		drop(c);
		return false;
	}
	if (sent > 0) {
		c->waiting.len -= (size_t)sent;
		memmove(c->waiting.buf, c->waiting.buf + sent, c->waiting.len + 1);
	}
	if (!c->waiting.len && c->lost) {
		strbuf_addf(&c->waiting, "{\"lost\":%lu}\n", c->lost);
		c->lost = 0;
	}
	c->fd.events = c->waiting.len ? POLLIN | POLLOUT : POLLIN;
	return true;
}

/* What a client says is not read; that it says so much, or nothing more, is its end. */
static void client_ready(void *arg, short revents)
{
	struct client *c = arg;
	struct samples *s = c->samples;
	char ignored[256];

	if (revents & POLLOUT && !send_waiting(c)) {
		stop_if_alone(s);
		return;
	}
	if (revents & (POLLIN | POLLHUP | POLLERR) &&
	    read(c->fd.fd, ignored, sizeof(ignored)) <= 0) {
		drop(c);
		stop_if_alone(s);
	}
}

/* LINES of TEXT for everybody. */
static void tell(struct samples *s, const struct strbuf *text, unsigned lines)
{
	struct client *next;

	for (struct client *c = s->clients; c; c = next) {
		next = c->next;
		if (c->lost || c->waiting.len + text->len > WAITING_MAX)
			c->lost += lines;
		else
			strbuf_add(&c->waiting, text->buf, text->len);
		send_waiting(c);
	}
}

/* ---- Samples. ---- */

static void on_sample(void *arg, uint64_t time, uint32_t channels, const int32_t *values)
{
	struct samples *s = arg;
	struct strbuf text = STRBUF_INIT;

	sample_add(&text, s->sensor, true, true, time, channels, values);
	if (!text.failed)
		tell(s, &text, (unsigned)__builtin_popcount(channels));
	strbuf_free(&text);
}

static void on_lost(void *arg)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, "{\"lost\":true}\n");
	tell(arg, &text, 1);
	strbuf_free(&text);
}

static void on_event(void *arg, unsigned channel, enum fy_sensor_limit limit, uint64_t time)
{
	struct samples *s = arg;
	struct strbuf text = STRBUF_INIT;

	sample_add_event(&text, s->sensor, true, channel, limit, time);
	tell(s, &text, 1);
	strbuf_free(&text);
}

static void measured(void *arg, struct fy_sensor_reader *reader)
{
	struct samples *s = arg;
	struct strbuf text = STRBUF_INIT;

	s->reading = false;
	if (!reader->error)
		return; /* its samples have been told */
	strbuf_addf(&text, "{\"error\":%d}\n", reader->error);
	tell(s, &text, 1);
	strbuf_free(&text);
}

/* A measurement that takes longer than the interval is not begun again before it has ended. */
static uint64_t measure(void *arg, uint64_t due)
{
	struct samples *s = arg;

	if (!s->clients)
		return FY_TIMER_STOP;
	if (!s->reading)
		s->reading = !user_sensor_read(s->sensor, &s->reader);
	return due + s->interval;
}

static void start(struct samples *s)
{
	s->runs = true;
	if (s->interval)
		user_timer_start(&s->timer, user_world_now(s->world));
	else if (user_sensor_stream(s->sensor, s->reader.channels))
		user_log(s->sensor->dev, USER_LOG_WARN, "--samples: the device cannot sample now");
}

static void stop_if_alone(struct samples *s)
{
	if (s->clients || !s->runs)
		return;
	s->runs = false;
	user_timer_stop(&s->timer);
	if (!s->interval)
		user_sensor_stop(s->sensor);
}

static void connected(void *arg, int fd)
{
	struct samples *s = arg;
	struct client *c = s->count < CLIENTS_MAX ? calloc(1, sizeof(*c)) : NULL;

	if (!c) {
		close(fd);
		return;
	}
	c->samples = s;
	c->fd = (struct user_fd){ .fd = fd, .events = POLLIN, .ready = client_ready, .arg = c };
	c->next = s->clients;
	s->clients = c;
	s->count++;
	if (user_watch_fd(s->world, &c->fd))
		drop(c);
	else if (!s->runs)
		start(s);
}

struct samples *samples_listen(struct user_world *world, struct fy_device *dev, const char *path,
			       uint64_t interval, struct error *err)
{
	struct fy_sensor *sensor = user_sensor_of(dev);
	struct samples *s;

	if (!sensor) {
		error_set(err, "--samples: the driver offers no sensor");
		return NULL;
	}
	s = calloc(1, sizeof(*s));
	if (!s) {
		error_set(err, "out of memory");
		return NULL;
	}
	s->world = world;
	s->sensor = sensor;
	s->interval = interval || sensor->ops->stream ? interval : FY_NS_PER_SEC;
	s->reader = (struct fy_sensor_reader){
		.channels = UINT32_MAX >> (FY_SENSOR_CHANNELS_MAX - sensor->count),
		.ended = measured,
		.arg = s,
	};
	s->watch = (struct user_sensor_watch){
		.sample = on_sample, .lost = on_lost, .event = on_event, .arg = s
	};
	user_timer_init(&s->timer, world, measure, s);
	s->socket.connected = connected;
	s->socket.arg = s;
	if (vhost_socket_listen(&s->socket, world, path)) {
		error_errno(err, "%s: cannot listen", path);
		free(s);
		return NULL;
	}
	user_sensor_watch(sensor, &s->watch);
	return s;
}

void samples_free(struct samples *s)
{
	struct client *next;

	if (!s)
		return;
	for (struct client *c = s->clients; c; c = next) {
		next = c->next;
		release(c);
	}
	s->clients = NULL;
	stop_if_alone(s);
	user_sensor_cancel(s->sensor, &s->reader);
	user_sensor_unwatch(s->sensor, &s->watch);
	vhost_socket_close(&s->socket, true);
	free(s);
}
