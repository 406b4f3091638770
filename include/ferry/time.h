/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Time and timers. All times are nanoseconds on one monotonic clock with an arbitrary start. It
 * never jumps, and does not stop while the machine is awake.
 */
#ifndef FERRY_TIME_H
#define FERRY_TIME_H

#include <ferry/driver.h>

#define FY_NS_PER_US  1000ULL
#define FY_NS_PER_MS  1000000ULL
#define FY_NS_PER_SEC 1000000000ULL

struct fy_timer; /* by the port; part of the driver's state */

/* A timer's handler returns this to stop the timer. */
#define FY_TIMER_STOP 0ULL

/*
 * A timer's handler. DUE is the time that the timer was set for, which may be in the past. The
 * handler returns the time of its next call (a time in the past means at once), or FY_TIMER_STOP.
 * To be periodic without drift, return DUE plus the period.
 * Context: runs in interrupt context; may not wait.
 */
typedef uint64_t fy_timer_handler(void *arg, uint64_t due);

/* The time now. Context: any. */
static inline uint64_t fy_now_ns(void);

/* Initialises a timer; it is not running. Context: thread, from probe. */
static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg);

/*
 * Starts the timer: the handler is called at the time WHEN. On a running timer it changes the time
 * of the next call. Not from the handler itself. Context: any.
 */
static inline void fy_timer_start(struct fy_timer *timer, uint64_t when);

/*
 * Stops the timer and waits for a handler that is running. A caller that holds a lock which the
 * handler takes would deadlock. Context: thread.
 */
static inline void fy_timer_stop(struct fy_timer *timer);

/*
 * Waits at least US microseconds, 1 to 1000, in a loop: for a device whose registers must not be
 * written too fast. Use a timer for longer times. Context: any.
 */
static inline void fy_delay_us(uint32_t us);

#include <ferry/port/time.h>

#endif
