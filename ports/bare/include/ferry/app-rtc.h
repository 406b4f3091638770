/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the clocks that drivers offer. NAME is that of the device in the board's
 * table, or fy_name(); NULL: the first clock. Calls return 0; FY_ERR_NOT_FOUND: there is no
 * such clock; or what the driver says. Context of all: thread.
 */
#ifndef FERRY_APP_RTC_H
#define FERRY_APP_RTC_H

#include <ferry/app.h>
#include <ferry/rtc.h>

/* Its time, in seconds since 1970. FY_ERR_INVALID: it has lost it. */
int fy_rtc_get(const char *name, int64_t *time);
/* FY_ERR_INVALID: it cannot be set to that. */
int fy_rtc_set(const char *name, int64_t time);
/* Prints its time on the console: "pl031: 2026-12-01 12:00:00 UTC". */
int fy_rtc_print(const char *name);
/*
 * Has HANDLER called, from an interrupt, at TIME; HANDLER NULL: no more. FY_ERR_UNSUPPORTED: it has
 * no alarm.
 */
int fy_rtc_set_alarm(const char *name, int64_t time, void (*handler)(void *arg), void *arg);

#endif
