// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * beep: plays what is typed on the console, in the beeper's language (docs/drivers.md):
 *
 *	t440 500000
 *	mhello world
 *
 * An empty line waits until all has been played, and says "played".
 *
 *	make app APP=beep BOARD=rpi-zero
 */
#include <ferry/app.h>

int main(void)
{
	static char line[300];

	for (;;) {
		size_t len;
		int rc;

		fy_print("beep> ");
		len = fy_console_line(line, sizeof(line));
		if (len == 1) {
			fy_stream_drain("beeper");
			fy_print("played\n");
			continue;
		}
		rc = fy_stream_write("beeper", line, len);
		if (rc == FY_ERR_INVALID)
			continue; /* the driver has said what is wrong with it */
		if (rc)
			fy_print("the beeper: error %d\n", rc);
	}
}
