// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of clocks. */
#include <ferry/rtc.h>

#include "../../../include/ferry-sim/rtc.h"
#include "sim.h"

int ferry_sim_rtc_time(struct ferry_sim_device *dev, int64_t *time)
{
	struct fy_rtc *rtc = user_rtc_of(dev->dev);

	return rtc ? user_rtc_get(rtc, time) : FY_ERR_NOT_FOUND;
}

int ferry_sim_rtc_set_time(struct ferry_sim_device *dev, int64_t time)
{
	struct fy_rtc *rtc = user_rtc_of(dev->dev);

	return rtc ? user_rtc_set(rtc, time) : FY_ERR_NOT_FOUND;
}

int ferry_sim_rtc_alarm(struct ferry_sim_device *dev, int64_t *time, bool *enabled)
{
	struct fy_rtc *rtc = user_rtc_of(dev->dev);
	struct fy_rtc_alarm alarm = { 0 };
	int error = rtc ? user_rtc_get_alarm(rtc, &alarm) : FY_ERR_NOT_FOUND;

	if (error)
		return error;
	*time = alarm.time;
	*enabled = alarm.enabled;
	return 0;
}

int ferry_sim_rtc_set_alarm(struct ferry_sim_device *dev, int64_t time, bool enabled)
{
	const struct fy_rtc_alarm alarm = { time, enabled };
	struct fy_rtc *rtc = user_rtc_of(dev->dev);

	return rtc ? user_rtc_set_alarm(rtc, &alarm) : FY_ERR_NOT_FOUND;
}

static void count(void *arg)
{
	struct ferry_sim_device *dev = arg;

	dev->alarms++;
}

int ferry_sim_rtc_alarms(struct ferry_sim_device *dev)
{
	struct fy_rtc *rtc = user_rtc_of(dev->dev);

	if (!rtc)
		return FY_ERR_NOT_FOUND;
	dev->alarm_watch = (struct user_rtc_watch){ count, dev };
	user_rtc_watch(rtc, &dev->alarm_watch);
	return (int)dev->alarms;
}
