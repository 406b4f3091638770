/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class rtc: a clock that goes on while the machine is off, and may wake somebody at a time. Linux
 * has it as /dev/rtcN.
 *
 * Times are whole seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted. A clock that
 * keeps a date converts it with fy_rtc_seconds() and fy_rtc_date().
 */
#ifndef FERRY_RTC_H
#define FERRY_RTC_H

#include <ferry/driver.h>

struct fy_rtc; /* by the port; part of the driver's state */

/* A date of the proleptic Gregorian calendar, UTC. */
struct fy_rtc_date {
	int32_t year;	/* 0 to 9999 */
	uint8_t month;	/* 1 to 12 */
	uint8_t day;	/* 1 to 31 */
	uint8_t hour;	/* 0 to 23 */
	uint8_t minute; /* 0 to 59 */
	uint8_t second; /* 0 to 59 */
	/* 0: Sunday, to 6: Saturday; fy_rtc_date() fills it, fy_rtc_seconds() does not read it */
	uint8_t weekday;
};

struct fy_rtc_alarm {
	int64_t time;
	bool enabled; /* fy_rtc_alarm_came() is called at that time */
};

/*
 * What a driver offers. Ops are not called twice at the same time, and may wait. Context of all:
 * thread.
 */
struct fy_rtc_ops {
	/* The first and last time that the clock can be set to. */
	int64_t first, last;
	/*
	 * Reads the time. Returns 0; FY_ERR_INVALID: the clock has lost it, or was never set; or
	 * what the device or its bus says.
	 */
	int (*get_time)(struct fy_device *dev, int64_t *time);
	/* Sets it to TIME, from `first` to `last`. */
	int (*set_time)(struct fy_device *dev, int64_t time);

	/* These are for a clock with an alarm; otherwise both are NULL. */

	int (*get_alarm)(struct fy_device *dev, struct fy_rtc_alarm *alarm);
	/*
	 * Sets the alarm, or with `enabled` false disables it; a time that has passed already may
	 * be FY_ERR_INVALID or come at once. FY_ERR_INVALID also when it is further away than the
	 * device can wait.
	 */
	int (*set_alarm)(struct fy_device *dev, const struct fy_rtc_alarm *alarm);
};

/*
 * Offers the clock. Returns 0, FY_ERR_NO_MEMORY or FY_ERR_UNSUPPORTED. Context: thread, from probe.
 */
static inline int fy_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc,
			       const struct fy_rtc_ops *ops);
/* Withdraws it: after it returns no op runs or is called. Context: thread. */
static inline void fy_rtc_withdraw(struct fy_rtc *rtc);
/* The alarm's time has come; it is disabled now. Context: any. */
static inline void fy_rtc_alarm_came(struct fy_rtc *rtc);

/*
 * The time that DATE is. FY_ERR_INVALID: there is no such date: what a clock that has lost its time
 * reads as. Context: any.
 */
static inline int fy_rtc_seconds(const struct fy_rtc_date *date, int64_t *time);
/* The date of TIME. FY_ERR_INVALID: its year is not 0 to 9999. Context: any. */
static inline int fy_rtc_date(int64_t time, struct fy_rtc_date *date);

/* What two BCD digits are, as most clocks have them; garbage if they are none. Context: any. */
static inline uint8_t fy_rtc_from_bcd(uint8_t bcd)
{
	return (uint8_t)((bcd >> 4) * 10 + (bcd & 0xf));
}

static inline uint8_t fy_rtc_to_bcd(uint8_t number)
{
	return (uint8_t)(number / 10 << 4 | number % 10);
}

#include <ferry/port/rtc.h>

#endif
