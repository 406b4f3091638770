// SPDX-License-Identifier: GPL-2.0-only
/* A script at the console of a board: see script-drive.h. */
#include "boot/script-drive.h"

#define MS_NS	   1000000
#define LONGEST_MS 3600000

static uint64_t edges(void *boot, unsigned int pin)
{
	return boot_edges(boot, pin);
}

int script_drive_start(struct script_run *run, const struct script *script, struct boot *boot,
		       int64_t now, struct error *err)
{
	return script_run_start(run, script, edges, boot, now, err);
}

int script_drive(struct script_run *run, struct boot *boot, const struct boot_events *events,
		 int64_t now)
{
	if (events)
		script_run_console(run, events->console, events->len, now);
	script_run_poll(run, now);
	boot->watch_pins =
		script_run_wants_pin(run) ? UINT64_C(1) << run->script->line[run->at].pin : 0;
	if (boot_type(boot, run->typed.buf, run->typed.len) < 0)
		return -1;
	run->typed.len = 0;
	while (run->presses && boot_press_power(boot) == 0)
		run->presses--;
	return 0;
}

int script_drive_timeout(const struct script_run *run, int64_t now)
{
	int64_t deadline = script_run_deadline(run);

	if (deadline <= now)
		return 0;
	return (deadline - now) / MS_NS < LONGEST_MS ? (int)((deadline - now) / MS_NS) + 1 :
						       LONGEST_MS;
}
