// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Work for the other cores, each on a stack of its own. */
#include <ferry/app.h>

#include "bare.h"

struct bare_core_stack bare_core_stacks[BARE_CORES - 1] __attribute__((section(".late")));

/* What each core does, and whether it still does. */
static struct job {
	void (*fn)(void *arg);
	void *arg;
	bool busy;
} jobs[BARE_CORES];

static void run(void *arg)
{
	struct job *job = arg;

	job->fn(job->arg);
	__atomic_store_n(&job->busy, false, __ATOMIC_RELEASE);
}

int fy_core_start(unsigned number, void (*fn)(void *arg), void *arg)
{
	struct job *job = &jobs[number % BARE_CORES];

	if (number == 0 || number >= BARE_CORES)
		return FY_ERR_NOT_FOUND;
	if (__atomic_load_n(&job->busy, __ATOMIC_ACQUIRE))
		return FY_ERR_BUSY;
	*job = (struct job){ .fn = fn, .arg = arg, .busy = true };
	if (arch_core_start(number, run, job, &bare_core_stacks[number]))
		return 0;
	job->busy = false;
	return FY_ERR_NOT_FOUND;
}
