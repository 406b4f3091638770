// SPDX-License-Identifier: GPL-2.0-only
/*
 * An app for the bare metal that has each other core add to a sum, twice: for tests/bare-start.t.
 */
#include <ferry/app.h>

static unsigned sum;

static void add(void *arg)
{
	__atomic_fetch_add(&sum, *(unsigned *)arg, __ATOMIC_ACQ_REL);
}

/* Whether the sum becomes WANTED within 20 seconds. */
static bool becomes(unsigned wanted)
{
	uint64_t end = fy_now_ns() + 20 * FY_NS_PER_SEC;

	while (__atomic_load_n(&sum, __ATOMIC_ACQUIRE) != wanted)
		if (fy_now_ns() > end)
			return false;
	return true;
}

/* A core that has added is busy a moment longer. */
static int start(unsigned core, unsigned *term)
{
	int err;

	do
		err = fy_core_start(core, add, term);
	while (err == FY_ERR_BUSY);
	return err;
}

int main(void)
{
	static unsigned terms[] = { 0, 1, 10, 100, 1000 };
	unsigned wanted = 0;

	for (unsigned round = 0; round < 2; round++) {
		for (unsigned core = 0; core < 5; core++) {
			if (start(core, &terms[core]) == FY_ERR_NOT_FOUND)
				continue;
			wanted += terms[core];
			if (!becomes(wanted))
				fy_print("core %u does not come\n", core);
		}
	}
	fy_print("the cores add up to %u\n", sum);
	return 0;
}
