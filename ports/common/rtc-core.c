// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class rtc, what all ports share: dates. Days are counted from 0000-01-01; the arithmetic has
 * years begin in March, so that a leap day is the last of its year, and adds 400 years so that
 * nothing is negative.
 */
#include <ferry/rtc.h>

#define DAY	       86400u
#define DAYS_400_YEARS 146097u
#define MARCH	       60u	      /* days before it in year 0 */
#define EPOCH	       62167219200LL  /* seconds from year 0 to 1970 */
#define LAST	       253402300799LL /* second of year 9999 */
#define SATURDAY       6u	      /* 0000-01-01 */

static unsigned days_of(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool is_valid(const struct fy_rtc_date *date)
{
	return date->year >= 0 && date->year <= 9999 && date->month >= 1 && date->month <= 12 &&
	       date->day >= 1 && date->day <= days_of((unsigned)date->year, date->month) &&
	       date->hour <= 23 && date->minute <= 59 && date->second <= 59;
}

int fy_port_rtc_seconds(const struct fy_rtc_date *date, int64_t *time)
{
	uint32_t year, month, years, days;

	if (!is_valid(date))
		return FY_ERR_INVALID;
	year = (uint32_t)date->year + 400 - (date->month <= 2);
	month = date->month <= 2 ? date->month + 9u : date->month - 3u; /* from March */
	years = year % 400;
	days = year / 400 * DAYS_400_YEARS + years * 365 + years / 4 - years / 100 +
	       (153 * month + 2) / 5 + date->day - 1;
	days -= DAYS_400_YEARS - MARCH;
	*time = (int64_t)days * DAY + date->hour * 3600 + date->minute * 60 + date->second - EPOCH;
	return 0;
}

int fy_port_rtc_date(int64_t time, struct fy_rtc_date *date)
{
	const uint64_t since = (uint64_t)time + EPOCH;
	uint32_t days, second, rest, years, day, month;

	if (time < -EPOCH || time > LAST)
		return FY_ERR_INVALID;
	days = (uint32_t)fy_div_u64(since, DAY);
	second = (uint32_t)(since - (uint64_t)days * DAY);
	rest = (days + DAYS_400_YEARS - MARCH) % DAYS_400_YEARS;
	years = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	day = rest - (365 * years + years / 4 - years / 100);
	month = (5 * day + 2) / 153;
	*date = (struct fy_rtc_date){
		.year = (int32_t)(years + (days + DAYS_400_YEARS - MARCH) / DAYS_400_YEARS * 400) -
			400 + (month >= 10),
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.day = (uint8_t)(day - (153 * month + 2) / 5 + 1),
		.hour = (uint8_t)(second / 3600),
		.minute = (uint8_t)(second / 60 % 60),
		.second = (uint8_t)(second % 60),
		.weekday = (uint8_t)((days + SATURDAY) % 7),
	};
	return 0;
}
