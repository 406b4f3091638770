/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * User port of <ferry/work.h>: threads are fibers of the world's one thread, which switch where
 * they wait. See core/user-wait.c, core/user-work.c and core/fiber.c.
 */
#ifndef FERRY_PORT_WORK_H
#define FERRY_PORT_WORK_H

struct user_fiber;

struct fy_wait {
	unsigned wakes;
};

struct fy_mutex {
	struct fy_wait wait; /* for its release */
	bool ready, held;
	const struct user_fiber *holder; /* NULL: no fiber of the world's, its own stack */
};

struct fy_work {
	struct fy_timer timer;
	struct fy_device *dev;
	fy_work_handler *handler;
	void *arg;
	struct fy_work *next;	  /* of the world's that are started or running */
	bool started;		  /* and not begun */
	bool running;		  /* its handler is */
	bool stopping;		  /* starts are forgotten */
	struct user_fiber *fiber; /* that runs it, or will */
	struct fy_wait ended;
};

struct fy_thread {
	struct fy_wait wait;
	struct fy_device *dev;
	fy_thread_function *function;
	void *arg;
	struct fy_thread *next;	  /* of the world's that have not returned */
	struct user_fiber *fiber; /* NULL: it has returned, or was never started */
	bool stopping;
	struct fy_wait ended;
};

int user_wait_change(const unsigned *wakes, unsigned seen, uint64_t end);
void user_sleep_until(uint64_t when);
void user_mutex_lock(struct fy_mutex *mutex);
void user_mutex_unlock(struct fy_mutex *mutex);
void user_work_init(struct fy_work *work, struct fy_device *dev, fy_work_handler *handler,
		    void *arg);
void user_work_start(struct fy_work *work);
void user_work_start_at(struct fy_work *work, uint64_t when);
void user_work_stop(struct fy_work *work);
int user_thread_start(struct fy_thread *thread, struct fy_device *dev, fy_thread_function *function,
		      void *arg);
void user_thread_stop(struct fy_thread *thread);

static inline void fy_wait_init(struct fy_wait *wait)
{
	wait->wakes = 0;
}

static inline void fy_wake(struct fy_wait *wait)
{
	wait->wakes++;
}

static inline unsigned fy_wait_seen(const struct fy_wait *wait)
{
	return *(const volatile unsigned *)&wait->wakes;
}

static inline int fy_wait_change(struct fy_wait *wait, unsigned seen, uint64_t end)
{
	return user_wait_change(&wait->wakes, seen, end);
}

static inline void fy_sleep_until(uint64_t when)
{
	user_sleep_until(when);
}

static inline void fy_mutex_init(struct fy_mutex *mutex)
{
	*mutex = (struct fy_mutex){ .ready = true };
}

static inline void fy_mutex_lock(struct fy_mutex *mutex)
{
	user_mutex_lock(mutex);
}

static inline void fy_mutex_unlock(struct fy_mutex *mutex)
{
	user_mutex_unlock(mutex);
}

static inline void fy_work_init(struct fy_work *work, struct fy_device *dev,
				fy_work_handler *handler, void *arg)
{
	user_work_init(work, dev, handler, arg);
}

static inline void fy_work_start(struct fy_work *work)
{
	user_work_start(work);
}

static inline void fy_work_start_at(struct fy_work *work, uint64_t when)
{
	user_work_start_at(work, when);
}

static inline void fy_work_stop(struct fy_work *work)
{
	user_work_stop(work);
}

static inline int fy_thread_start(struct fy_thread *thread, struct fy_device *dev,
				  fy_thread_function *function, void *arg)
{
	return user_thread_start(thread, dev, function, arg);
}

static inline void fy_thread_stop(struct fy_thread *thread)
{
	user_thread_stop(thread);
}

static inline bool fy_thread_stopping(const struct fy_thread *thread)
{
	return *(const volatile bool *)&thread->stopping;
}

static inline void fy_thread_wake(struct fy_thread *thread)
{
	fy_wake(&thread->wait);
}

static inline struct fy_wait *fy_thread_queue(struct fy_thread *thread)
{
	return &thread->wait;
}

#endif
