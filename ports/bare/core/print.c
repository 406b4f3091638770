// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Text to the console: printing, and the drivers' log lines, which have the time since the start
 * before them. A line is printed with interrupts off, so that none is torn.
 */
#include <stdarg.h>
#include <ferry/app.h>
#include <ferry/irq.h>

#include "core.h"
#include "format.h"

static struct fy_lock print_lock;

static void put(void *arg, char c)
{
	(void)arg;
	if (c == '\n')
		bare_board.console_put('\r');
	bare_board.console_put(c);
}

static void print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	format(put, NULL, fmt, args);
	va_end(args);
}

void bare_print(const char *fmt, ...)
{
	fy_irqflags flags = fy_lock(&print_lock);
	va_list args;

	va_start(args, fmt);
	format(put, NULL, fmt, args);
	va_end(args);
	fy_unlock(&print_lock, flags);
}

void fy_print(const char *fmt, ...) __attribute__((alias("bare_print")));

/* A panic prints whatever it interrupted. */
void bare_print_unlock(void)
{
	fy_lock_init(&print_lock);
}

void bare_log(struct fy_device *dev, const char *fmt, ...)
{
	uint32_t us = (uint32_t)fy_div_u64(bare_uptime_ns(), 1000), seconds = us / 1000000;
	fy_irqflags flags = fy_lock(&print_lock);
	va_list args;

	print("[%5u.%06u] %s", seconds, us % 1000000, dev ? dev->driver->name : bare_board.name);
	if (dev && (dev->numbered || dev->label))
		print("%u %s", dev->index, dev->name);
	print(": ");
	va_start(args, fmt);
	format(put, NULL, fmt, args);
	va_end(args);
	print("\n");
	fy_unlock(&print_lock, flags);
}
