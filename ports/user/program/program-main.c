// SPDX-License-Identifier: GPL-2.0-only
/* The program of the user port: a driver as an ordinary process. See docs/user.md. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "user-program.h"
#include "samples.h"
#include "vhost/listener.h"
#include "restart/signals.h"
#include "restart/state.h"
#include "restart/worker.h"

/* What the program has made, to be undone. All zero: nothing. */
struct program {
	struct program_options options;
	int channel; /* front ends come by it: this is a worker; -1: by sockets */
	struct user_world *world;
	struct fy_device *dev;
	struct user_model *model;
	struct service *service;
	struct vhost_listener *listener[PROGRAM_SOCKETS];
	struct vhost_worker *worker;
	struct program_recorder *recorder;
	struct program_shell *shell;
	struct samples *samples;
	struct user_fd signals;
};

static void handle_signal(void *arg, short revents)
{
	struct program *p = arg;
	struct signalfd_siginfo info;

	if (read(p->signals.fd, &info, sizeof(info)) == sizeof(info))
		user_quit(p->world, 0);
}

/*
 * A division by zero is a fault of the driver's, there is nothing to go on with: it is told, in the
 * few calls that a handler may make.
 */
static void handle_division(int signal)
{
	static const char text[] = ": the driver divides by zero; it ends\n";

	if (write(STDERR_FILENO, program_name, strlen(program_name)) < 0 ||
	    write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(2);
	_exit(1);
}

static int watch_signals(struct program *p, struct error *err)
{
	/* A worker ends when its proxy does. */
	if (p->channel >= 0)
		return 0;
	p->signals = (struct user_fd){ .ready = handle_signal, .arg = p };
	return user_watch_signals(p->world, &p->signals, false, err);
}

static void front_end_gone(void *arg)
{
	struct program *p = arg;

	user_quit(p->world, 0);
}

static int open_socket(struct program *p, unsigned i, struct error *err)
{
	struct service *service = p->service;
	const char *path = p->options.socket[i].path;
	const bool to_connect = p->options.socket[i].connect;
	int state;

	if (vhost_state_open(p->options.socket[i].state, service, &state, err))
		return -1;
	p->listener[i] = to_connect ?
				 vhost_connect(p->world, service, path, state, front_end_gone, p) :
				 vhost_listen(p->world, service, path, state);
	if (p->listener[i])
		return 0;
	return error_errno(err, "%s: cannot %s", path, to_connect ? "connect" : "listen");
}

/* Front ends come by a proxy, which has no device to compare state files with. */
static int start_worker(struct program *p, struct error *err)
{
	for (unsigned i = 0; i < p->options.sockets; i++)
		if (p->options.socket[i].state &&
		    vhost_state_check(p->options.socket[i].state, p->service, err))
			return -1;
	p->worker = vhost_worker_new(p->world, p->service, p->channel, front_end_gone, p);
	return p->worker ? 0 : error_set(err, "out of memory");
}

static int open_sockets(struct program *p, struct error *err)
{
	if (!p->options.sockets)
		return 0;
	if (vhost_mapping_guard())
		return error_errno(err, "cannot guard memory");
	p->service = program_serve(p->dev, err);
	if (!p->service)
		return -1;
	if (p->options.no_packed)
		p->service->withheld = VIRTIO_FEATURE(VIRTIO_F_RING_PACKED);
	if (p->channel >= 0)
		return start_worker(p, err);
	for (unsigned i = 0; i < p->options.sockets; i++)
		if (open_socket(p, i, err))
			return -1;
	return 0;
}

static int set_up(struct program *p, struct error *err)
{
	signal(SIGFPE, handle_division);
	p->world = user_world_new(USER_CLOCK_REAL);
	if (!p->world)
		return error_set(err, "out of memory");
	p->dev = program_add_device(p->world, &p->options, &p->model, err);
	if (!p->dev)
		return -1;
	if (p->options.record) {
		p->recorder = program_record(p->world, p->model, p->options.record, err);
		if (!p->recorder)
			return -1;
	}
	if (watch_signals(p, err) || open_sockets(p, err))
		return -1;
	if (p->options.samples) {
		p->samples = samples_listen(p->world, p->dev, p->options.samples,
					    p->options.interval, err);
		if (!p->samples)
			return -1;
	}
	if (p->options.shell) {
		const bool alone = !p->options.sockets && !p->options.samples;

		p->shell = program_shell(p->world, p->model, alone, p->options.json);
		if (!p->shell)
			return error_set(err, "out of memory");
	}
	return p->options.sandbox ? program_sandbox(&p->options, PROGRAM_SERVER, err) : 0;
}

static int tear_down(struct program *p, struct error *err)
{
	int status;

	program_shell_free(p->shell);
	samples_free(p->samples);
	for (unsigned i = 0; i < p->options.sockets; i++)
		vhost_listener_free(p->listener[i]);
	vhost_worker_free(p->worker);
	free(p->service);
	status = program_recorder_end(p->recorder, err);
	if (p->world && p->signals.fd > 0) {
		user_unwatch_fd(p->world, &p->signals);
		close(p->signals.fd);
	}
	user_world_free(p->world);
	return status;
}

/*
 * Does all that the program is for. Front ends come by CHANNEL, then READY is counted up when it
 * begins to serve them; -1: by sockets. Returns the exit status.
 */
static int work(const struct program_options *options, int channel, int ready)
{
	struct program p = { .options = *options, .channel = channel };
	struct error err;
	int status;

	if (set_up(&p, &err)) {
		fprintf(stderr, "%s: %s\n", program_name, err.text);
		tear_down(&p, NULL);
		return 1;
	}
	if (ready >= 0) {
		eventfd_write(ready, 1);
		close(ready);
	}
	status = user_run(p.world);
	if (tear_down(&p, &err)) {
		fprintf(stderr, "%s: %s\n", program_name, err.text);
		status = 1;
	}
	return status;
}

static int confine_proxy(void *arg, struct error *err)
{
	const struct program_options *options = arg;

	return options->sandbox ? program_sandbox(options, PROGRAM_PROXY, err) : 0;
}

static int work_for_proxy(void *arg, int channel, int ready)
{
	return work(arg, channel, ready);
}

static int work_supervised(struct program_options *options)
{
	const struct supervised what = {
		.name = program_name,
		.socket = options->socket,
		.sockets = options->sockets,
		.confine_proxy = confine_proxy,
		.work = work_for_proxy,
		.arg = options,
	};

	return supervise(&what);
}

/*
 * Whoever started the program may have closed some of these; what it opens itself must not be taken
 * for them.
 */
static void open_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct program_options options;
	struct error err;
	int status;

	open_standard_files();
	status = program_options(&options, argc, argv, &err);
	if (status > 0)
		return 0;
	if (status < 0) {
		fprintf(stderr, "%s: %s\n", program_name, err.text);
		return 2;
	}
	return options.supervise ? work_supervised(&options) : work(&options, -1, -1);
}
