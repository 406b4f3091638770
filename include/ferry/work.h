/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Waiting, and what may wait: wait queues, sleeping, mutexes; work that is done later in thread
 * context; threads for long jobs.
 *
 *	timer's or interrupt's handler ("any")		thread ("thread")
 *	----------------------------------------	-----------------------------------------
 *	s->done = true; fy_wake(&s->wait);		fy_wait_for(&s->wait, s->done, 10 * MS)
 *	fy_work_start(&s->work);			the handler of the work
 *
 * Waiting never stops anything but the thread that waits: timers, interrupts, other work and other
 * threads go on. A port without a scheduler (bare metal, a process) switches to another thread only
 * where the running one waits, so a thread that computes for long should wait for nothing now and
 * then (fy_thread_wait() with a time-out of 0). Do not rely on that: on Linux threads run at the
 * same time, so share data under a lock (<ferry/irq.h>) or a mutex.
 */
#ifndef FERRY_WORK_H
#define FERRY_WORK_H

#include <ferry/driver.h>
#include <ferry/time.h>

/* ---- Wait queues ---- */

struct fy_wait; /* by the port; part of the driver's state */

/* A time-out that never comes. Only for a thread that has nothing else to do. */
#define FY_FOREVER (~0ULL)

/* Initialises a wait queue. Context: thread, from probe. */
static inline void fy_wait_init(struct fy_wait *wait);
/*
 * Has everybody who waits on WAIT look at their condition again. Change what the condition reads
 * first. Context: any.
 */
static inline void fy_wake(struct fy_wait *wait);

/*
 * int fy_wait_for(struct fy_wait *wait, CONDITION, uint64_t timeout_ns);
 *
 * Waits until CONDITION is true, an expression that is evaluated in the caller's function: at
 * first, after each fy_wake(), and when the time is over. It must not wait itself, and reads what
 * handlers and other threads write: one flag or number, or more under fy_lock(). No wake-up is lost
 * that comes between the look at the condition and the wait.
 * Returns 0, or FY_ERR_TIMEOUT when CONDITION is not true after TIMEOUT_NS nanoseconds (0: looks
 * once, and lets other threads run). The thread may hold mutexes, but no lock. Who waits for a
 * device gives a time-out, for devices fail. Context: thread.
 */
#define fy_wait_for(wait, condition, timeout_ns)                                  \
	({                                                                        \
		struct fy_wait *fy_wait_ = (wait);                                \
		uint64_t fy_end_ = fy_wait_end(timeout_ns);                       \
		int fy_result_ = 0;                                               \
                                                                                  \
		for (;;) {                                                        \
			unsigned fy_seen_ = fy_wait_seen(fy_wait_);               \
                                                                                  \
			if (condition) {                                          \
				fy_result_ = 0;                                   \
				break;                                            \
			}                                                         \
			if (fy_result_)                                           \
				break;                                            \
			fy_result_ = fy_wait_change(fy_wait_, fy_seen_, fy_end_); \
		}                                                                 \
		fy_result_;                                                       \
	})

/*
 * What fy_wait_for() is made of, where a macro does not fit: the number of fy_wake() calls so far;
 * and waiting until that is no longer SEEN, or the time is END (fy_now_ns(); FY_FOREVER). The
 * second returns 0, or FY_ERR_TIMEOUT. Look at the condition between the two. Context: thread.
 */
static inline unsigned fy_wait_seen(const struct fy_wait *wait);
static inline int fy_wait_change(struct fy_wait *wait, unsigned seen, uint64_t end);

/* When a wait of TIMEOUT_NS that begins now ends. Context: any. */
static inline uint64_t fy_wait_end(uint64_t timeout_ns)
{
	uint64_t now = timeout_ns == FY_FOREVER ? 0 : fy_now_ns();

	return timeout_ns < FY_FOREVER - now ? now + timeout_ns : FY_FOREVER;
}

/* Sleeps until the time WHEN (fy_now_ns()), or a little longer. Context: thread. */
static inline void fy_sleep_until(uint64_t when);
/* Sleeps at least US microseconds. Context: thread. */
static inline void fy_sleep_us(uint32_t us)
{
	fy_sleep_until(fy_now_ns() + us * FY_NS_PER_US);
}

/* ---- Mutexes ---- */

/*
 * A lock that may be held while its holder waits: around a transfer on a bus and the state that
 * goes with it. Only threads take it. (<ferry/irq.h> has the lock that handlers take too.)
 */
struct fy_mutex; /* by the port; part of the driver's state */

/* Initialises a mutex. Context: thread, from probe. */
static inline void fy_mutex_init(struct fy_mutex *mutex);
/* Takes the mutex, and waits for it. Not recursive. Context: thread. */
static inline void fy_mutex_lock(struct fy_mutex *mutex);
/* Releases it; the thread that took it does. Context: thread. */
static inline void fy_mutex_unlock(struct fy_mutex *mutex);

/* ---- Work ---- */

struct fy_work; /* by the port; part of the driver's state */

/*
 * The handler of a work. It may wait, and start its own work again. It never runs twice at the same
 * time; those of different works may. Context: runs in thread context.
 */
typedef void fy_work_handler(void *arg);

/* Initialises a work; it is not started. Context: thread, from probe. */
static inline void fy_work_init(struct fy_work *work, struct fy_device *dev,
				fy_work_handler *handler, void *arg);
/*
 * Has the handler called once, soon, in a thread of the port's. Starting it again before the
 * handler begins changes nothing; while the handler runs, has it called once more. Context: any.
 */
static inline void fy_work_start(struct fy_work *work);
/*
 * As fy_work_start(), at the time WHEN (fy_now_ns()), or at once when past. A work has one such
 * time: another call changes it. Context: any.
 */
static inline void fy_work_start_at(struct fy_work *work, uint64_t when);
/*
 * Stops the work: forgets a start whose handler has not begun, and waits for a handler that is
 * running; what that starts of this work is forgotten too. Stop first what else starts it (timers,
 * interrupts): afterwards it is as after fy_work_init(), and may be started again. A caller that
 * holds a mutex which the handler takes would deadlock, and so would the handler itself. Harmless
 * on a work that was never initialised (all zero). Context: thread.
 */
static inline void fy_work_stop(struct fy_work *work);

/* ---- Threads ---- */

struct fy_thread; /* by the port; part of the driver's state */

/* What a thread runs. It returns soon after fy_thread_stopping() is true; it may before. */
typedef void fy_thread_function(void *arg);

/*
 * Starts a thread of the device that runs FUNCTION(ARG). For a job that goes on for long; a job
 * that comes and goes is a work. Returns 0, or FY_ERR_NO_MEMORY. Context: thread.
 */
static inline int fy_thread_start(struct fy_thread *thread, struct fy_device *dev,
				  fy_thread_function *function, void *arg);
/*
 * Asks the thread to stop, ends its fy_thread_wait(), and waits until FUNCTION has returned; one
 * that is stopped at once may not have called it. Not from the thread itself. Harmless on one that
 * has returned, was stopped, or was never started (all zero). Context: thread.
 */
static inline void fy_thread_stop(struct fy_thread *thread);
/* Whether the thread has been asked to stop. Context: any. */
static inline bool fy_thread_stopping(const struct fy_thread *thread);
/* As fy_wake(), for fy_thread_wait(). Context: any. */
static inline void fy_thread_wake(struct fy_thread *thread);

/*
 * int fy_thread_wait(struct fy_thread *thread, CONDITION, uint64_t timeout_ns);
 *
 * The thread itself waits, as by fy_wait_for(), on a wait queue that it has. FY_ERR_GONE: it has
 * been asked to stop. So
 *
 *	while (fy_thread_wait(&s->thread, s->jobs, FY_FOREVER) == 0)
 *		do_job(s);
 *
 * ends when it is to end. Waits of other kinds, for a transfer on a bus, say, are not cut short.
 * Context: thread.
 */
#define fy_thread_wait(thread, condition, timeout_ns)                                           \
	({                                                                                      \
		struct fy_thread *fy_thread_ = (thread);                                        \
		int fy_waited_ =                                                                \
			fy_wait_for(fy_thread_queue(fy_thread_),                                \
				    fy_thread_stopping(fy_thread_) || (condition), timeout_ns); \
                                                                                                \
		fy_thread_stopping(fy_thread_) ? FY_ERR_GONE : fy_waited_;                      \
	})
/* The thread's wait queue. Context: any. */
static inline struct fy_wait *fy_thread_queue(struct fy_thread *thread);

#include <ferry/port/work.h> /* how the port does the above */

#endif
