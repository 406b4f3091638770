/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Works, threads and mutexes where threads are fibers: what work-core.c and the port offer. */
#ifndef PORTS_COMMON_WORK_CORE_H
#define PORTS_COMMON_WORK_CORE_H

#include <ferry/work.h>

/* What is started or running, the first one started first. */
struct work_list {
	struct fy_work *works;
	struct fy_thread *threads;
};

/* ---- By the port ---- */

/* That of the device. */
struct work_list *port_work_list(struct fy_device *dev);
/*
 * Has FUNCTION(ARG) run on a fiber, after those that were started before. NULL: there is none left.
 * Context: any.
 */
struct fy_port_fiber *port_fiber_start(struct fy_device *dev, void (*function)(void *arg),
				       void *arg);
/* That which has the processor; NULL: what runs is no fiber. Context: thread. */
const struct fy_port_fiber *port_fiber_running(void);
/* For a test: what a driver gets for starting a thread. 0: nothing in particular. */
int port_thread_refused(struct fy_device *dev);
/* Whether the caller may wait; the port tells of one that may not. Context: thread. */
bool port_may_wait(void);
/* The running driver did what the contract forbids; DEV may be NULL. */
void port_work_violation(struct fy_device *dev, const char *text);

#endif
