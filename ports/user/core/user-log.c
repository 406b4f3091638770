// SPDX-License-Identifier: GPL-2.0-only
/* Log lines, of drivers and about them. */
#include <stdarg.h>
#include <stdio.h>

#include "world.h"

static void print(struct fy_device *dev, enum user_log_level level, const char *text)
{
	static const char *const prefix[USER_LOG_LEVELS] = {
		[USER_LOG_ERROR] = "error: ",
		[USER_LOG_WARN] = "warning: ",
		[USER_LOG_INFO] = "",
		[USER_LOG_MODEL] = "against the manual: ",
	};
	char name[128];

	if (level != USER_LOG_DEBUG)
		fprintf(stderr, "%s%s%s%s\n", user_log_name(dev, name, sizeof(name)),
			dev ? ": " : "", prefix[level], text);
}

static void say(struct user_world *w, struct fy_device *dev, enum user_log_level level,
		const char *fmt, va_list args)
{
	char text[512];

	vsnprintf(text, sizeof(text), fmt, args);
	if (w && w->log)
		w->log(w->log_arg, dev, level, text);
	else
		print(dev, level, text);
}

void user_log(struct fy_device *dev, enum user_log_level level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(dev ? dev->world : user_current, dev, level, fmt, args);
	va_end(args);
}

void user_violation(struct user_world *w, struct fy_device *dev, const char *fmt, ...)
{
	va_list args;

	w->violations++;
	va_start(args, fmt);
	say(w, dev, USER_LOG_MODEL, fmt, args);
	va_end(args);
}

void user_model_violation(struct user_model *model, const char *fmt, ...)
{
	va_list args;

	model->world->violations++;
	va_start(args, fmt);
	say(model->world, model->dev, USER_LOG_MODEL, fmt, args);
	va_end(args);
}

unsigned long user_violations(const struct user_world *w)
{
	return w->violations;
}

void user_world_set_log(struct user_world *w, user_log_handler *handler, void *arg)
{
	w->log = handler;
	w->log_arg = arg;
}
