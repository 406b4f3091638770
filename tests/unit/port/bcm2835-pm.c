// SPDX-License-Identifier: GPL-2.0-only
/*
 * ports/bare/chips/bcm2835-pm.c starts, keeps alive and stops the watchdog by the manual's writes,
 * each with the password. It runs on plain memory: QEMU's device resets at once whatever the
 * watchdog's time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "../../../ports/bare/chips/bcm2835-pm.c"

static uint32_t registers[16];

static int set_up(void **state)
{
	memset(registers, 0, sizeof(registers));
	registers[RSTC / 4] = 0x102;
	registers[RSTS / 4] = 0x1000;
	bcm2835_pm_init((uintptr_t)registers);
	return 0;
}

static void the_watchdog_starts_with_its_time(void **state)
{
	bcm2835_pm_watchdog(1000);
	assert_int_equal(registers[WDOG / 4], 0x5a010000);
	assert_int_equal(registers[RSTC / 4], 0x5a000122);
}

static void kept_alive_it_starts_anew(void **state)
{
	bcm2835_pm_watchdog(1000);
	registers[WDOG / 4] = 0x1234; /* it counts down */
	bcm2835_pm_watchdog(500);
	assert_int_equal(registers[WDOG / 4], 0x5a008000);
	assert_int_equal(registers[RSTC / 4], 0x5a000122);
}

static void its_time_is_not_zero_and_not_too_large(void **state)
{
	bcm2835_pm_watchdog(16000);
	assert_int_equal(registers[WDOG / 4], 0x5a0fffff);
	bcm2835_pm_watchdog(~0u);
	assert_int_equal(registers[WDOG / 4], 0x5a0fffff);
	bcm2835_pm_watchdog(15999);
	assert_int_equal(registers[WDOG / 4], 0x5a000000 + 15999 * 65536 / 1000);
	bcm2835_pm_watchdog(1);
	assert_int_equal(registers[WDOG / 4], 0x5a000000 + 65);
}

static void it_stops(void **state)
{
	bcm2835_pm_watchdog(1000);
	bcm2835_pm_watchdog(0);
	assert_int_equal(registers[RSTC / 4] & RSTC_WHAT, 0);
	assert_int_equal(registers[RSTC / 4] & ~VALUE, PASSWORD);
}

static void a_reset_comes_soon(void **state)
{
	bcm2835_pm_reset();
	assert_int_equal(registers[WDOG / 4], 0x5a00000a);
	assert_int_equal(registers[RSTC / 4], 0x5a000122);
	assert_int_equal(registers[RSTS / 4], 0x1000);
}

static void off_is_a_reset_that_the_firmware_ends(void **state)
{
	bcm2835_pm_off();
	assert_int_equal(registers[RSTS / 4], 0x5a001555);
	assert_int_equal(registers[RSTC / 4], 0x5a000122);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_watchdog_starts_with_its_time, set_up),
		cmocka_unit_test_setup(kept_alive_it_starts_anew, set_up),
		cmocka_unit_test_setup(its_time_is_not_zero_and_not_too_large, set_up),
		cmocka_unit_test_setup(it_stops, set_up),
		cmocka_unit_test_setup(a_reset_comes_soon, set_up),
		cmocka_unit_test_setup(off_is_a_reset_that_the_firmware_ends, set_up),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
