// SPDX-License-Identifier: GPL-2.0-only
/* Class rtc: the clocks that drivers offer. */
#include "list.h"
#include "world.h"

int fy_port_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc, const struct fy_rtc_ops *ops)
{
	int refused = user_refused(dev, USER_RTC_OFFER);

	if (refused)
		return refused;
	*rtc = (struct fy_rtc){ .dev = dev, .ops = ops };
	list_append(&dev->world->rtcs, rtc);
	return 0;
}

void fy_port_rtc_withdraw(struct fy_rtc *rtc)
{
	list_remove(&rtc->dev->world->rtcs, rtc);
}

void fy_port_rtc_alarm_came(struct fy_rtc *rtc)
{
	struct user_rtc_watch *watch = rtc->port;

	if (watch)
		watch->came(watch->arg);
}

/* ---- For outlets. ---- */

struct fy_rtc *user_rtc_first(struct user_world *w)
{
	return w->rtcs;
}

struct fy_rtc *user_rtc_of(struct fy_device *dev)
{
	struct fy_rtc *rtc = dev->world->rtcs;

	while (rtc && rtc->dev != dev)
		rtc = rtc->next;
	return rtc;
}

int user_rtc_get(struct fy_rtc *rtc, int64_t *time)
{
	struct user_world *before = user_enter(rtc->dev->world);
	int rc = rtc->ops->get_time(rtc->dev, time);

	user_leave(rtc->dev->world, before);
	return rc;
}

int user_rtc_set(struct fy_rtc *rtc, int64_t time)
{
	struct user_world *before;
	int rc;

	if (time < rtc->ops->first || time > rtc->ops->last)
		return FY_ERR_INVALID;
	before = user_enter(rtc->dev->world);
	rc = rtc->ops->set_time(rtc->dev, time);
	user_leave(rtc->dev->world, before);
	return rc;
}

int user_rtc_get_alarm(struct fy_rtc *rtc, struct fy_rtc_alarm *alarm)
{
	struct user_world *before;
	int rc;

	if (!rtc->ops->get_alarm)
		return FY_ERR_UNSUPPORTED;
	before = user_enter(rtc->dev->world);
	rc = rtc->ops->get_alarm(rtc->dev, alarm);
	user_leave(rtc->dev->world, before);
	return rc;
}

int user_rtc_set_alarm(struct fy_rtc *rtc, const struct fy_rtc_alarm *alarm)
{
	struct user_world *before;
	int rc;

	if (!rtc->ops->set_alarm)
		return FY_ERR_UNSUPPORTED;
	before = user_enter(rtc->dev->world);
	rc = rtc->ops->set_alarm(rtc->dev, alarm);
	user_leave(rtc->dev->world, before);
	return rc;
}

void user_rtc_watch(struct fy_rtc *rtc, struct user_rtc_watch *watch)
{
	rtc->port = watch;
}
