/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file descriptor of somebody else's may be. A front end sends descriptors of four kinds;
 * each is looked at here before it is used, so that none can make this process wait or die:
 *
 *	kick, call, err		eventfd, pipe or local socket; it never blocks from then on
 *	changes (SET_BACKEND_REQ_FD)	local socket
 *	memory, what is in flight	anything that can be mapped and has all that is mapped
 *
 * How many come with which request is in the table of requests.c; more than VHOST_FDS_MAX (fds.h)
 * are never taken. What is cut short after it was mapped is the business of mapping.h.
 */
#ifndef PORTS_USER_VHOST_FOREIGN_H
#define PORTS_USER_VHOST_FOREIGN_H

#include <stdint.h>

/* For notifications: makes FD one that never blocks. Returns NULL, or what is wrong with it. */
const char *vhost_check_event(int fd);
/* For messages to the front end. Returns NULL, or what is wrong with it. */
const char *vhost_check_channel(int fd);
/*
 * For memory: whether FD has SIZE bytes from OFFSET on. Returns how many bytes to map from its
 * start, whole pages of its own size; 0: it has not so many (errno says why, unless it is 0).
 */
uint64_t vhost_check_memory(int fd, uint64_t size, uint64_t offset);

#endif
