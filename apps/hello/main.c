// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * hello: the driver hello says so on the console; so does the app.
 *
 *	make app APP=hello BOARD=rpi-zero
 */
#include <ferry/app.h>

int main(void)
{
	fy_print("hello from the app\n");
	return 0;
}
