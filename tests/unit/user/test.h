/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of the user port share: cmocka, ferry-sim, Ferry's drivers. */
#ifndef TEST_USER_H
#define TEST_USER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ferry-sim.h>
#include <ferry/driver.h>
#include <ferry/gpio-trigger.h>

#define MS     FERRY_SIM_MS
#define SECOND FERRY_SIM_SECOND

extern const struct fy_driver fy_driver_bcm2835_gpio, fy_driver_pl061, fy_driver_blink,
	fy_driver_beeper, fy_driver_hello;

/* A driver of the test's own, with a probe function: what drivers do, one by one. */
#define TEST_DRIVER(fn) static const struct fy_driver driver_##fn = { .name = "test", .probe = fn }

static inline unsigned logged(const struct ferry_sim *sim, const char *text)
{
	unsigned count = 0;

	for (size_t i = 0; i < ferry_sim_log_count(sim); i++)
		count += strstr(ferry_sim_log_line(sim, i)->text, text) != NULL;
	return count;
}

/* Nothing against a manual was done; and the world goes. */
static inline void end_world(struct ferry_sim *sim)
{
	for (size_t i = 0; i < ferry_sim_log_count(sim); i++)
		if (ferry_sim_log_line(sim, i)->level == 'm')
			print_message("%s\n", ferry_sim_log_line(sim, i)->text);
	assert_int_equal(ferry_sim_violations(sim), 0);
	ferry_sim_free(sim);
}

#endif
