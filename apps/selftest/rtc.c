// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The clock that goes on while the board is off: its time is set and goes on, and it calls at a
 * time. Dates, whether the board has a clock or not.
 */
#include <ferry/app-rtc.h>

#include "tap.h"

static void test_date(int64_t time, const char *name, int year, unsigned month, unsigned day,
		      unsigned weekday)
{
	struct fy_rtc_date date = { 0 };
	int64_t back = 0;
	int rc = fy_rtc_date(time, &date);

	if (!rc)
		rc = fy_rtc_seconds(&date, &back);
	tap_is_int(name, rc, 0);
	tap_is("which day that is", (uint64_t)date.year * 10000 + date.month * 100 + date.day,
	       (uint64_t)year * 10000 + month * 100 + day);
	tap_is("of the week", date.weekday, weekday);
	tap_is_int("and back", back, time);
}

static void called(void *arg)
{
	*(volatile bool *)arg = true;
}

static void test_alarm(int64_t now)
{
	volatile bool came = false;
	uint64_t start = fy_now_ns();

	tap_is_int("an alarm is set", fy_rtc_set_alarm(NULL, now + 2, called, (void *)&came), 0);
	while (!came && fy_now_ns() - start < 10 * FY_NS_PER_SEC)
		fy_wait();
	tap_is("it comes", came, true);
	tap_is_int("not before its time", fy_rtc_get(NULL, &now), 0);
	tap_is_int("nor at one that has passed",
		   fy_rtc_set_alarm(NULL, now - 1, called, (void *)&came), FY_ERR_INVALID);
}

void test_rtc(void)
{
	int64_t time = 0;
	int rc = fy_rtc_get(NULL, &time);

	test_date(1796083200, "a date", 2026, 12, 1, 2);
	test_date(951782400, "a leap day", 2000, 2, 29, 2);
	test_date(-62167219200, "the first day", 0, 1, 1, 6);
	test_date(253402300799, "the last second", 9999, 12, 31, 5);
	if (rc == FY_ERR_NOT_FOUND) {
		tap_skip("a clock", "the board has none that Ferry knows");
		return;
	}
	tap_is_int("a clock is read", rc, 0);
	tap_is("its time is one of this century", time > 1577836800 && time < 4102444800, true);
	tap_is_int("which it prints", fy_rtc_print(NULL), 0);
	tap_is_int("it is set", fy_rtc_set(NULL, 1796083200), 0);
	fy_sleep_ms(1100);
	tap_is_int("and read", fy_rtc_get(NULL, &time), 0);
	tap_in("it goes on from there", (uint64_t)time, 1796083201, 1796083210);
	tap_is_int("a time that it does not have is refused", fy_rtc_set(NULL, -1), FY_ERR_INVALID);
	test_alarm(time);
}
