/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Packets with file descriptors between processes of one program, over a socket that never blocks.
 */
#ifndef PORTS_USER_VHOST_PACKET_H
#define PORTS_USER_VHOST_PACKET_H

#include <stdbool.h>
#include <stddef.h>

enum {
	VHOST_PACKET_ENDED = -1, /* the other side is gone, or sent what is no packet */
	VHOST_PACKET_NONE = -2,	 /* there is none now */
};

/* Makes a pair of sockets for packets, or for STREAM. Returns 0, or -1 with errno. */
int vhost_packet_pair(int pair[2], bool stream);
/*
 * Sends SIZE bytes and COUNT descriptors, up to VHOST_FDS_MAX (fds.h). False: the other side does
 * not take it, or is gone.
 */
bool vhost_packet_send(int socket, const void *bytes, size_t size, const int *fd, unsigned count);
/*
 * Receives a packet of SIZE bytes. Returns the number of descriptors that came with it, ROOM at the
 * most, or one of the above.
 */
int vhost_packet_receive(int socket, void *bytes, size_t size, int *fd, unsigned room);

#endif
