// SPDX-License-Identifier: GPL-2.0-only
/* What all models share: making them, and their pins. */
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "world.h"

const struct user_model_kind *user_model_find(const char *name)
{
	for (const struct user_model_kind *const *kind = user_model_kinds; *kind; kind++)
		if (!strcmp((*kind)->name, name) || !strcmp((*kind)->compatible, name))
			return *kind;
	return NULL;
}

struct user_model *user_model_new(struct user_world *w, const struct user_model_kind *kind)
{
	struct user_model *model = kind ? calloc(1, kind->size) : NULL;

	if (!model)
		return NULL;
	model->kind = kind;
	model->world = w;
	if (kind->init && kind->init(model)) {
		free(model);
		return NULL;
	}
	model->next = w->models;
	w->models = model;
	return model;
}

int user_model_set_option(struct user_model *model, const char *name, bool on)
{
	const struct user_model_option *option = model->kind->options;

	while (option && option->name && strcmp(option->name, name) != 0)
		option++;
	if (!option || !option->name)
		return FY_ERR_NOT_FOUND;
	*(bool *)((unsigned char *)model + option->offset) = on;
	return 0;
}

uint32_t user_model_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct user_world *before = user_enter(model->world);
	uint32_t value = model->kind->read(model, offset, bytes);

	user_leave(model->world, before);
	return value;
}

void user_model_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct user_world *before = user_enter(model->world);

	model->kind->write(model, offset, bytes, value);
	user_leave(model->world, before);
}

int user_model_drive(struct user_model *model, unsigned pin, int level)
{
	struct user_world *before;

	if (pin >= model->kind->pins)
		return FY_ERR_NOT_FOUND;
	before = user_enter(model->world);
	model->kind->drive(model, pin, level);
	user_leave(model->world, before);
	return 0;
}

int user_model_level(const struct user_model *model, unsigned pin)
{
	return pin < model->kind->pins ? (int)(model->levels >> pin & 1) : FY_ERR_NOT_FOUND;
}

void user_model_watch(struct user_model *model, struct user_pin_watch *watch)
{
	list_append(&model->watches, watch);
}

void user_model_unwatch(struct user_model *model, struct user_pin_watch *watch)
{
	list_remove(&model->watches, watch);
}

void user_model_set_levels(struct user_model *model, uint64_t levels)
{
	uint64_t changed = model->levels ^ levels, time = user_world_now(model->world);

	model->levels = levels;
	for (; changed; changed &= changed - 1) {
		unsigned pin = (unsigned)__builtin_ctzll(changed);
		struct user_pin_watch *next;

		for (struct user_pin_watch *watch = model->watches; watch; watch = next) {
			next = watch->next;
			watch->changed(watch->arg, pin, (int)(levels >> pin & 1), time);
		}
	}
}
