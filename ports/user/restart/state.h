/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * State files: where a session keeps what outlives its process (inflight.h) when the front end has
 * no memory for that. A header says what for, so that no other device's session goes on with it,
 * nor one of a Ferry that lays it out otherwise.
 */
#ifndef PORTS_USER_RESTART_STATE_H
#define PORTS_USER_RESTART_STATE_H

#include "base/error.h"
#include "vhost/vhost-session.h"

/* Bytes before the record: a line of text, then zeroes. */
#define VHOST_STATE_HEADER 128

/*
 * Opens FILE (NULL: none, -1) for SERVICE, and locks it, for as long as the descriptor is open
 * anywhere; SERVICE NULL: for any device.
 * Returns 0, or -1 with ERR: it cannot be opened, holds something else, or another process has it.
 */
int vhost_state_open(const char *file, const struct service *service, int *fd, struct error *err);
/*
 * Whether FILE, which another process may have open, is for SERVICE, or not there yet. Returns 0,
 * or -1 with ERR.
 */
int vhost_state_check(const char *file, const struct service *service, struct error *err);
/*
 * Makes what FD has, which is empty or was prepared before, a state of SERVICE with a record of
 * SIZE bytes. Returns 0, or -1: it is neither.
 */
int vhost_state_prepare(int fd, const struct service *service, uint64_t size);

#endif
