/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/rtc.h> for every port: a list of the port's, and dates (ports/common/rtc-core.c).
 */
#ifndef FERRY_PORT_RTC_H
#define FERRY_PORT_RTC_H

struct fy_rtc {
	struct fy_rtc *next;
	struct fy_device *dev;
	const struct fy_rtc_ops *ops;
	void *port;
};

int fy_port_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc, const struct fy_rtc_ops *ops);
void fy_port_rtc_withdraw(struct fy_rtc *rtc);
void fy_port_rtc_alarm_came(struct fy_rtc *rtc);
int fy_port_rtc_seconds(const struct fy_rtc_date *date, int64_t *time);
int fy_port_rtc_date(int64_t time, struct fy_rtc_date *date);

static inline int fy_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc,
			       const struct fy_rtc_ops *ops)
{
	return fy_port_rtc_offer(dev, rtc, ops);
}

static inline void fy_rtc_withdraw(struct fy_rtc *rtc)
{
	fy_port_rtc_withdraw(rtc);
}

static inline void fy_rtc_alarm_came(struct fy_rtc *rtc)
{
	fy_port_rtc_alarm_came(rtc);
}

static inline int fy_rtc_seconds(const struct fy_rtc_date *date, int64_t *time)
{
	return fy_port_rtc_seconds(date, time);
}

static inline int fy_rtc_date(int64_t time, struct fy_rtc_date *date)
{
	return fy_port_rtc_date(time, date);
}

#endif
