// SPDX-License-Identifier: GPL-2.0-only
/* A table from names to values. Names are never removed, so an empty slot ends every search. */
#include "pick/names.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a, with the high bits mixed in: slots are chosen by the low ones. */
static uint32_t hash_of(const char *name, size_t len)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619U;
	return hash ^ (hash >> 15);
}

static struct name_slot *slot_of(const struct names *names, const char *name, size_t len,
				 uint32_t hash)
{
	size_t i = hash & (names->room - 1);

	while (names->slot[i].name && (names->slot[i].hash != hash || names->slot[i].len != len ||
				       memcmp(names->slot[i].name, name, len) != 0))
		i = (i + 1) & (names->room - 1);
	return &names->slot[i];
}

static int grow(struct names *names)
{
	struct names larger = { .room = names->room ? 2 * names->room : 64 };

	larger.slot = calloc(larger.room, sizeof(*larger.slot));
	if (!larger.slot)
		return -1;
	for (size_t i = 0; i < names->room; i++) {
		const struct name_slot *slot = &names->slot[i];

		if (slot->name)
			*slot_of(&larger, slot->name, slot->len, slot->hash) = *slot;
	}
	larger.count = names->count;
	free(names->slot);
	*names = larger;
	return 0;
}

void *names_find(const struct names *names, const char *name, size_t len)
{
	return names->room ? slot_of(names, name, len, hash_of(name, len))->value : NULL;
}

void **names_add(struct names *names, const char *name, size_t len)
{
	uint32_t hash = hash_of(name, len);
	struct name_slot *slot;

	if (len > UINT32_MAX || (names->count + 1 > names->room / 4 * 3 && grow(names) < 0))
		return NULL;
	slot = slot_of(names, name, len, hash);
	if (!slot->name) {
		slot->name = name;
		slot->len = (uint32_t)len;
		slot->hash = hash;
		names->count++;
	}
	return &slot->value;
}

void names_clear(struct names *names)
{
	if (names->room)
		memset(names->slot, 0, names->room * sizeof(*names->slot));
	names->count = 0;
}

void names_free(struct names *names)
{
	free(names->slot);
	*names = (struct names){ 0 };
}
