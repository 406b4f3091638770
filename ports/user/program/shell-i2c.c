// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands for I2C buses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell-i2c.h"

/* Addresses that targets may have: UM10204, section 3.1.12. */
enum { FIRST = 0x08, LAST = 0x77 };

static const char *why(int error)
{
	switch (error) {
	case FY_ERR_NOT_FOUND:
		return "nobody acknowledges";
	case FY_ERR_TIMEOUT:
		return "the clock is held";
	case FY_ERR_UNSUPPORTED:
		return "the controller cannot do that";
	default:
		return "it did not work";
	}
}

static void finish(struct shell_i2c *i2c)
{
	i2c->busy = false;
	i2c->scanned = 0;
	i2c->ended(i2c->arg);
}

static int start(struct shell_i2c *i2c, unsigned count)
{
	int error;

	i2c->transfer.messages = i2c->message;
	i2c->transfer.count = count;
	error = i2c_queue_add(i2c->bus, &i2c->transfer);
	i2c->busy = !error;
	return error;
}

/* ---- Scanning ---- */

/*
 * A quick command could write to some memories, reading a byte could confuse others: as i2cdetect
 * of i2c-tools does it.
 */
static int try_address(struct shell_i2c *i2c)
{
	const unsigned a = i2c->scanned;
	const bool read = (a >= 0x30 && a <= 0x37) || (a >= 0x50 && a <= 0x5f);

	i2c->message[0] = (struct fy_i2c_message){ (uint8_t)a, read, read, i2c->read };
	return start(i2c, 1);
}

static void scanned(struct shell_i2c *i2c)
{
	if (!i2c->transfer.error)
		printf("0x%02x\n", i2c->scanned);
	if (i2c->scanned == LAST || i2c->transfer.error == FY_ERR_GONE) {
		finish(i2c);
		return;
	}
	i2c->scanned++;
	if (try_address(i2c))
		finish(i2c);
}

int shell_i2c_scan(struct shell_i2c *i2c)
{
	if (!i2c->bus)
		return FY_ERR_UNSUPPORTED;
	i2c->scanned = FIRST;
	return try_address(i2c);
}

/* ---- Transfers ---- */

static void transferred(struct shell_i2c *i2c)
{
	const struct fy_i2c_message *last = &i2c->message[i2c->transfer.count - 1];

	if (i2c->transfer.error)
		printf("transfer: %s\n", why(i2c->transfer.error));
	else if (last->read)
		for (unsigned i = 0; i < last->length; i++)
			printf("0x%02x%c", last->data[i], i + 1 < last->length ? ' ' : '\n');
	finish(i2c);
}

static void over(void *arg, struct fy_i2c_transfer *transfer)
{
	struct shell_i2c *i2c = arg;

	if (i2c->scanned)
		scanned(i2c);
	else
		transferred(i2c);
}

/* Reads a number up to MAX at *TEXT, and the blanks after it. */
static bool number(const char **text, unsigned max, unsigned *value)
{
	unsigned long read;
	char *end;

	read = strtoul(*text, &end, 0);
	if (end == *text || read > max || (*end && *end != ' '))
		return false;
	*value = (unsigned)read;
	*text = end + strspn(end, " ");
	return true;
}

int shell_i2c_transfer(struct shell_i2c *i2c, const char *text)
{
	unsigned address, value, written = 0, read = 0, count = 0;

	if (!i2c->bus)
		return FY_ERR_UNSUPPORTED;
	if (!number(&text, FY_I2C_ADDRESS_MAX, &address))
		return FY_ERR_INVALID;
	for (; *text && *text != 'r'; i2c->written[written++] = (uint8_t)value)
		if (written == SHELL_I2C_BYTES || !number(&text, 0xff, &value))
			return FY_ERR_INVALID;
	if (*text == 'r' && (text++, !number(&text, SHELL_I2C_BYTES, &read) || *text))
		return FY_ERR_INVALID;
	if (written || !read)
		i2c->message[count++] = (struct fy_i2c_message){ (uint8_t)address, false,
								 (uint16_t)written, i2c->written };
	if (read)
		i2c->message[count++] = (struct fy_i2c_message){ (uint8_t)address, true,
								 (uint16_t)read, i2c->read };
	return start(i2c, count);
}

/* ---- Its coming and going ---- */

void shell_i2c_init(struct shell_i2c *i2c, struct user_world *world, void (*ended)(void *arg),
		    void *arg)
{
	*i2c = (struct shell_i2c){
		.bus = user_i2c_first(world),
		.ended = ended,
		.arg = arg,
		.transfer = { .ended = over, .arg = i2c },
	};
}

void shell_i2c_end(struct shell_i2c *i2c)
{
	i2c_queue_cancel(&i2c->transfer);
}
