/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the memories that drivers offer (<ferry/memory.h>). NAME is that of the device
 * in the board's table, or fy_name(); NULL: the first memory. Calls return 0;
 * FY_ERR_NOT_FOUND: there is no such memory; FY_ERR_INVALID: the range is not in it, or no multiple
 * of what it has to be; FY_ERR_UNSUPPORTED; or what the driver says. Context of all: thread.
 */
#ifndef FERRY_APP_MEMORY_H
#define FERRY_APP_MEMORY_H

#include <ferry/app.h>
#include <ferry/memory.h>

/* Its size and so on: ->geometry; NULL: there is no such memory. */
struct fy_memory *fy_memory_find(const char *name);

static inline int fy_memory_read(const char *name, uint64_t offset, void *data, size_t len)
{
	struct fy_memory *memory = fy_memory_find(name);

	return memory ? fy_port_memory_read(memory, offset, data, len) : FY_ERR_NOT_FOUND;
}

static inline int fy_memory_write(const char *name, uint64_t offset, const void *data, size_t len)
{
	struct fy_memory *memory = fy_memory_find(name);

	return memory ? fy_port_memory_write(memory, offset, data, len) : FY_ERR_NOT_FOUND;
}

static inline int fy_memory_erase(const char *name, uint64_t offset, uint64_t len)
{
	struct fy_memory *memory = fy_memory_find(name);

	return memory ? fy_port_memory_erase(memory, offset, len) : FY_ERR_NOT_FOUND;
}

/* Prints LEN bytes at OFFSET on the console, sixteen in a line. */
int fy_memory_print(const char *name, uint64_t offset, size_t len);

#endif
