// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The start of everything after the architecture's: console, interrupts, clock, drivers, the app.
 */
#include <ferry/app.h>

#include "core.h"

void bare_start(uintptr_t dtb)
{
	int rc;

	bare_firmware_init(dtb);
	bare_board.init();
	bare_timer_init();
	bare_console_start();
	arch_irq_on();
	bare_probe();
	rc = main();
	bare_log(NULL, "main returned %d", rc);
	for (;;)
		fy_wait();
}
