// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * work-checks: what <ferry/work.h> promises, checked in a driver's probe; a log line for each that
 * is not so, and one at the end.
 */
#include <ferry/driver.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define LONG_NS (10 * FY_NS_PER_SEC)

struct checks {
	struct fy_device *dev;
	unsigned count, failed;

	struct fy_timer timer;
	struct fy_wait wait;
	struct fy_mutex mutex;
	struct fy_work work, other;
	struct fy_thread thread;
	bool done, holder_has_it, stays;
	unsigned calls, jobs, begun;
};

static void check(struct checks *c, const char *what, bool is_so)
{
	c->count++;
	if (is_so)
		return;
	c->failed++;
	fy_error(c->dev, "not so: %s", what);
}

static uint64_t answer(void *arg, uint64_t due)
{
	struct checks *c = arg;

	c->done = true;
	fy_wake(&c->wait);
	return FY_TIMER_STOP;
}

static void check_waits(struct checks *c)
{
	uint64_t start = fy_now_ns();

	check(c, "a wait ends by its time-out",
	      fy_wait_for(&c->wait, c->done, 20 * FY_NS_PER_MS) == FY_ERR_TIMEOUT);
	check(c, "not before it", fy_now_ns() - start >= 20 * FY_NS_PER_MS);
	start = fy_now_ns();
	fy_timer_start(&c->timer, start + 20 * FY_NS_PER_MS);
	check(c, "a handler ends a wait", fy_wait_for(&c->wait, c->done, LONG_NS) == 0);
	check(c, "then", fy_now_ns() - start >= 20 * FY_NS_PER_MS && fy_now_ns() - start < LONG_NS);
	check(c, "what is true needs no wait", fy_wait_for(&c->wait, c->done, 0) == 0);
	check(c, "what is not true is looked at once",
	      fy_wait_for(&c->wait, !c->done, 0) == FY_ERR_TIMEOUT);
	start = fy_now_ns();
	fy_sleep_us(3000);
	check(c, "a sleep is as long as asked for", fy_now_ns() - start >= 3 * FY_NS_PER_MS);
	fy_sleep_until(start);
}

/* Each start is one call; the handler waits. */
static void work_handler(void *arg)
{
	struct checks *c = arg;

	c->begun++;
	fy_wake(&c->wait);
	fy_sleep_us(30000);
	c->calls++;
	if (c->stays)
		fy_work_start_at(&c->work, fy_now_ns());
	fy_wake(&c->wait);
}

static void other_handler(void *arg)
{
	struct checks *c = arg;

	c->jobs++;
	fy_wake(&c->wait);
}

static void check_works(struct checks *c)
{
	uint64_t start;

	fy_work_start(&c->work);
	fy_wait_for(&c->wait, c->begun == 1, LONG_NS);
	fy_work_start(&c->other);
	check(c, "a work that waits keeps no other from running",
	      fy_wait_for(&c->wait, c->jobs == 1, LONG_NS) == 0 && c->calls == 0);
	fy_work_start(&c->work);
	fy_work_start(&c->work);
	check(c, "a work that runs is started once more",
	      fy_wait_for(&c->wait, c->calls == 2, LONG_NS) == 0);
	start = fy_now_ns();
	fy_work_start_at(&c->other, start + 20 * FY_NS_PER_MS);
	check(c, "a work starts at its time",
	      fy_wait_for(&c->wait, c->jobs == 2, LONG_NS) == 0 &&
		      fy_now_ns() - start >= 20 * FY_NS_PER_MS);
	fy_work_start_at(&c->other, fy_now_ns() + 20 * FY_NS_PER_MS);
	fy_work_stop(&c->other);
	fy_work_start(&c->work);
	fy_wait_for(&c->wait, c->begun == 3, LONG_NS);
	fy_work_stop(&c->work);
	check(c, "a stop waits for the handler", c->calls == 3);
	fy_sleep_us(40000);
	check(c, "and forgets a start", c->jobs == 2 && c->calls == 3);
	c->stays = true;
	fy_work_start(&c->work);
	check(c, "a stopped work starts again", fy_wait_for(&c->wait, c->calls == 5, LONG_NS) == 0);
	fy_work_stop(&c->work);
	c->begun = c->calls;
	fy_sleep_us(40000);
	check(c, "a stop ends a work that starts itself", c->begun == c->calls);
}

static void thread_function(void *arg)
{
	struct checks *c = arg;

	while (fy_thread_wait(&c->thread, c->jobs, FY_FOREVER) == 0) {
		c->jobs--;
		fy_wake(&c->wait);
	}
	fy_mutex_lock(&c->mutex);
	c->holder_has_it = true;
	fy_wake(&c->wait);
	fy_sleep_us(30000);
	c->holder_has_it = false;
	fy_mutex_unlock(&c->mutex);
}

static void unlock_late(void *arg)
{
	struct checks *c = arg;

	fy_wait_for(&c->wait, c->holder_has_it, LONG_NS);
	fy_mutex_lock(&c->mutex);
	c->done = !c->holder_has_it;
	fy_mutex_unlock(&c->mutex);
}

static int check_thread(struct checks *c)
{
	struct fy_thread *thread = &c->thread;
	int rc = fy_thread_start(thread, c->dev, thread_function, c);

	check(c, "a thread starts", rc == 0);
	if (rc)
		return rc;
	c->jobs = 3;
	fy_thread_wake(thread);
	check(c, "it does its jobs", fy_wait_for(&c->wait, !c->jobs, LONG_NS) == 0);
	c->done = false;
	fy_work_init(&c->other, c->dev, unlock_late, c);
	fy_work_start(&c->other);
	fy_thread_stop(thread);
	fy_work_stop(&c->other);
	check(c, "a stop waits for its end", !c->holder_has_it);
	fy_thread_stop(thread);
	check(c, "a mutex is held while its holder waits", c->done);
	return 0;
}

static int checks_probe(struct fy_device *dev)
{
	struct checks *c = fy_state(dev);
	struct fy_work never;

	c->dev = dev;
	fy_wait_init(&c->wait);
	fy_mutex_init(&c->mutex);
	fy_timer_init(&c->timer, dev, answer, c);
	fy_work_init(&c->work, dev, work_handler, c);
	fy_work_init(&c->other, dev, other_handler, c);
	check_waits(c);
	check_works(c);
	check_thread(c);
	__builtin_memset(&never, 0, sizeof(never));
	fy_work_stop(&never);
	fy_info(dev, "%u checks, %u not so", c->count, c->failed);
	return 0;
}

static void checks_remove(struct fy_device *dev)
{
	struct checks *c = fy_state(dev);

	fy_thread_stop(&c->thread);
	fy_work_stop(&c->work);
	fy_work_stop(&c->other);
	fy_timer_stop(&c->timer);
}

FY_DESCRIPTION("Ferry: checks of waiting and work");
FY_DRIVER(work_checks) = {
	.name = "work-checks",
	.state_size = sizeof(struct checks),
	.probe = checks_probe,
	.remove = checks_remove,
};
