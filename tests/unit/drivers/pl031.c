// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/pl031.c on the model of its device: time is read, set, and goes on; the alarm comes at
 * its second, once, and not when it has been changed or disabled; without an interrupt there is
 * none. And dates, of all 10,000 years.
 */
#include "../user/test.h"

#include <ferry-sim/rtc.h>
#include <ferry/rtc.h>

extern const struct fy_driver fy_driver_pl031;

#define NOON 1796126400 /* 2026-12-01 12:00:00 */

static struct ferry_sim *sim;
static struct ferry_sim_device *rtc;

static int setup(void **state)
{
	sim = ferry_sim_new();
	rtc = ferry_sim_add(sim, &fy_driver_pl031, "rtc", "pl031");
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int end(void **state)
{
	end_world(sim);
	return 0;
}

static void time_is_set_and_goes_on(void **state)
{
	int64_t time;

	assert_int_equal(ferry_sim_rtc_set_time(rtc, NOON), 0);
	ferry_sim_run_for(sim, 90 * SECOND);
	assert_int_equal(ferry_sim_rtc_time(rtc, &time), 0);
	assert_int_equal(time, NOON + 90);
	assert_int_equal(ferry_sim_rtc_set_time(rtc, -1), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_time(rtc, INT64_C(1) << 32), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_time(rtc, UINT32_MAX), 0);
	assert_int_equal(ferry_sim_rtc_time(rtc, &time), 0);
	assert_int_equal(time, UINT32_MAX);
}

static void the_alarm_comes_at_its_second_and_once(void **state)
{
	int64_t time;
	bool enabled;

	ferry_sim_rtc_set_time(rtc, NOON);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 0);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 10, true), 0);
	assert_int_equal(ferry_sim_rtc_alarm(rtc, &time, &enabled), 0);
	assert_int_equal(time, NOON + 10);
	assert_int_equal(enabled, true);
	ferry_sim_run_for(sim, 9 * SECOND);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 0);
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 1);
	assert_int_equal(ferry_sim_rtc_alarm(rtc, &time, &enabled), 0);
	assert_int_equal(enabled, false);
	ferry_sim_run_for(sim, UINT64_C(200) * 366 * 86400 * SECOND);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 1);
}

static void an_alarm_that_is_changed_or_disabled_does_not_come(void **state)
{
	ferry_sim_rtc_set_time(rtc, NOON);
	ferry_sim_rtc_alarms(rtc);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 10, true), 0);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 20, true), 0);
	ferry_sim_run_for(sim, 19 * SECOND);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 0);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 20, false), 0);
	ferry_sim_run_for(sim, 19 * SECOND);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 0);
	/* What matched while it was disabled is not told when it is enabled. */
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 100, true), 0);
	assert_int_equal(ferry_sim_rtc_alarms(rtc), 0);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 38, true), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, INT64_C(1) << 32, true), FY_ERR_INVALID);
}

static void removal_disables_the_interrupt(void **state)
{
	int64_t time;

	ferry_sim_rtc_set_time(rtc, NOON);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON + 10, true), 0);
	ferry_sim_remove(rtc);
	assert_int_equal(ferry_sim_peek(rtc, 0x010), 0);
	assert_int_equal(ferry_sim_rtc_time(rtc, &time), FY_ERR_NOT_FOUND);
	ferry_sim_run_for(sim, 20 * SECOND);
	assert_int_equal(ferry_sim_irq_calls(rtc), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_rtc_time(rtc, &time), 0);
	assert_int_equal(time, NOON + 20);
}

static struct ferry_sim_device *another(void)
{
	ferry_sim_free(sim);
	sim = ferry_sim_new();
	return ferry_sim_add(sim, &fy_driver_pl031, "rtc", "pl031");
}

static void without_an_interrupt_there_is_no_alarm(void **state)
{
	int64_t time;

	rtc = another();
	ferry_sim_set_irqs(rtc, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_rtc_time(rtc, &time), 0);
	assert_int_equal(ferry_sim_rtc_set_alarm(rtc, NOON, true), FY_ERR_UNSUPPORTED);
}

static void faults_unwind(void **state)
{
	rtc = another();
	ferry_sim_refuse(rtc, FERRY_SIM_RTC_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	assert_false(ferry_sim_irq_attached(rtc, 0));
	ferry_sim_refuse(rtc, FERRY_SIM_RTC_OFFER, 0, 0);
	ferry_sim_refuse(rtc, FERRY_SIM_IRQ_ATTACH, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	ferry_sim_refuse(rtc, FERRY_SIM_IRQ_ATTACH, 0, 0);
	ferry_sim_inject(rtc, &(struct ferry_sim_fault){ .offset = 0xfe0, .flip = 2 });
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "part number 0x033 in place of 0x031: another device");
}

/* Day after day, by another way: counting. */
static void dates_are_those_of_the_calendar(void **state)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned year = 0, month = 1, day = 1, weekday = 6;
	int64_t time = INT64_C(-62167219200), back;
	struct fy_rtc_date d;

	for (; year < 10000; time += 86400) {
		const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

		assert_int_equal(fy_rtc_date(time + 86399, &d), 0);
		assert_int_equal(d.year * 10000 + d.month * 100 + d.day,
				 year * 10000 + month * 100 + day);
		assert_int_equal(d.hour * 10000 + d.minute * 100 + d.second, 235959);
		assert_int_equal(d.weekday, weekday);
		assert_int_equal(fy_rtc_seconds(&d, &back), 0);
		assert_true(back == time + 86399);
		weekday = (weekday + 1) % 7;
		if (day++ < days[month - 1] + (month == 2 && leap))
			continue;
		day = 1;
		month = month % 12 + 1;
		year += month == 1;
	}
	assert_int_equal(fy_rtc_date(time, &d), FY_ERR_INVALID);
	assert_int_equal(fy_rtc_date(INT64_C(-62167219201), &d), FY_ERR_INVALID);
	assert_int_equal(fy_rtc_date(INT64_MAX, &d), FY_ERR_INVALID);
	assert_int_equal(fy_rtc_date(INT64_MIN, &d), FY_ERR_INVALID);
	d = (struct fy_rtc_date){ 2023, 2, 29, 0, 0, 0, 0 };
	assert_int_equal(fy_rtc_seconds(&d, &time), FY_ERR_INVALID);
	d = (struct fy_rtc_date){ 2023, 13, 1, 0, 0, 0, 0 };
	assert_int_equal(fy_rtc_seconds(&d, &time), FY_ERR_INVALID);
	d = (struct fy_rtc_date){ 2023, 1, 1, 24, 0, 0, 0 };
	assert_int_equal(fy_rtc_seconds(&d, &time), FY_ERR_INVALID);
	assert_int_equal(fy_rtc_to_bcd(59), 0x59);
	assert_int_equal(fy_rtc_from_bcd(0x59), 59);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(time_is_set_and_goes_on),
		TEST(the_alarm_comes_at_its_second_and_once),
		TEST(an_alarm_that_is_changed_or_disabled_does_not_come),
		TEST(removal_disables_the_interrupt),
		TEST(without_an_interrupt_there_is_no_alarm),
		TEST(faults_unwind),
		cmocka_unit_test(dates_are_those_of_the_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
