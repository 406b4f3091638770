// SPDX-License-Identifier: GPL-2.0-only
/* Memory that is given back as a whole: blocks in a list, of which the newest is filled. */
#include "pick/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *next;
	size_t used, room;
	_Alignas(8) char bytes[];
};

enum { BLOCK_SIZE = 128 << 10 };

static struct arena_block *add_block(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
	struct arena_block *block;

	if (room > SIZE_MAX - sizeof(*block) ||
	    (arena->limit && (arena->total > arena->limit || room > arena->limit - arena->total)))
		return NULL;
	block = calloc(1, sizeof(*block) + room);
	if (!block)
		return NULL;
	block->room = room;
	arena->total += room;
	/* What is left of the newest block stays in use behind a large piece. */
	if (room != BLOCK_SIZE && arena->block) {
		block->next = arena->block->next;
		arena->block->next = block;
	} else {
		block->next = arena->block;
		arena->block = block;
	}
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->block;
	void *piece;

	if (size > SIZE_MAX - 7) {
		arena->failed = true;
		return NULL;
	}
	size = (size + 7) & ~(size_t)7;
	if (!block || size > block->room - block->used)
		block = add_block(arena, size);
	if (!block) {
		arena->failed = true;
		return NULL;
	}
	piece = block->bytes + block->used;
	block->used += size;
	return piece;
}

char *arena_copy(struct arena *arena, const char *text, size_t len)
{
	char *copy = len < SIZE_MAX ? arena_alloc(arena, len + 1) : NULL;

	if (copy)
		memcpy(copy, text, len);
	return copy;
}

void arena_join(struct arena *arena, struct arena *from)
{
	struct arena_block *last = from->block;

	if (last) {
		while (last->next)
			last = last->next;
		last->next = arena->block;
		arena->block = from->block;
	}
	arena->total += from->total;
	arena->failed |= from->failed;
	*from = (struct arena){ .limit = from->limit };
}

void arena_free(struct arena *arena)
{
	while (arena->block) {
		struct arena_block *block = arena->block;

		arena->block = block->next;
		free(block);
	}
	arena->total = 0;
	arena->failed = false;
}
