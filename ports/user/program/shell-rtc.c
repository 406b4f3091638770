// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands for clocks. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shell-class.h"

struct rtc_shell {
	struct user_rtc_watch watch;
};

static bool offered(struct user_world *world)
{
	return user_rtc_first(world) != NULL;
}

static int print_time(const struct shell_class *c, int64_t time)
{
	struct fy_rtc_date d;
	int error = fy_rtc_date(time, &d);

	if (error)
		return error;
	printf(c->json ? "{\"time\":%" PRId64 ",\"date\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\"}\n" :
			 "%" PRId64 ": %04d-%02d-%02d %02d:%02d:%02d UTC\n",
	       time, (int)d.year, d.month, d.day, d.hour, d.minute, d.second);
	return 0;
}

/* "2026-12-01T12:00:00", with or without a Z. */
static bool read_date(const char *word, int64_t *seconds)
{
	static const char separators[] = "--T::";
	unsigned long part[6];
	struct fy_rtc_date date;
	char *end;

	for (unsigned i = 0; i < 6; i++) {
		if (*word < '0' || *word > '9')
			return false;
		part[i] = strtoul(word, &end, 10);
		if (part[i] > 9999 || (i < 5 && *end != separators[i]) || (i && part[i] > 99))
			return false;
		word = end + (i < 5);
	}
	date = (struct fy_rtc_date){ (int32_t)part[0],
				     (uint8_t)part[1],
				     (uint8_t)part[2],
				     (uint8_t)part[3],
				     (uint8_t)part[4],
				     (uint8_t)part[5],
				     0 };
	return (!*word || !strcmp(word, "Z")) && !fy_rtc_seconds(&date, seconds);
}

/* "now", a date, or seconds since 1970. */
static bool read_time(const char *word, int64_t *seconds)
{
	uint64_t number;

	if (!word)
		return false;
	if (!strcmp(word, "now")) {
		*seconds = time(NULL);
		return true;
	}
	if (read_date(word, seconds))
		return true;
	if (!shell_number(word, INT64_MAX, &number))
		return false;
	*seconds = (int64_t)number;
	return true;
}

static int clock_command(struct shell_class *c, char *text)
{
	struct fy_rtc *rtc = user_rtc_first(c->world);
	const char *verb = shell_word(&text);
	int64_t seconds;
	int error;

	if (!rtc)
		return FY_ERR_GONE;
	if (verb)
		return !strcmp(verb, "set") && read_time(shell_word(&text), &seconds) ?
			       user_rtc_set(rtc, seconds) :
			       FY_ERR_INVALID;
	error = user_rtc_get(rtc, &seconds);
	if (error == FY_ERR_INVALID) {
		printf(c->json ? "{\"time\":null}\n" : "the clock has lost its time\n");
		return 0;
	}
	return error ? error : print_time(c, seconds);
}

static void came(void *arg)
{
	const struct shell_class *c = arg;

	printf(c->json ? "{\"alarm\":true}\n" : "alarm\n");
	fflush(stdout);
}

static int show_alarm(const struct shell_class *c, struct fy_rtc *rtc)
{
	struct fy_rtc_alarm alarm;
	int error = user_rtc_get_alarm(rtc, &alarm);

	if (error)
		return error;
	if (alarm.enabled)
		return print_time(c, alarm.time);
	printf(c->json ? "{\"time\":null}\n" : "no alarm\n");
	return 0;
}

/* "off", "+SECONDS" from now on, or a time. */
static int alarm_command(struct shell_class *c, char *text)
{
	struct rtc_shell *s = c->state;
	struct fy_rtc *rtc = user_rtc_first(c->world);
	const char *word = shell_word(&text);
	struct fy_rtc_alarm alarm = { 0 };
	uint64_t later;
	int error;

	if (!rtc)
		return FY_ERR_GONE;
	if (!word)
		return show_alarm(c, rtc);
	alarm.enabled = strcmp(word, "off") != 0;
	if (*word == '+') {
		if (!shell_number(word + 1, UINT32_MAX, &later))
			return FY_ERR_INVALID;
		error = user_rtc_get(rtc, &alarm.time);
		if (error)
			return error;
		alarm.time += (int64_t)later;
	} else if (alarm.enabled && !read_time(word, &alarm.time)) {
		return FY_ERR_INVALID;
	}
	s->watch = (struct user_rtc_watch){ came, c };
	user_rtc_watch(rtc, &s->watch);
	return user_rtc_set_alarm(rtc, &alarm);
}

static void end(struct shell_class *c)
{
	struct fy_rtc *rtc = user_rtc_first(c->world);

	if (rtc)
		user_rtc_watch(rtc, NULL);
}

static const struct shell_command commands[] = {
	{ "clock",
	  "clock [set TIME]  its time; TIME is now, 2026-12-01T12:00:00, or seconds since 1970",
	  clock_command },
	{ "alarm", "alarm [TIME|+SECONDS|off]\n                  when it calls", alarm_command },
	{ 0 },
};

const struct shell_class_kind shell_rtc = {
	.commands = commands,
	.offered = offered,
	.state_size = sizeof(struct rtc_shell),
	.end = end,
};
