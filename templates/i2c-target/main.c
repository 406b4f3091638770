// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What the bare-metal image does once its drivers, @NAME@ among them, have been started. */
#include <ferry/app.h>

int main(void)
{
	fy_print("@NAME@: the image is up\n");
	return 0;
}
