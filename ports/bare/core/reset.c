// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* The board's reset, power off and watchdog, for the app. */
#include <ferry/app.h>

#include "core.h"

void fy_reset(void)
{
	arch_irq_save();
	bare_board.reset();
	arch_halt();
}

bool fy_power_off(void)
{
	unsigned long flags = arch_irq_save();

	if (bare_board.off)
		bare_board.off();
	arch_irq_restore(flags);
	return false;
}

bool fy_watchdog(unsigned ms)
{
	if (!bare_board.watchdog_start)
		return false;
	bare_board.watchdog_start(ms);
	return true;
}
