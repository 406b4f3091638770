/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class stream as virtio-console: each front end has a port of the stream's name, and each opening
 * of that is a writer.
 */
#ifndef SERVICES_CONSOLE_SERVICE_H
#define SERVICES_CONSOLE_SERVICE_H

#include <ferry/stream.h>

#include "service.h"

/* By the port: writers of a stream. */
struct console_service_ops {
	/*
	 * Opens a writer. READY(ARG) is called when there is room again, something has taken
	 * effect, or the stream is gone; not from within these calls. NULL: out of memory.
	 */
	void *(*open)(struct fy_stream *stream, void (*ready)(void *arg), void *arg);
	/* As the ops of class stream; FY_ERR_GONE: the stream was withdrawn. */
	long (*write)(void *writer, const void *from, size_t length);
	bool (*drained)(void *writer);
	void (*close)(void *writer); /* NULL is fine */
};

struct console_service {
	struct service service;
	struct fy_stream *stream;
	const char *name;
	const struct console_service_ops *ops;
};

/* Makes *SERVICE one for STREAM, which DEV offers as NAME. */
void console_service_init(struct console_service *service, struct fy_device *dev,
			  struct fy_stream *stream, const char *name,
			  const struct console_service_ops *ops);

#endif
