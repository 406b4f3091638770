/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Time and timers. All times are nanoseconds on one clock that starts anywhere, never jumps and
 * never stops while the machine is awake.
 */
#ifndef FERRY_TIME_H
#define FERRY_TIME_H

#include <ferry/driver.h>

#define FY_NS_PER_US  1000ULL
#define FY_NS_PER_MS  1000000ULL
#define FY_NS_PER_SEC 1000000000ULL

struct fy_timer; /* by the port; part of the driver's state */

/* What a timer's handler returns to say that it need not be called again. */
#define FY_TIMER_STOP 0ULL

/*
 * A timer's handler. DUE is the time that it was set for, which may be past. It returns the time
 * for its next call (a time that is past means at once), or FY_TIMER_STOP. To be periodic without
 * drift, return DUE plus the period.
 * Context: runs in interrupt context; may not wait.
 */
typedef uint64_t fy_timer_handler(void *arg, uint64_t due);

/* The time now. Context: any. */
static inline uint64_t fy_now_ns(void);

/* Makes a timer ready; it is not running. Context: thread, from probe. */
static inline void fy_timer_init(struct fy_timer *timer, struct fy_device *dev,
				 fy_timer_handler *handler, void *arg);

/*
 * Has the handler called at the time WHEN. On a running timer it moves the next call; not from the
 * handler. Context: any.
 */
static inline void fy_timer_start(struct fy_timer *timer, uint64_t when);

/*
 * Stops the timer and waits for a handler that is running. Holding a lock that the handler takes
 * would deadlock. Context: thread.
 */
static inline void fy_timer_stop(struct fy_timer *timer);

/*
 * Waits at least US microseconds, 1 to 1000, in a loop: for a device that wants its registers
 * written not too fast. For anything longer there are timers. Context: any.
 */
static inline void fy_delay_us(uint32_t us);

#include <ferry/port/time.h>

#endif
