// SPDX-License-Identifier: GPL-2.0-only
/* Proxies: see proxy.h. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "vhost/packet.h"
#include "proxy.h"
#include "relay.h"
#include "vhost/socket.h"

enum { RELAYS_MAX = 64 };

/* A socket, or a connection that this process made. */
struct entrance {
	struct vhost_proxy *proxy;
	struct vhost_socket socket;
	int state; /* or -1 */
	unsigned count;
	bool made; /* this process has connected */
	struct entrance *next;
};

struct vhost_proxy {
	struct user_world *world;
	struct user_fd channel; /* fd -1: there is no worker */
	struct entrance *entrances;
	struct vhost_relay *relays;
	unsigned count;
	void (*ended)(void *arg);
	void *arg;
};

/* ---- Front ends ---- */

static void relay_ended(void *arg, struct vhost_relay *relay)
{
	struct entrance *entrance = arg;
	struct vhost_proxy *proxy = entrance->proxy;

	for (struct vhost_relay **at = &proxy->relays; *at; at = &(*at)->next) {
		if (*at != relay)
			continue;
		*at = relay->next;
		break;
	}
	proxy->count--;
	entrance->count--;
	if (entrance->made)
		proxy->ended(proxy->arg);
}

/* Gives the relay's session to the worker that there is. */
static void hand_over(struct vhost_proxy *proxy, struct vhost_relay *relay)
{
	const struct vhost_handover handover = { relay->number };
	int pair[2], fd[2];
	bool sent;

	if (vhost_packet_pair(pair, true)) {
		user_log(NULL, USER_LOG_ERROR, "proxy: no socket for client %u can be had",
			 relay->number);
		vhost_relay_end(relay);
		return;
	}
	fd[0] = pair[1];
	fd[1] = relay->state;
	sent = vhost_packet_send(proxy->channel.fd, &handover, sizeof(handover), fd, 2);
	close(pair[1]);
	/* If it was not, the worker is at its end, and the next one gets it. */
	if (sent)
		vhost_relay_attach(relay, pair[0]);
	else
		close(pair[0]);
}

static bool add_relay(struct entrance *entrance, int fd)
{
	struct vhost_proxy *proxy = entrance->proxy;
	struct vhost_relay *relay =
		vhost_relay_new(proxy->world, fd, entrance->state, relay_ended, entrance);

	if (!relay)
		return false;
	relay->next = proxy->relays;
	proxy->relays = relay;
	proxy->count++;
	entrance->count++;
	if (proxy->channel.fd >= 0)
		hand_over(proxy, relay);
	return true;
}

static void connected(void *arg, int fd)
{
	struct entrance *entrance = arg;

	if (entrance->proxy->count < RELAYS_MAX && !(entrance->state >= 0 && entrance->count)) {
		add_relay(entrance, fd);
		return;
	}
	user_log(NULL, USER_LOG_WARN, "%s: a client more than there can be is refused",
		 entrance->socket.address.sun_path);
	close(fd);
}

/* One with neither socket nor connection. NULL: errno says why. */
static struct entrance *add_entrance(struct vhost_proxy *proxy, int state)
{
	struct entrance *entrance = calloc(1, sizeof(*entrance));

	if (!entrance) {
		if (state >= 0)
			close(state);
		errno = ENOMEM;
		return NULL;
	}
	entrance->proxy = proxy;
	entrance->state = state;
	entrance->next = proxy->entrances;
	proxy->entrances = entrance;
	return entrance;
}

int vhost_proxy_listen(struct vhost_proxy *proxy, const char *path, int state)
{
	struct entrance *entrance = add_entrance(proxy, state);

	if (!entrance)
		return -1;
	entrance->socket.connected = connected;
	entrance->socket.arg = entrance;
	return vhost_socket_listen(&entrance->socket, proxy->world, path);
}

int vhost_proxy_connect(struct vhost_proxy *proxy, const char *path, int state)
{
	struct entrance *entrance = add_entrance(proxy, state);
	int fd;

	if (!entrance)
		return -1;
	fd = vhost_socket_connect(path);
	if (fd < 0)
		return -1;
	entrance->made = true;
	errno = ENOMEM;
	return add_relay(entrance, fd) ? 0 : -1;
}

/* ---- The worker ---- */

static void detach(struct vhost_proxy *proxy)
{
	if (proxy->channel.fd < 0)
		return;
	user_unwatch_fd(proxy->world, &proxy->channel);
	close(proxy->channel.fd);
	proxy->channel.fd = -1;
	for (struct vhost_relay *relay = proxy->relays; relay; relay = relay->next)
		vhost_relay_detach(relay);
}

static void packet_came(void *arg, short revents)
{
	struct vhost_proxy *proxy = arg;
	struct vhost_handover handover = { 0 };
	struct vhost_relay *relay = proxy->relays;
	int fds = vhost_packet_receive(proxy->channel.fd, &handover, sizeof(handover), NULL, 0);

	(void)revents;
	if (fds == VHOST_PACKET_NONE)
		return;
	if (fds == VHOST_PACKET_ENDED) {
		detach(proxy);
		return;
	}
	while (relay && relay->number != handover.number)
		relay = relay->next;
	if (relay)
		vhost_relay_end(relay);
}

void vhost_proxy_attach(struct vhost_proxy *proxy, int channel)
{
	struct vhost_relay *next;

	detach(proxy);
	proxy->channel.fd = channel;
	if (user_watch_fd(proxy->world, &proxy->channel)) {
		user_log(NULL, USER_LOG_ERROR, "proxy: out of memory");
		proxy->ended(proxy->arg);
		return;
	}
	for (struct vhost_relay *relay = proxy->relays; relay; relay = next) {
		next = relay->next;
		hand_over(proxy, relay);
	}
}

/* ---- Its life ---- */

struct vhost_proxy *vhost_proxy_new(struct user_world *world, void (*ended)(void *arg), void *arg)
{
	struct vhost_proxy *proxy = calloc(1, sizeof(*proxy));

	if (!proxy)
		return NULL;
	*proxy = (struct vhost_proxy){ .world = world, .ended = ended, .arg = arg };
	proxy->channel =
		(struct user_fd){ .fd = -1, .events = POLLIN, .ready = packet_came, .arg = proxy };
	return proxy;
}

void vhost_proxy_free(struct vhost_proxy *proxy)
{
	if (!proxy)
		return;
	detach(proxy);
	while (proxy->relays) {
		struct vhost_relay *relay = proxy->relays;

		proxy->relays = relay->next;
		vhost_relay_free(relay);
	}
	while (proxy->entrances) {
		struct entrance *entrance = proxy->entrances;

		proxy->entrances = entrance->next;
		vhost_socket_close(&entrance->socket, true);
		if (entrance->state >= 0)
			close(entrance->state);
		free(entrance);
	}
	free(proxy);
}
