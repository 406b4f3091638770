// SPDX-License-Identifier: GPL-2.0-only
/* The least that starts and says so: bench/start counts the instructions until then. */
#include <ferry/app.h>

int main(void)
{
	fy_print("started\n");
	return 0;
}
