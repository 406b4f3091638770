// SPDX-License-Identifier: GPL-2.0-only
/*
 * An app for the bare metal that tells what the firmware handed over, reads a sensor, if there is
 * one, and has the devices sleep for a moment: for tests/bare-tree.t.
 */
#include <ferry/app.h>
#include <ferry/app-sensor.h>

int main(void)
{
	fy_print("memory %u MiB, %s devicetree\n", (unsigned)(fy_memory_size() >> 20),
		 fy_devicetree() ? "a" : "no");
	fy_sensor_print("dht22");
	return fy_suspend() || fy_resume();
}
