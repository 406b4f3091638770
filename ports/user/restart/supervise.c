// SPDX-License-Identifier: GPL-2.0-only
/*
 * The supervisor and what it starts: see supervise.h. It keeps its privileges, because the next
 * worker opens devices again; its only input is signals.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proxy.h"
#include "signals.h"
#include "state.h"
#include "supervise.h"
#include "vhost/packet.h"

#define MS UINT64_C(1000000)

/*
 * Each death counts, and is forgotten after so long a life; the more of them, the later the next
 * worker starts. Front ends may have to do with that, so all ends only for workers that did not get
 * so far as to serve any: so many in a row.
 */
enum {
	DEATHS_AT_ONCE = 3,
	FORGOTTEN_MS = 200,
	DELAY_MS = 10,
	DELAY_MAX_MS = 1000,
	FAILURES_MAX = 10
};
/* How long the others may take to end. */
enum { END_MS = 30000 };

struct supervisor {
	const struct supervised *what;
	struct user_world *world;
	struct user_fd signals;
	struct fy_timer timer; /* of the next worker; of the end */
	int control;	       /* to the proxy: a packet for each worker, with its channel */
	pid_t proxy, worker;   /* 0: there is none */
	uint64_t born;	       /* the worker */
	int ready;	       /* an eventfd that it counts up when it begins to serve */
	unsigned deaths, failures;
	bool ending;
	int status;
};

/* ---- The proxy ---- */

struct proxy_process {
	struct user_world *world;
	struct vhost_proxy *proxy;
	struct user_fd control;
};

static void worker_came(void *arg, short revents)
{
	struct proxy_process *process = arg;
	char byte;
	int channel;

	(void)revents;
	switch (vhost_packet_receive(process->control.fd, &byte, 1, &channel, 1)) {
	case 1:
		vhost_proxy_attach(process->proxy, channel);
		break;
	case VHOST_PACKET_ENDED:
		user_quit(process->world, 0);
		break;
	default:
		break;
	}
}

static void front_end_gone(void *arg)
{
	struct proxy_process *process = arg;

	user_quit(process->world, 0);
}

static int open_sockets(struct proxy_process *process, const struct supervised *what,
			struct error *err)
{
	for (unsigned i = 0; i < what->sockets; i++) {
		const char *path = what->socket[i].path;
		const bool to_connect = what->socket[i].connect;
		int state;

		if (vhost_state_open(what->socket[i].state, NULL, &state, err))
			return -1;
		if (to_connect ? vhost_proxy_connect(process->proxy, path, state) :
				 vhost_proxy_listen(process->proxy, path, state))
			return error_errno(err, "%s: cannot %s", path,
					   to_connect ? "connect" : "listen");
	}
	return 0;
}

/*
 * It has all descriptors of all front ends, while a worker maps memory and closes what that came
 * by.
 */
static void allow_descriptors(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_NOFILE, &limit)) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static int set_up_proxy(struct proxy_process *process, const struct supervised *what,
			struct error *err)
{
	process->world = user_world_new(USER_CLOCK_REAL);
	process->proxy =
		process->world ? vhost_proxy_new(process->world, front_end_gone, process) : NULL;
	if (!process->proxy || user_watch_fd(process->world, &process->control))
		return error_set(err, "out of memory");
	allow_descriptors();
	if (open_sockets(process, what, err))
		return -1;
	return what->confine_proxy(what->arg, err);
}

/* All that the proxy does. Returns its exit status. */
static int be_proxy(const struct supervised *what, int control)
{
	struct proxy_process process = { 0 };
	struct error err;
	int status = 1;

	process.control = (struct user_fd){
		.fd = control, .events = POLLIN, .ready = worker_came, .arg = &process
	};
	if (set_up_proxy(&process, what, &err))
		fprintf(stderr, "%s: %s\n", what->name, err.text);
	else
		status = user_run(process.world);
	vhost_proxy_free(process.proxy);
	user_world_free(process.world);
	return status;
}

/* ---- Starting them ---- */

/* As fork(); the child has nothing that is the supervisor's own. */
static pid_t start_process(struct supervisor *s)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid)
		return pid;
	close(s->signals.fd);
	user_world_free(s->world);
	return 0;
}

static int start_proxy(struct supervisor *s, struct error *err)
{
	int pair[2];

	if (vhost_packet_pair(pair, false))
		return error_errno(err, "cannot make sockets");
	s->proxy = start_process(s);
	if (!s->proxy) {
		close(s->ready);
		close(pair[0]);
		exit(be_proxy(s->what, pair[1]));
	}
	close(pair[1]);
	s->control = pair[0];
	if (s->proxy > 0)
		return 0;
	s->proxy = 0;
	return error_errno(err, "cannot start the proxy");
}

static int start_worker(struct supervisor *s, struct error *err)
{
	const char byte = 0;
	int pair[2];

	if (vhost_packet_pair(pair, false))
		return error_errno(err, "cannot make sockets");
	s->worker = start_process(s);
	if (!s->worker) {
		close(s->control);
		close(pair[0]);
		exit(s->what->work(s->what->arg, pair[1], s->ready));
	}
	close(pair[1]);
	s->born = user_world_now(s->world);
	/* If the proxy does not take it, the proxy is at its end, and so is all. */
	if (s->worker > 0)
		vhost_packet_send(s->control, &byte, 1, &pair[0], 1);
	close(pair[0]);
	if (s->worker > 0)
		return 0;
	s->worker = 0;
	return error_errno(err, "cannot start a worker");
}

/* ---- Their ends ---- */

static void finish(struct supervisor *s)
{
	if (s->ending && !s->proxy && !s->worker)
		user_quit(s->world, s->status);
}

/*
 * All is to end: the proxy sees that the supervisor has no more for it, and the worker that there
 * is no proxy.
 */
static void end(struct supervisor *s, int status)
{
	s->status |= status;
	if (s->ending)
		return;
	s->ending = true;
	if (s->control >= 0)
		close(s->control);
	s->control = -1;
	user_timer_start(&s->timer, user_world_now(s->world) + END_MS * MS);
}

static void worker_died(struct supervisor *s, int signal)
{
	const uint64_t now = user_world_now(s->world),
		       forgotten = (now - s->born) / (FORGOTTEN_MS * MS);
	uint64_t delay = 0;
	eventfd_t count;

	s->failures = eventfd_read(s->ready, &count) ? s->failures + 1 : 0;
	if (s->failures == FAILURES_MAX) {
		user_log(NULL, USER_LOG_ERROR,
			 "supervisor: %s ended the worker as it started, %d times in a row",
			 strsignal(signal), FAILURES_MAX);
		end(s, 1);
		return;
	}
	s->deaths = s->deaths > forgotten ? s->deaths - (unsigned)forgotten : 0;
	s->deaths++;
	for (unsigned n = DEATHS_AT_ONCE; n < s->deaths && delay < DELAY_MAX_MS; n++)
		delay = delay ? 2 * delay : DELAY_MS;
	if (delay > DELAY_MAX_MS)
		delay = DELAY_MAX_MS;
	user_log(NULL, USER_LOG_WARN, "supervisor: %s ended the worker; another starts",
		 strsignal(signal));
	user_timer_start(&s->timer, now + delay * MS);
}

static uint64_t timer_due(void *arg, uint64_t due)
{
	struct supervisor *s = arg;
	struct error err;

	(void)due;
	if (s->ending) {
		if (s->proxy)
			kill(s->proxy, SIGKILL);
		if (s->worker)
			kill(s->worker, SIGKILL);
	} else if (start_worker(s, &err)) {
		user_log(NULL, USER_LOG_ERROR, "supervisor: %s", err.text);
		end(s, 1);
	}
	return FY_TIMER_STOP;
}

static void child_ended(struct supervisor *s, pid_t pid, int how)
{
	const int status = WIFEXITED(how) ? WEXITSTATUS(how) : 1;

	if (pid == s->proxy) {
		s->proxy = 0;
		if (WIFSIGNALED(how))
			user_log(NULL, USER_LOG_ERROR, "supervisor: %s ended the proxy",
				 strsignal(WTERMSIG(how)));
		end(s, status);
	} else if (pid == s->worker) {
		s->worker = 0;
		if (WIFSIGNALED(how) && !s->ending)
			worker_died(s, WTERMSIG(how));
		else
			end(s, status);
	}
	finish(s);
}

static void signal_came(void *arg, short revents)
{
	struct supervisor *s = arg;
	struct signalfd_siginfo info;
	int how;

	(void)revents;
	if (read(s->signals.fd, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo != SIGCHLD) {
		end(s, 0);
		return;
	}
	for (pid_t pid = waitpid(-1, &how, WNOHANG); pid > 0; pid = waitpid(-1, &how, WNOHANG))
		child_ended(s, pid, how);
}

/* Signals stay blocked in the others, which end when the supervisor does. */
static int watch_events(struct supervisor *s, struct error *err)
{
	s->ready = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (s->ready < 0)
		return error_errno(err, "cannot make an eventfd");
	s->signals = (struct user_fd){ .ready = signal_came, .arg = s };
	return user_watch_signals(s->world, &s->signals, true, err);
}

int supervise(const struct supervised *what)
{
	struct supervisor s = { .what = what, .signals.fd = -1, .control = -1 };
	struct error err;

	s.world = user_world_new(USER_CLOCK_REAL);
	if (!s.world) {
		fprintf(stderr, "%s: out of memory\n", what->name);
		return 1;
	}
	user_timer_init(&s.timer, s.world, timer_due, &s);
	if (watch_events(&s, &err) || start_proxy(&s, &err) || start_worker(&s, &err)) {
		fprintf(stderr, "%s: %s\n", what->name, err.text);
		end(&s, 1);
	}
	if (s.proxy || s.worker)
		user_run(s.world);
	user_world_free(s.world);
	return s.status;
}
