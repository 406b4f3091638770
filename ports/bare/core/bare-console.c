// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The console's input: the interrupt puts bytes into a ring, the app takes them out. What does not
 * fit is lost, which at 115200 baud takes an app that does not look for 20 ms.
 */
#include <ferry/app.h>

#include "core.h"

#define RING_SIZE 256 /* a power of two */

static char ring[RING_SIZE];
static volatile unsigned put_count, get_count;

static void receive(void *arg)
{
	int c;

	(void)arg;
	while ((c = bare_board.console_get()) >= 0) {
		if (put_count - get_count < RING_SIZE) {
			ring[put_count % RING_SIZE] = (char)c;
			put_count = put_count + 1;
		}
	}
}

void bare_console_start(void)
{
	if (bare_board.console_irq)
		bare_irq_handle(bare_board.console_irq, receive, NULL);
}

int fy_console_get(void)
{
	int c;

	if (!bare_board.console_irq)
		return bare_board.console_get();
	if (put_count == get_count)
		return -1;
	c = (unsigned char)ring[get_count % RING_SIZE];
	get_count = get_count + 1;
	return c;
}

static int wait_byte(void)
{
	int c;

	while ((c = fy_console_get()) < 0)
		if (bare_board.console_irq)
			bare_wait_unless(&put_count, get_count);
		else
			bare_fiber_yield(false);
	return c;
}

size_t fy_console_line(char *line, size_t size)
{
	size_t len = 0;

	while (len + 2 < size) {
		int c = wait_byte();

		if (c == '\r' || c == '\n') {
			fy_print("\n");
			line[len++] = '\n';
			break;
		}
		if (c == '\b' || c == 0x7f) {
			if (len) {
				len--;
				fy_print("\b \b");
			}
			continue;
		}
		fy_print("%c", c);
		line[len++] = (char)c;
	}
	line[len] = 0;
	return len;
}
