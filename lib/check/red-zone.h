/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Finds accesses below the stack pointer in x86-64 code, function by function. There are two forms:
 * with the stack pointer as base and a negative offset; and with a frame pointer, further down than
 * the function ever moves its stack pointer.
 */
#ifndef LIB_CHECK_RED_ZONE_H
#define LIB_CHECK_RED_ZONE_H

#include <capstone/capstone.h>
#include <stdbool.h>
#include <stdint.h>

struct red_zone {
	int64_t reach; /* how far down the stack pointer went at the most, bytes */
	int64_t frame; /* how far down it was when it became the frame pointer */
	bool has_frame;
	/* it calls, or moves the stack pointer by what is not known: no red zone is used */
	bool moves;
	int64_t lowest;		 /* how far down an access with the frame pointer went */
	uint64_t lowest_address; /* of that instruction */
};

/* A function begins. */
void red_zone_start(struct red_zone *r);
/*
 * The function's next instruction, with Capstone's details. Returns whether it reaches below the
 * stack pointer.
 */
bool red_zone_next(struct red_zone *r, const cs_insn *insn);
/*
 * The function has ended: whether it reached below the stack pointer by its frame pointer, at
 * LOWEST_ADDRESS.
 */
bool red_zone_frame_is_below(const struct red_zone *r);

#endif
