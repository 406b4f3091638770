// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class rtc: the clocks that drivers offer, by the name of their device. */
#include <ferry/app-rtc.h>

#include "core.h"
#include "list.h"

struct bare_alarm {
	void (*handler)(void *arg);
	void *arg;
};

static struct fy_rtc *clocks;

int fy_port_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc, const struct fy_rtc_ops *ops)
{
	*rtc = (struct fy_rtc){ .dev = dev, .ops = ops };
	rtc->port = bare_memory(sizeof(struct bare_alarm));
	if (!rtc->port)
		return FY_ERR_NO_MEMORY;
	list_append(&clocks, rtc);
	return 0;
}

void fy_port_rtc_withdraw(struct fy_rtc *rtc)
{
	list_remove(&clocks, rtc);
}

void fy_port_rtc_alarm_came(struct fy_rtc *rtc)
{
	const struct bare_alarm *alarm = rtc->port;

	if (alarm->handler)
		alarm->handler(alarm->arg);
}

/* ---- For the app. ---- */

static struct fy_rtc *find(const char *name)
{
	struct fy_rtc *rtc = clocks;

	while (rtc && name && !bare_device_is(rtc->dev, name))
		rtc = rtc->next;
	return rtc;
}

int fy_rtc_get(const char *name, int64_t *time)
{
	struct fy_rtc *rtc = find(name);

	return rtc ? rtc->ops->get_time(rtc->dev, time) : FY_ERR_NOT_FOUND;
}

int fy_rtc_set(const char *name, int64_t time)
{
	struct fy_rtc *rtc = find(name);

	if (!rtc)
		return FY_ERR_NOT_FOUND;
	if (time < rtc->ops->first || time > rtc->ops->last)
		return FY_ERR_INVALID;
	return rtc->ops->set_time(rtc->dev, time);
}

int fy_rtc_print(const char *name)
{
	struct fy_rtc *rtc = find(name);
	struct fy_rtc_date date;
	int64_t time;
	int rc = fy_rtc_get(name, &time);

	if (!rc)
		rc = fy_rtc_date(time, &date);
	if (!rc)
		fy_print("%s: %04d-%02d-%02d %02d:%02d:%02d UTC\n", fy_name(rtc->dev),
			 (int)date.year, date.month, date.day, date.hour, date.minute, date.second);
	return rc;
}

int fy_rtc_set_alarm(const char *name, int64_t time, void (*handler)(void *arg), void *arg)
{
	struct fy_rtc *rtc = find(name);
	struct bare_alarm *alarm = rtc ? rtc->port : NULL;
	const struct fy_rtc_alarm wanted = { time, handler != NULL };

	if (!rtc)
		return FY_ERR_NOT_FOUND;
	if (!rtc->ops->set_alarm)
		return FY_ERR_UNSUPPORTED;
	alarm->handler = NULL;
	alarm->arg = arg;
	alarm->handler = handler;
	return rtc->ops->set_alarm(rtc->dev, &wanted);
}
