/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/work.h> for ports without a scheduler: threads are fibers, which switch where they wait. A
 * wait queue is a number that goes up with each wake-up. See ports/common/work-core.c and the
 * port's <ferry/port/fiber.h>.
 */
#ifndef FERRY_PORT_WORK_H
#define FERRY_PORT_WORK_H

struct fy_port_fiber;

struct fy_wait {
	unsigned wakes;
};

struct fy_mutex {
	struct fy_wait released;
	bool ready, held;
	const struct fy_port_fiber *holder;
};

struct fy_work {
	struct fy_timer timer;
	struct fy_device *dev;
	fy_work_handler *handler; /* NULL: not initialised */
	void *arg;
	bool started;		     /* and its handler has not begun */
	bool active;		     /* on the port's list: started or running */
	bool stopping;		     /* starts are forgotten */
	struct fy_port_fiber *fiber; /* that runs it, or will; NULL: it waits for one */
	struct fy_wait ended;
	struct fy_work *next; /* on the port's list */
};

struct fy_thread {
	struct fy_wait wait;
	struct fy_device *dev;
	fy_thread_function *function;
	void *arg;
	bool stopping;
	struct fy_port_fiber *fiber; /* NULL: it has returned, or was never started */
	struct fy_wait ended;
	struct fy_thread *next; /* on the port's list: of those that have not returned */
};

int fy_port_wait_change(const unsigned *wakes, unsigned seen, uint64_t end);
void fy_port_sleep_until(uint64_t when);
void fy_port_mutex_lock(struct fy_mutex *mutex);
void fy_port_mutex_unlock(struct fy_mutex *mutex);
void fy_port_work_init(struct fy_work *work, struct fy_device *dev, fy_work_handler *handler,
		       void *arg);
void fy_port_work_start(struct fy_work *work);
void fy_port_work_start_at(struct fy_work *work, uint64_t when);
void fy_port_work_stop(struct fy_work *work);
int fy_port_thread_start(struct fy_thread *thread, struct fy_device *dev,
			 fy_thread_function *function, void *arg);
void fy_port_thread_stop(struct fy_thread *thread);

static inline void fy_wait_init(struct fy_wait *wait)
{
	wait->wakes = 0;
}

static inline void fy_wake(struct fy_wait *wait)
{
	__atomic_store_n(&wait->wakes, wait->wakes + 1, __ATOMIC_RELEASE);
}

static inline unsigned fy_wait_seen(const struct fy_wait *wait)
{
	return __atomic_load_n(&wait->wakes, __ATOMIC_ACQUIRE);
}

static inline int fy_wait_change(struct fy_wait *wait, unsigned seen, uint64_t end)
{
	return fy_port_wait_change(&wait->wakes, seen, end);
}

static inline void fy_sleep_until(uint64_t when)
{
	fy_port_sleep_until(when);
}

static inline void fy_mutex_init(struct fy_mutex *mutex)
{
	*mutex = (struct fy_mutex){ .ready = true };
}

static inline void fy_mutex_lock(struct fy_mutex *mutex)
{
	fy_port_mutex_lock(mutex);
}

static inline void fy_mutex_unlock(struct fy_mutex *mutex)
{
	fy_port_mutex_unlock(mutex);
}

static inline void fy_work_init(struct fy_work *work, struct fy_device *dev,
				fy_work_handler *handler, void *arg)
{
	fy_port_work_init(work, dev, handler, arg);
}

static inline void fy_work_start(struct fy_work *work)
{
	fy_port_work_start(work);
}

static inline void fy_work_start_at(struct fy_work *work, uint64_t when)
{
	fy_port_work_start_at(work, when);
}

static inline void fy_work_stop(struct fy_work *work)
{
	fy_port_work_stop(work);
}

static inline int fy_thread_start(struct fy_thread *thread, struct fy_device *dev,
				  fy_thread_function *function, void *arg)
{
	return fy_port_thread_start(thread, dev, function, arg);
}

static inline void fy_thread_stop(struct fy_thread *thread)
{
	fy_port_thread_stop(thread);
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
