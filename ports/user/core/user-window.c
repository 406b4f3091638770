// SPDX-License-Identifier: GPL-2.0-only
/*
 * <ferry/window.h>: windows of a device, as it was told: mapped ones, or parts of its model's
 * registers. One that was told of none has one window, all of them.
 */
#include <stdlib.h>
#include <string.h>

#include <ferry/window.h>

#include "list.h"
#include "world.h"

struct user_window {
	struct user_window *next;
	char *name; /* NULL: it has none */
	struct fy_window window;
};

int user_device_add_window(struct fy_device *dev, const char *name, uint32_t offset, uint32_t size)
{
	struct user_window *window = calloc(1, sizeof(*window));

	if (!window)
		return FY_ERR_NO_MEMORY;
	window->name = name ? strdup(name) : NULL;
	if (name && !window->name) {
		free(window);
		return FY_ERR_NO_MEMORY;
	}
	window->window = (struct fy_window){
		.dev = dev,
		.registers = dev->registers ? dev->registers + offset : NULL,
		.offset = offset,
		.size = size,
	};
	list_append(&dev->windows, window);
	return 0;
}

void user_windows_free(struct fy_device *dev)
{
	while (dev->windows) {
		struct user_window *window = dev->windows;

		dev->windows = window->next;
		free(window->name);
		free(window);
	}
}

int user_window_get(struct fy_device *dev, unsigned index, struct fy_window *window)
{
	const struct user_window *found = dev->windows;

	if (!found && !index && (dev->registers || dev->model)) {
		*window = (struct fy_window){ .dev = dev, .registers = dev->registers };
		window->size = dev->model ? dev->model->kind->window : 0;
		return 0;
	}
	while (found && index--)
		found = found->next;
	if (!found)
		return FY_ERR_NOT_FOUND;
	*window = found->window;
	return 0;
}

int user_window_get_named(struct fy_device *dev, const char *name, struct fy_window *window)
{
	const struct user_window *found = dev->windows;

	while (found && !(found->name && !strcmp(found->name, name)))
		found = found->next;
	if (!found)
		return FY_ERR_NOT_FOUND;
	*window = found->window;
	return 0;
}

static bool is_inside(const struct fy_window *window, uint32_t offset, unsigned bytes)
{
	if (offset < window->size && window->size - offset >= bytes)
		return true;
	user_violation(window->dev->world, window->dev,
		       "offset 0x%x is not of the window, which has 0x%x bytes", offset,
		       window->size);
	return false;
}

uint64_t user_window_read(const struct fy_window *window, uint32_t offset, unsigned bytes)
{
	if (!is_inside(window, offset, bytes))
		return ~UINT64_C(0);
	if (bytes == 8)
		return user_read64(window->dev, window->offset + offset);
	return user_read(window->dev, window->offset + offset, bytes);
}

void user_window_write(const struct fy_window *window, uint32_t offset, unsigned bytes,
		       uint64_t value)
{
	if (!is_inside(window, offset, bytes))
		return;
	if (bytes == 8)
		user_write64(window->dev, window->offset + offset, value);
	else
		user_write(window->dev, window->offset + offset, bytes, (uint32_t)value);
}
