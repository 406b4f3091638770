// SPDX-License-Identifier: GPL-2.0-only
/*
 * An app for the bare metal that tells what the firmware handed over, and has the devices sleep for
 * a moment: for tests/bare-tree.t.
 */
#include <ferry/app.h>

int main(void)
{
	fy_print("memory %u MiB, %s devicetree\n", (unsigned)(fy_memory_size() >> 20),
		 fy_devicetree() ? "a" : "no");
	return fy_suspend() || fy_resume();
}
