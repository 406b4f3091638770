/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/work.h>: simple wait queues, which interrupt handlers may wake on every
 * kernel (PREEMPT_RT too), with time-outs by hrtimers; mutexes; work of the kernel's own queue;
 * kernel threads.
 */
#ifndef FERRY_PORT_WORK_H
#define FERRY_PORT_WORK_H

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/swait.h>
#include <linux/workqueue.h>

struct fy_wait {
	atomic_t wakes;
	struct swait_queue_head queue;
};

struct fy_mutex {
	struct mutex mutex;
};

struct fy_work {
	struct work_struct work;
	struct fy_timer timer;
	fy_work_handler *handler; /* NULL: not initialised */
	void *arg;
	bool stopping; /* starts are forgotten */
};

struct fy_thread {
	struct task_struct *task; /* NULL: none */
	struct fy_wait wait;
	fy_thread_function *function;
	void *arg;
	bool stopping;
};

/* ---- Wait queues ---- */

static inline void fy_wait_init(struct fy_wait *wait)
{
	atomic_set(&wait->wakes, 0);
	init_swait_queue_head(&wait->queue);
}

/*
 * The count goes up before the queue is looked at: who comes to it later sees that. Each who wakes
 * up leaves the queue.
 */
static inline void fy_wake(struct fy_wait *wait)
{
	atomic_inc(&wait->wakes);
	while (swq_has_sleeper(&wait->queue))
		swake_up_one(&wait->queue);
}

/* What the condition reads is read afterwards. */
static inline unsigned fy_wait_seen(const struct fy_wait *wait)
{
	return atomic_read_acquire(&wait->wakes);
}

/* Who waits for ever has nothing to do: it is no load, and no task that hangs. */
static inline int fy_wait_change(struct fy_wait *wait, unsigned seen, uint64_t end)
{
	ktime_t expires = ns_to_ktime(min_t(u64, end, KTIME_MAX));
	ktime_t *until = end == FY_FOREVER ? NULL : &expires;
	DECLARE_SWAITQUEUE(waiter);
	int rc = 0;

	for (;;) {
		prepare_to_swait_event(&wait->queue, &waiter,
				       until ? TASK_UNINTERRUPTIBLE : TASK_IDLE);
		if (atomic_read(&wait->wakes) != seen)
			break;
		if (rc)
			break;
		if (!schedule_hrtimeout(until, HRTIMER_MODE_ABS))
			rc = FY_ERR_TIMEOUT;
	}
	finish_swait(&wait->queue, &waiter);
	return atomic_read(&wait->wakes) != seen ? 0 : rc;
}

static inline void fy_sleep_until(uint64_t when)
{
	ktime_t expires = ns_to_ktime(min_t(u64, when, KTIME_MAX));

	do
		set_current_state(TASK_UNINTERRUPTIBLE);
	while (schedule_hrtimeout(&expires, HRTIMER_MODE_ABS));
}

/* ---- Mutexes ---- */

static inline void fy_mutex_init(struct fy_mutex *mutex)
{
	mutex_init(&mutex->mutex);
}

/* To lockdep, those that are initialised at one place are alike: so it is the driver's place. */
#define fy_mutex_init(m) mutex_init(&(m)->mutex)

static inline void fy_mutex_lock(struct fy_mutex *mutex)
{
	mutex_lock(&mutex->mutex);
}

static inline void fy_mutex_unlock(struct fy_mutex *mutex)
{
	mutex_unlock(&mutex->mutex);
}

/* ---- Work ---- */

static inline void fy_work_run(struct work_struct *kernel_work)
{
	struct fy_work *work = container_of(kernel_work, struct fy_work, work);

	work->handler(work->arg);
}

static inline void fy_work_start(struct fy_work *work)
{
	if (!READ_ONCE(work->stopping))
		schedule_work(&work->work);
}

static inline uint64_t fy_work_due(void *arg, uint64_t due)
{
	fy_work_start(arg);
	return FY_TIMER_STOP;
}

static inline void fy_work_start_at(struct fy_work *work, uint64_t when)
{
	if (!READ_ONCE(work->stopping))
		fy_timer_start(&work->timer, when);
}

static inline void fy_work_init(struct fy_work *work, struct fy_device *dev,
				fy_work_handler *handler, void *arg)
{
	INIT_WORK(&work->work, fy_work_run);
	fy_timer_init(&work->timer, dev, fy_work_due, work);
	work->handler = handler;
	work->arg = arg;
	work->stopping = false;
}

/* For lockdep, as fy_mutex_init(). */
#define fy_work_init(w, dev, handler, arg)                   \
	do {                                                 \
		struct fy_work *fy_work_ = (w);              \
                                                             \
		(fy_work_init)(fy_work_, dev, handler, arg); \
		INIT_WORK(&fy_work_->work, fy_work_run);     \
	} while (0)

/*
 * A handler that has begun before the flag was set may still start its work: the second round
 * forgets that. What begins afterwards sees the flag.
 */
static inline void fy_work_stop(struct fy_work *work)
{
	if (!work->handler)
		return;
	WRITE_ONCE(work->stopping, true);
	for (int round = 0; round < 2; round++) {
		fy_timer_stop(&work->timer);
		cancel_work_sync(&work->work);
	}
	WRITE_ONCE(work->stopping, false);
}

/* ---- Threads ---- */

static inline bool fy_thread_stopping(const struct fy_thread *thread)
{
	return READ_ONCE(thread->stopping);
}

static inline struct fy_wait *fy_thread_queue(struct fy_thread *thread)
{
	return &thread->wait;
}

static inline void fy_thread_wake(struct fy_thread *thread)
{
	fy_wake(&thread->wait);
}

/* It stays until fy_thread_stop() has it go, so that its task stays valid. */
static inline int fy_thread_main(void *arg)
{
	struct fy_thread *thread = arg;

	thread->function(thread->arg);
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static inline int fy_thread_start(struct fy_thread *thread, struct fy_device *dev,
				  fy_thread_function *function, void *arg)
{
	struct task_struct *task;

	*thread = (struct fy_thread){ .function = function, .arg = arg };
	fy_wait_init(&thread->wait);
	task = kthread_run(fy_thread_main, thread, "%s", KBUILD_MODNAME);
	if (IS_ERR(task))
		return FY_ERR_NO_MEMORY;
	thread->task = task;
	return 0;
}

static inline void fy_thread_stop(struct fy_thread *thread)
{
	if (!thread->task)
		return;
	WRITE_ONCE(thread->stopping, true);
	fy_wake(&thread->wait);
	kthread_stop(thread->task);
	thread->task = NULL;
}

#endif
