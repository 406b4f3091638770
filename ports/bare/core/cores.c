// SPDX-License-Identifier: GPL-2.0-only
/* Work for the other cores, each on a stack of its own. */
#include <ferry/app.h>

#include "bare.h"

#define CORES	   4
#define STACK_SIZE (16 * 1024)

static unsigned char stacks[CORES - 1][STACK_SIZE] __attribute__((aligned(16), section(".late")));

/* What each core does, and whether it still does. */
static struct job {
	void (*fn)(void *arg);
	void *arg;
	bool busy;
} jobs[CORES];

static void run(void *arg)
{
	struct job *job = arg;

	job->fn(job->arg);
	__atomic_store_n(&job->busy, false, __ATOMIC_RELEASE);
}

int fy_core_start(unsigned number, void (*fn)(void *arg), void *arg)
{
	struct job *job = &jobs[number % CORES];

	if (number == 0 || number >= CORES)
		return FY_ERR_NOT_FOUND;
	if (__atomic_load_n(&job->busy, __ATOMIC_ACQUIRE))
		return FY_ERR_BUSY;
	*job = (struct job){ .fn = fn, .arg = arg, .busy = true };
	if (arch_core_start(number, run, job, stacks[number - 1] + STACK_SIZE))
		return 0;
	job->busy = false;
	return FY_ERR_NOT_FOUND;
}
