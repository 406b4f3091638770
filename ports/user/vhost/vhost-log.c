// SPDX-License-Identifier: GPL-2.0-only
/* Log lines about a session: see vhost-session.h. */
#include <stdarg.h>
#include <stdio.h>

#include "vhost-session.h"

void vhost_session_log(struct vhost_session *session, enum user_log_level level, const char *fmt,
		       ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	user_log(session->service->dev, level, "%s client %u: %s", session->service->name,
		 session->number, text);
}
