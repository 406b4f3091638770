/* SPDX-License-Identifier: GPL-2.0-only */
/* A table from names to whatever belongs to them: a hash with open addressing. */
#ifndef LIB_PICK_NAMES_H
#define LIB_PICK_NAMES_H

#include <stdint.h>
#include <stddef.h>

struct name_slot {
	const char *name; /* NULL in an empty slot; need not end with a zero byte */
	uint32_t len, hash;
	void *value;
};

struct names {
	struct name_slot *slot;
	size_t count, room; /* room is 0 or a power of two */
};

/* The value of the name of LEN bytes, or NULL. */
void *names_find(const struct names *names, const char *name, size_t len);
/*
 * The place of the value of a name, NULL in it where the name is new; or NULL where there is no
 * memory. NAME is kept, and must stay. The place is good until the next call.
 */
void **names_add(struct names *names, const char *name, size_t len);
/* Forgets all names and keeps the memory for others. */
void names_clear(struct names *names);
/* Frees the table; one that is all zero is fine. */
void names_free(struct names *names);

#endif
