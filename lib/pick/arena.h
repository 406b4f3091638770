/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is given back as a whole. What is read of a kernel tree is hundreds of thousands of
 * small things that live as long as the tree does.
 */
#ifndef LIB_PICK_ARENA_H
#define LIB_PICK_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest */
	size_t total;		   /* bytes of all blocks */
	size_t limit;		   /* what they may come to; 0: no limit */
	bool failed;		   /* something could not be given */
};

/*
 * SIZE bytes, all zero, aligned for pointers and numbers, or NULL where there is no memory for them
 * or the limit is reached: `failed` remembers that.
 */
void *arena_alloc(struct arena *arena, size_t size);
/* A copy of LEN bytes of TEXT with a zero byte behind them, or NULL as arena_alloc(). */
char *arena_copy(struct arena *arena, const char *text, size_t len);
/* Moves all that FROM has given to ARENA, which frees it; FROM is empty then. */
void arena_join(struct arena *arena, struct arena *from);
/* Gives all back; an arena that is all zero is fine, and so is one that was freed. */
void arena_free(struct arena *arena);

#endif
