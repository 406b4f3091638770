/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ferry-sim, class rtc: the test as the user of a clock that a device offers (<ferry/rtc.h>). Times
 * are seconds since 1970. Calls return 0, or an error of the contract; FY_ERR_NOT_FOUND: the device
 * offers no clock.
 */
#ifndef FERRY_SIM_RTC_H
#define FERRY_SIM_RTC_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

int ferry_sim_rtc_time(struct ferry_sim_device *dev, int64_t *time);
int ferry_sim_rtc_set_time(struct ferry_sim_device *dev, int64_t time);
int ferry_sim_rtc_alarm(struct ferry_sim_device *dev, int64_t *time, bool *enabled);
int ferry_sim_rtc_set_alarm(struct ferry_sim_device *dev, int64_t time, bool enabled);
/* How often an alarm has come since this was called first, or FY_ERR_NOT_FOUND. */
int ferry_sim_rtc_alarms(struct ferry_sim_device *dev);

#ifdef __cplusplus
}
#endif

#endif
