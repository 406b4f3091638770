// SPDX-License-Identifier: GPL-2.0-only
/* QEMU's control channel: see qmp.h. */
#include "boot/qmp.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void copy_text(char *to, size_t size, const json_t *from, const char *otherwise)
{
	const char *text = json_string_value(from);

	snprintf(to, size, "%s", text ? text : otherwise);
}

static void on_greeting(struct qmp *qmp, const json_t *greeting)
{
	const json_t *version = json_object_get(json_object_get(greeting, "version"), "qemu");

	qmp->major = (int)json_integer_value(json_object_get(version, "major"));
	qmp->minor = (int)json_integer_value(json_object_get(version, "minor"));
}

static void on_event(struct qmp *qmp, const char *event, const json_t *data)
{
	if (!strcmp(event, "SHUTDOWN")) {
		copy_text(qmp->shutdown, sizeof(qmp->shutdown), json_object_get(data, "reason"),
			  "unknown");
		qmp->by_guest = json_is_true(json_object_get(data, "guest"));
	} else if (!strcmp(event, "RESET")) {
		qmp->resets++;
	} else if (!strcmp(event, "BLOCK_IO_ERROR")) {
		copy_text(qmp->trouble, sizeof(qmp->trouble), json_object_get(data, "reason"),
			  "unknown");
	}
}

/* The answer to a qmp_ask(), unless it is to one before the last, of which nobody asks any more. */
static void on_reply(struct qmp *qmp, const json_t *id, const json_t *message)
{
	if (json_integer_value(id) != qmp->asked)
		return;
	qmp->replied = true;
	json_decref(qmp->reply);
	qmp->reply = json_incref(json_object_get(message, "return"));
	copy_text(qmp->refusal, sizeof(qmp->refusal),
		  json_object_get(json_object_get(message, "error"), "desc"), "");
}

static int on_line(struct qmp *qmp, struct error *err)
{
	json_error_t fault;
	json_t *message = json_loadb(qmp->line.buf, qmp->line.len, 0, &fault), *part;

	if (!json_is_object(message)) {
		json_decref(message);
		return error_set(err, "QEMU's control channel does not talk QMP: '%.*s'",
				 qmp->line.len < 60 ? (int)qmp->line.len : 60, qmp->line.buf);
	}
	if ((part = json_object_get(message, "QMP")))
		on_greeting(qmp, part);
	else if ((part = json_object_get(message, "event")))
		on_event(qmp, json_is_string(part) ? json_string_value(part) : "",
			 json_object_get(message, "data"));
	else if ((part = json_object_get(message, "id")))
		on_reply(qmp, part, message);
	else if (json_object_get(message, "return"))
		qmp->ready = true;
	json_decref(message);
	return 0;
}

static int append(struct qmp *qmp, char c, struct error *err)
{
	if (qmp->line.len >= QMP_LINE_MAX || strbuf_add(&qmp->line, &c, 1) < 0)
		return error_set(err, "QEMU's control channel sent a line of more than %zu bytes",
				 qmp->line.len);
	return 0;
}

int qmp_feed(struct qmp *qmp, const char *bytes, size_t len, struct error *err)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\r')
			continue;
		if (bytes[i] != '\n') {
			if (append(qmp, bytes[i], err) < 0)
				return -1;
			continue;
		}
		if (qmp->line.len && on_line(qmp, err) < 0)
			return -1;
		qmp->line.len = 0;
	}
	return 0;
}

int qmp_send(int fd, const char *command)
{
	char text[80];
	int n = snprintf(text, sizeof(text), "{\"execute\":\"%s\"}\r\n", command);

	return send(fd, text, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT) == n ? 0 : -1;
}

int qmp_ask(struct qmp *qmp, int fd, const char *command, json_t *arguments)
{
	json_t *message = json_pack("{s:s, s:i, s:o*}", "execute", command, "id", ++qmp->asked,
				    "arguments", arguments);
	char *text = message ? json_dumps(message, JSON_COMPACT) : NULL;
	size_t len = text ? strlen(text) : 0;
	ssize_t sent = text ? send(fd, text, len, MSG_NOSIGNAL | MSG_DONTWAIT) : -1;

	qmp->replied = false;
	json_decref(qmp->reply);
	qmp->reply = NULL;
	free(text);
	json_decref(message);
	return sent == (ssize_t)len ? 0 : -1;
}

void qmp_free(struct qmp *qmp)
{
	json_decref(qmp->reply);
	strbuf_free(&qmp->line);
	memset(qmp, 0, sizeof(*qmp));
}
