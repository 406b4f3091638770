// SPDX-License-Identifier: GPL-2.0-only
/* Devices on the I2C buses of models: what buses and multiplexers have alike. */
#include "models.h"

void i2c_target_attach(struct i2c_target **list, struct i2c_target *target)
{
	while (*list && *list != target)
		list = &(*list)->next;
	if (*list)
		return;
	target->next = NULL;
	*list = target;
}

struct i2c_target *i2c_target_find(struct i2c_target *list, uint8_t address)
{
	struct i2c_target *behind;

	for (; list; list = list->next) {
		if (list->address == address)
			return list;
		behind = list->find ? list->find(list, address) : NULL;
		if (behind)
			return behind;
	}
	return NULL;
}

static struct i2c_target *target_of(const struct user_model *model)
{
	const size_t target = model->kind->target;

	return target ? (struct i2c_target *)((unsigned char *)model + target) : NULL;
}

int user_model_address(const struct user_model *model)
{
	const struct i2c_target *target = target_of(model);

	return target ? target->address : -1;
}

void user_model_set_address(struct user_model *model, uint8_t address)
{
	target_of(model)->address = address;
}
