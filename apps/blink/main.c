// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * blink: the driver blink does it all, from a timer.
 *
 *	make app APP=blink BOARD=rpi-4
 */
#include <ferry/app.h>

int main(void)
{
	return 0;
}
