// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Waiting, work and threads (<ferry/work.h>): fibers have the processor in turn, also when more
 * works are started than there are fibers.
 */
#include "tap.h"

#include <ferry/work.h>

#define LATE_NS	  (10 * FY_NS_PER_SEC)
#define MANY	  20 /* more than there are fibers */
#define WAIT_WORK (5 * FY_NS_PER_MS)

static char happened[16];
static unsigned happened_count;

static void forget(void)
{
	happened_count = 0;
	for (size_t i = 0; i < sizeof(happened); i++)
		happened[i] = '\0';
}

static void note(char what)
{
	if (happened_count < sizeof(happened) - 1)
		happened[happened_count++] = what;
}

/* ---- Waits ---- */

struct answer {
	struct fy_timer timer;
	struct fy_wait wait;
	bool done;
};

static uint64_t answer_now(void *arg, uint64_t due)
{
	struct answer *a = arg;

	(void)due;
	a->done = true;
	fy_wake(&a->wait);
	return FY_TIMER_STOP;
}

static void test_wait(void)
{
	struct answer a = { .done = false };
	uint64_t start = fy_now_ns();

	fy_wait_init(&a.wait);
	fy_timer_init(&a.timer, NULL, answer_now, &a);
	tap_is_int("a wait ends by its time-out", fy_wait_for(&a.wait, a.done, 5 * FY_NS_PER_MS),
		   FY_ERR_TIMEOUT);
	tap_in("not before it", fy_now_ns() - start, 5 * FY_NS_PER_MS, LATE_NS);
	start = fy_now_ns();
	fy_timer_start(&a.timer, start + 5 * FY_NS_PER_MS);
	tap_is_int("a wait ends when a handler wakes it", fy_wait_for(&a.wait, a.done, LATE_NS), 0);
	tap_in("then", fy_now_ns() - start, 5 * FY_NS_PER_MS, LATE_NS);
	tap_is_int("what is true already needs no wait", fy_wait_for(&a.wait, a.done, 0), 0);
}

/* ---- Works ---- */

struct worker {
	struct fy_work work;
	struct fy_wait *all_done;
	char name;
	uint64_t sleep;
	unsigned *calls;
};

static void sleep_and_note(void *arg)
{
	struct worker *w = arg;

	note(w->name);
	if (w->sleep)
		fy_sleep_until(fy_now_ns() + w->sleep);
	note((char)(w->name - 'A' + 'a'));
	++*w->calls;
	fy_wake(w->all_done);
}

static void prepare(struct worker *w, char name, uint64_t sleep, unsigned *calls,
		    struct fy_wait *all_done)
{
	*w = (struct worker){ .name = name, .sleep = sleep, .calls = calls, .all_done = all_done };
	fy_work_init(&w->work, NULL, sleep_and_note, w);
}

static void test_works(void)
{
	static struct worker many[MANY];
	struct worker a, b;
	struct fy_wait all_done;
	unsigned calls = 0;
	uint64_t start;

	fy_wait_init(&all_done);
	forget();
	prepare(&a, 'A', 40 * FY_NS_PER_MS, &calls, &all_done);
	prepare(&b, 'B', WAIT_WORK, &calls, &all_done);
	fy_work_start(&a.work);
	fy_work_start(&b.work);
	tap_is("a work waits for its turn", happened_count, 0);
	fy_wait_for(&all_done, calls == 2, LATE_NS);
	tap_is_text("one that waits keeps no other from going on", happened, "ABba");

	forget();
	start = fy_now_ns();
	fy_work_start_at(&b.work, start + 10 * FY_NS_PER_MS);
	fy_wait_for(&all_done, calls == 3, LATE_NS);
	tap_in("a delayed work comes at its time", fy_now_ns() - start, 10 * FY_NS_PER_MS, LATE_NS);

	fy_work_start(&a.work);
	fy_sleep_ms(1);
	fy_work_stop(&a.work);
	tap_is("a stop waits for the handler", calls, 4);
	fy_work_start(&a.work);
	fy_work_stop(&a.work);
	fy_work_start_at(&b.work, fy_now_ns() + FY_NS_PER_MS);
	fy_work_stop(&b.work);
	fy_sleep_ms(50);
	tap_is("and forgets a start", calls, 4);

	calls = 0;
	for (unsigned i = 0; i < MANY; i++) {
		prepare(&many[i], 'A', WAIT_WORK, &calls, &all_done);
		fy_work_start(&many[i].work);
	}
	tap_is_int("more works than fibers run", fy_wait_for(&all_done, calls == MANY, LATE_NS), 0);
}

/* ---- Threads and mutexes ---- */

struct job {
	struct fy_thread thread;
	struct fy_mutex mutex;
	unsigned jobs, done, with_mutex;
};

static void do_jobs(void *arg)
{
	struct job *j = arg;

	while (!fy_thread_wait(&j->thread, j->jobs != j->done, FY_FOREVER))
		j->done++;
	fy_mutex_lock(&j->mutex);
	j->with_mutex++;
	fy_mutex_unlock(&j->mutex);
	note('e');
}

static void test_thread(void)
{
	struct job j = { .jobs = 3 };

	forget();
	fy_mutex_init(&j.mutex);
	tap_is_int("a thread starts", fy_thread_start(&j.thread, NULL, do_jobs, &j), 0);
	fy_sleep_ms(5);
	tap_is("and does its jobs", j.done, 3);
	j.jobs++;
	fy_thread_wake(&j.thread);
	fy_sleep_ms(5);
	tap_is("another one when it is woken", j.done, 4);
	fy_thread_stop(&j.thread);
	tap_is_text("a stop waits for its end", happened, "e");
	tap_is("which took a mutex", j.with_mutex, 1);
	fy_thread_stop(&j.thread);
}

static void hold(void *arg)
{
	struct job *j = arg;

	fy_mutex_lock(&j->mutex);
	note('L');
	fy_sleep_ms(10);
	note('l');
	fy_mutex_unlock(&j->mutex);
}

static void test_mutex(void)
{
	struct job j = { .jobs = 0 };

	forget();
	fy_mutex_init(&j.mutex);
	fy_thread_start(&j.thread, NULL, hold, &j);
	fy_sleep_ms(1);
	fy_mutex_lock(&j.mutex);
	note('m');
	fy_mutex_unlock(&j.mutex);
	fy_thread_stop(&j.thread);
	tap_is_text("a mutex is held while its holder waits", happened, "Llm");
}

void test_work(void)
{
	test_wait();
	test_works();
	test_thread();
	test_mutex();
}
