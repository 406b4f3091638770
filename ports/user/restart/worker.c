// SPDX-License-Identifier: GPL-2.0-only
/* Workers: see worker.h. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost/packet.h"
#include "proxy.h"
#include "worker.h"

/* A session, and what the proxy calls it. */
struct client {
	struct vhost_worker *worker;
	struct vhost_session *session;
	uint32_t number;
	struct client *next;
};

struct vhost_worker {
	struct user_world *world;
	struct service *service;
	struct user_fd channel;
	struct client *clients;
	void (*ended)(void *arg);
	void *arg;
};

/*
 * Tells the proxy, before it sees that the socket is closed, that this is not the worker's own end.
 */
static void session_ended(void *arg, struct vhost_session *session)
{
	struct client *client = arg;
	struct vhost_worker *worker = client->worker;
	const struct vhost_handover handover = { client->number };

	(void)session;
	vhost_packet_send(worker->channel.fd, &handover, sizeof(handover), NULL, 0);
	for (struct client **at = &worker->clients; *at; at = &(*at)->next) {
		if (*at != client)
			continue;
		*at = client->next;
		break;
	}
	free(client);
}

/* FD: the session's socket, and its state. Both are its own. */
static void add_client(struct vhost_worker *worker, uint32_t number, const int *fd)
{
	struct client *client = calloc(1, sizeof(*client));

	if (client) {
		*client = (struct client){ .worker = worker, .number = number };
		client->session = vhost_session_new(worker->world, worker->service, fd[0], fd[1],
						    session_ended, client);
	} else {
		close(fd[0]);
	}
	close(fd[1]);
	if (!client || !client->session) {
		const struct vhost_handover handover = { number };

		vhost_packet_send(worker->channel.fd, &handover, sizeof(handover), NULL, 0);
		free(client);
		return;
	}
	vhost_session_set_proxied(client->session);
	client->next = worker->clients;
	worker->clients = client;
}

static void packet_came(void *arg, short revents)
{
	struct vhost_worker *worker = arg;
	struct vhost_handover handover = { 0 };
	int fd[2];
	int fds = vhost_packet_receive(worker->channel.fd, &handover, sizeof(handover), fd, 2);

	(void)revents;
	if (fds == 2) {
		add_client(worker, handover.number, fd);
		return;
	}
	for (int i = 0; i < fds; i++)
		close(fd[i]);
	if (fds == VHOST_PACKET_NONE)
		return;
	user_unwatch_fd(worker->world, &worker->channel);
	worker->ended(worker->arg);
}

struct vhost_worker *vhost_worker_new(struct user_world *world, struct service *service,
				      int channel, void (*ended)(void *arg), void *arg)
{
	struct vhost_worker *worker = calloc(1, sizeof(*worker));

	if (!worker) {
		close(channel);
		return NULL;
	}
	*worker = (struct vhost_worker){
		.world = world, .service = service, .ended = ended, .arg = arg
	};
	worker->channel = (struct user_fd){
		.fd = channel, .events = POLLIN, .ready = packet_came, .arg = worker
	};
	if (!user_watch_fd(world, &worker->channel))
		return worker;
	close(channel);
	free(worker);
	return NULL;
}

void vhost_worker_free(struct vhost_worker *worker)
{
	if (!worker)
		return;
	while (worker->clients) {
		struct client *client = worker->clients;

		worker->clients = client->next;
		vhost_session_free(client->session);
		free(client);
	}
	user_unwatch_fd(worker->world, &worker->channel);
	close(worker->channel.fd);
	free(worker);
}
