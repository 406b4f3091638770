// SPDX-License-Identifier: GPL-2.0-only
/* An app for the bare metal that has core 2 use up its stack: for tests/bare-start.t. */
#include <ferry/app.h>

static int __attribute__((noinline)) overflow(int depth)
{
	volatile char frame[200];

	frame[0] = (char)depth;
	return depth < 0 ? 0 : overflow(depth + 1) + frame[0];
}

static void run(void *arg)
{
	*(volatile int *)arg = overflow(1);
}

int main(void)
{
	static int result;

	return fy_core_start(2, run, &result);
}
