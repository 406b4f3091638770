/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sensor's samples for other programs (--samples): a unix socket, at which each who connects gets
 * every sample as a line of JSON (sample-text.h).
 */
#ifndef PORTS_USER_PROGRAM_SAMPLES_H
#define PORTS_USER_PROGRAM_SAMPLES_H

#include <user.h>

#include "base/error.h"

struct samples;

/*
 * Listens at PATH. While somebody is connected, the device samples by its own clock where it has
 * one; with INTERVAL, or without one, it is measured every INTERVAL ns (0: every second). What a
 * client does not read for too long is lost to it, and it is told how many lines:
 *	{"lost":12}
 * NULL: ERR says why.
 */
struct samples *samples_listen(struct user_world *world, struct fy_device *dev, const char *path,
			       uint64_t interval, struct error *err);
void samples_free(struct samples *samples); /* NULL is fine */

#endif
