// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting and work (<ferry/work.h>) in a process: a wait ends by its condition or its time-out at
 * the right time, wherever it is made; works and threads run one after the other in the order of
 * their starts, and are gone after their stop; wrong use is reported.
 */
#include <ferry/irq.h>
#include <ferry/work.h>

#include "test.h"

static struct ferry_sim *sim;

/* What happened, a letter each. */
static char happened[64];

static void note(char what)
{
	size_t len = strlen(happened);

	assert_true(len + 1 < sizeof(happened));
	happened[len] = what;
	happened[len + 1] = '\0';
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	happened[0] = '\0';
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void start(const struct fy_driver *driver)
{
	assert_non_null(ferry_sim_add(sim, driver, driver->name, NULL));
	assert_int_equal(ferry_sim_probe(sim), 0);
}

/* ---- A device that answers after a while ---- */

static struct answer {
	struct fy_timer timer;
	struct fy_wait wait;
	bool done;
	int result;
	uint64_t waited;
} * answer;

static uint64_t answer_now(void *arg, uint64_t due)
{
	struct answer *a = arg;

	(void)due;
	a->done = true;
	fy_wake(&a->wait);
	return FY_TIMER_STOP;
}

static void ask(struct answer *a, struct fy_device *dev, uint64_t answers_in)
{
	fy_wait_init(&a->wait);
	fy_timer_init(&a->timer, dev, answer_now, a);
	a->done = false;
	fy_timer_start(&a->timer, fy_now_ns() + answers_in);
}

static void wait_answer(struct answer *a, uint64_t timeout)
{
	uint64_t begin = fy_now_ns();

	a->result = fy_wait_for(&a->wait, a->done, timeout);
	a->waited = fy_now_ns() - begin;
}

/* ---- Waits ---- */

static int probe_waits(struct fy_device *dev)
{
	answer = fy_state(dev);
	ask(answer, dev, 7 * MS);
	wait_answer(answer, 10 * MS);
	return 0;
}

static void a_wait_in_probe_ends_when_the_answer_comes(void **state)
{
	static const struct fy_driver driver = { .name = "asks",
						 .state_size = sizeof(struct answer),
						 .probe = probe_waits };

	start(&driver);
	assert_int_equal(answer->result, 0);
	assert_int_equal(answer->waited, 7 * MS);
	assert_int_equal(ferry_sim_now(sim), 7 * MS);
}

static int probe_times_out(struct fy_device *dev)
{
	answer = fy_state(dev);
	ask(answer, dev, 7 * MS);
	wait_answer(answer, 5 * MS);
	assert_int_equal(answer->result, FY_ERR_TIMEOUT);
	assert_int_equal(answer->waited, 5 * MS);
	/* The second wait has the rest of it. */
	wait_answer(answer, 5 * MS);
	assert_int_equal(answer->result, 0);
	assert_int_equal(answer->waited, 2 * MS);
	/* What is true already needs no time. */
	assert_int_equal(fy_wait_for(&answer->wait, answer->done, 0), 0);
	assert_int_equal(fy_wait_for(&answer->wait, !answer->done, 0), FY_ERR_TIMEOUT);
	assert_int_equal(fy_now_ns(), 7 * MS);
	fy_sleep_us(250);
	assert_int_equal(fy_now_ns(), 7 * MS + 250000);
	return 0;
}

static void a_time_out_is_that_and_the_wait_may_be_repeated(void **state)
{
	static const struct fy_driver driver = { .name = "asks",
						 .state_size = sizeof(struct answer),
						 .probe = probe_times_out };

	start(&driver);
}

/* ---- Works ---- */

struct worker {
	struct fy_work work, other;
	struct fy_thread thread;
	struct fy_mutex mutex;
	struct answer answer;
	struct fy_device *dev;
	unsigned calls;
};
static struct worker *worker;

static void remove_worker(struct fy_device *dev)
{
	struct worker *s = fy_state(dev);

	fy_thread_stop(&s->thread);
	fy_work_stop(&s->work);
	fy_work_stop(&s->other);
}

#define WORKER(fn)                                    \
	static const struct fy_driver driver_##fn = { \
		.name = #fn,                          \
		.state_size = sizeof(struct worker),  \
		.probe = fn,                          \
		.remove = remove_worker,              \
	}

static void count_call(void *arg)
{
	struct worker *s = arg;

	note('w');
	s->calls++;
}

static int probe_counts(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_work_init(&worker->work, dev, count_call, worker);
	fy_work_start(&worker->work);
	fy_work_start(&worker->work);
	note('p');
	return 0;
}
WORKER(probe_counts);

static void a_work_runs_once_for_its_starts_after_the_call_that_made_them(void **state)
{
	start(&driver_probe_counts);
	assert_string_equal(happened, "pw");
	fy_work_start(&worker->work);
	assert_string_equal(happened, "pww");
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(worker->calls, 2);
}

static void a_work_starts_at_its_time_and_the_last_one_counts(void **state)
{
	start(&driver_probe_counts);
	fy_work_start_at(&worker->work, 5 * MS);
	fy_work_start_at(&worker->work, 9 * MS);
	ferry_sim_run_until(sim, 9 * MS - 1);
	assert_int_equal(worker->calls, 1);
	ferry_sim_run_until(sim, 9 * MS);
	assert_int_equal(worker->calls, 2);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(worker->calls, 2);
}

/* Works wait beside each other: the one that is done first goes on first. */
static void wait_long(void *arg)
{
	note('L');
	fy_sleep_until(10 * MS);
	note('l');
}

static void wait_short(void *arg)
{
	note('S');
	fy_sleep_until(3 * MS);
	note('s');
}

static int probe_two(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_work_init(&worker->work, dev, wait_long, worker);
	fy_work_init(&worker->other, dev, wait_short, worker);
	fy_work_start(&worker->work);
	fy_work_start(&worker->other);
	return 0;
}
WORKER(probe_two);

static void a_work_that_waits_keeps_no_other_from_going_on(void **state)
{
	start(&driver_probe_two);
	assert_string_equal(happened, "LS");
	ferry_sim_run_until(sim, 3 * MS);
	assert_string_equal(happened, "LSs");
	ferry_sim_run_until(sim, 10 * MS);
	assert_string_equal(happened, "LSsl");
}

static int probe_waits_for_work(struct fy_device *dev)
{
	probe_two(dev);
	fy_sleep_until(5 * MS);
	note('p');
	return 0;
}
WORKER(probe_waits_for_work);

static void works_go_on_while_probe_waits(void **state)
{
	start(&driver_probe_waits_for_work);
	assert_string_equal(happened, "LSsp");
	ferry_sim_run_until(sim, 10 * MS);
	assert_string_equal(happened, "LSspl");
}

static void a_stop_waits_for_the_handler(void **state)
{
	struct ferry_sim_device *dev = ferry_sim_add(sim, &driver_probe_two, "two", NULL);

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(dev);
	/* The first stop was that of the long one. */
	assert_string_equal(happened, "LSsl");
	assert_int_equal(ferry_sim_now(sim), 10 * MS);
}

static void start_again(void *arg)
{
	struct worker *s = arg;

	s->calls++;
	fy_sleep_us(1000);
	fy_work_start(&s->work);
	fy_work_start_at(&s->work, fy_now_ns() + MS);
}

static int probe_again(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_work_init(&worker->work, dev, start_again, worker);
	fy_work_start(&worker->work);
	return 0;
}
WORKER(probe_again);

static void a_stop_forgets_what_the_handler_starts(void **state)
{
	struct ferry_sim_device *dev = ferry_sim_add(sim, &driver_probe_again, "again", NULL);

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_in_range(worker->calls, 10, 11);
	ferry_sim_remove(dev);
	/* No work, no timer is left: removing the device has looked for them. */
	assert_true(ferry_sim_run_to_idle(sim, 0));
	/* A stopped work may be started again. */
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_run_for(sim, 3 * MS);
	assert_in_range(worker->calls, 3, 4);
}

/* ---- Threads and mutexes ---- */

static void run_jobs(void *arg)
{
	struct worker *s = arg;
	int rc;

	while ((rc = fy_thread_wait(&s->thread, s->calls, 4 * MS)) != FY_ERR_GONE) {
		note(rc ? 't' : 'j');
		if (!rc)
			s->calls--;
	}
	note('e');
}

static int probe_thread(struct fy_device *dev)
{
	worker = fy_state(dev);
	return fy_thread_start(&worker->thread, dev, run_jobs, worker);
}
WORKER(probe_thread);

static void a_thread_waits_for_jobs_until_it_is_stopped(void **state)
{
	struct ferry_sim_device *dev = ferry_sim_add(sim, &driver_probe_thread, "thread", NULL);

	assert_int_equal(ferry_sim_probe(sim), 0);
	worker->calls = 2;
	fy_thread_wake(&worker->thread);
	ferry_sim_run_for(sim, MS);
	assert_string_equal(happened, "jj");
	ferry_sim_run_for(sim, 9 * MS);
	assert_string_equal(happened, "jjtt");
	ferry_sim_remove(dev);
	assert_string_equal(happened, "jjtte");
	assert_int_equal(ferry_sim_now(sim), 10 * MS);
}

static void return_at_once(void *arg)
{
	note('r');
}

static int probe_short_thread(struct fy_device *dev)
{
	worker = fy_state(dev);
	return fy_thread_start(&worker->thread, dev, return_at_once, worker);
}
WORKER(probe_short_thread);

static void a_thread_may_return_before_it_is_stopped(void **state)
{
	start(&driver_probe_short_thread);
	assert_string_equal(happened, "r");
}

static void hold_mutex(void *arg)
{
	struct worker *s = arg;

	fy_mutex_lock(&s->mutex);
	note('L');
	fy_sleep_us(5000);
	note('l');
	fy_mutex_unlock(&s->mutex);
}

static void want_mutex(void *arg)
{
	struct worker *s = arg;

	note('?');
	fy_mutex_lock(&s->mutex);
	note('M');
	fy_mutex_unlock(&s->mutex);
}

static int probe_mutex(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_mutex_init(&worker->mutex);
	fy_work_init(&worker->work, dev, hold_mutex, worker);
	fy_work_init(&worker->other, dev, want_mutex, worker);
	fy_work_start(&worker->work);
	fy_work_start(&worker->other);
	fy_sleep_us(1000);
	fy_mutex_lock(&worker->mutex);
	note('p');
	fy_mutex_unlock(&worker->mutex);
	return 0;
}
WORKER(probe_mutex);

static void a_mutex_is_held_while_its_holder_waits(void **state)
{
	start(&driver_probe_mutex);
	ferry_sim_run_for(sim, 0);
	assert_memory_equal(happened, "L?l", 3);
	assert_int_equal(strlen(happened), 5);
	assert_non_null(strchr(happened, 'M'));
	assert_non_null(strchr(happened, 'p'));
	assert_int_equal(ferry_sim_now(sim), 5 * MS);
}

/* ---- Wrong use ---- */

static uint64_t wait_in_handler(void *arg, uint64_t due)
{
	struct answer *a = arg;

	(void)due;
	a->result = fy_wait_for(&a->wait, a->done, MS);
	return FY_TIMER_STOP;
}

static int probe_wrong(struct fy_device *dev)
{
	struct fy_lock lock;
	fy_irqflags flags;

	worker = fy_state(dev);
	fy_wait_init(&worker->answer.wait);
	fy_timer_init(&worker->answer.timer, dev, wait_in_handler, &worker->answer);
	fy_timer_start(&worker->answer.timer, 0);
	fy_lock_init(&lock);
	flags = fy_lock(&lock);
	assert_int_equal(fy_wait_for(&worker->answer.wait, false, MS), FY_ERR_TIMEOUT);
	fy_unlock(&lock, flags);
	fy_mutex_init(&worker->mutex);
	fy_mutex_lock(&worker->mutex);
	fy_mutex_lock(&worker->mutex);
	fy_mutex_unlock(&worker->mutex);
	return 0;
}
WORKER(probe_wrong);

static void waits_where_none_may_be_are_reported(void **state)
{
	start(&driver_probe_wrong);
	assert_int_equal(logged(sim, "a call that may wait is made with a lock held"), 1);
	assert_int_equal(logged(sim, "a mutex is taken by who has it"), 1);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(logged(sim, "a handler calls what may wait"), 1);
	assert_int_equal(worker->answer.result, FY_ERR_TIMEOUT);
	assert_int_equal(ferry_sim_violations(sim), 3);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

static int probe_for_good(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_wait_init(&worker->answer.wait);
	assert_int_equal(fy_wait_for(&worker->answer.wait, false, FY_FOREVER), FY_ERR_TIMEOUT);
	return 0;
}
WORKER(probe_for_good);

static void a_wait_that_nothing_ends_is_reported(void **state)
{
	start(&driver_probe_for_good);
	assert_int_equal(logged(sim, "a driver waits for what never comes"), 1);
	assert_int_equal(ferry_sim_violations(sim), 1);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

static void leave_waiting(void *arg)
{
	fy_sleep_us(10000);
	note('!');
}

static int probe_leaves(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_work_init(&worker->work, dev, leave_waiting, worker);
	fy_work_start(&worker->work);
	fy_work_start_at(&worker->work, MS);
	fy_sleep_us(10);
	return FY_ERR_IO;
}
WORKER(probe_leaves);

static void a_work_that_is_left_behind_is_reported_and_ended(void **state)
{
	assert_non_null(ferry_sim_add(sim, &driver_probe_leaves, "leaves", NULL));
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_int_equal(logged(sim, "it leaves a work running"), 1);
	assert_int_equal(logged(sim, "it leaves a timer running"), 1);
	ferry_sim_run_for(sim, SECOND);
	assert_string_equal(happened, "");
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

/* A thread that never waits for anything lets others and the time go on. */
static void poll_for_good(void *arg)
{
	struct worker *s = arg;

	while (fy_thread_wait(&s->thread, false, 0) != FY_ERR_GONE)
		s->calls++;
}

static int probe_polls(struct fy_device *dev)
{
	worker = fy_state(dev);
	fy_work_init(&worker->work, dev, count_call, worker);
	fy_work_start_at(&worker->work, MS);
	return fy_thread_start(&worker->thread, dev, poll_for_good, worker);
}
WORKER(probe_polls);

static void a_thread_that_polls_stops_neither_time_nor_others(void **state)
{
	start(&driver_probe_polls);
	ferry_sim_run_until(sim, 2 * MS);
	assert_string_equal(happened, "w");
	assert_true(worker->calls > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(a_wait_in_probe_ends_when_the_answer_comes),
		TEST(a_time_out_is_that_and_the_wait_may_be_repeated),
		TEST(a_work_runs_once_for_its_starts_after_the_call_that_made_them),
		TEST(a_work_starts_at_its_time_and_the_last_one_counts),
		TEST(a_work_that_waits_keeps_no_other_from_going_on),
		TEST(works_go_on_while_probe_waits),
		TEST(a_stop_waits_for_the_handler),
		TEST(a_stop_forgets_what_the_handler_starts),
		TEST(a_thread_waits_for_jobs_until_it_is_stopped),
		TEST(a_thread_may_return_before_it_is_stopped),
		TEST(a_mutex_is_held_while_its_holder_waits),
		TEST(waits_where_none_may_be_are_reported),
		TEST(a_wait_that_nothing_ends_is_reported),
		TEST(a_work_that_is_left_behind_is_reported_and_ended),
		TEST(a_thread_that_polls_stops_neither_time_nor_others),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
