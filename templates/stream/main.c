// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What the bare-metal image does once its drivers, @NAME@ among them, have been started. */
#include <ferry/app.h>

int main(void)
{
	static const char line[] = "hello from main.c\n";
	int rc = fy_stream_write("@NAME@", line, sizeof(line) - 1);

	fy_print("@NAME@: the image is up; write returned %d\n", rc);
	return 0;
}
