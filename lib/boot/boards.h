/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The boards that `ferry boot` can emulate. Each is described in boards/NAME/emulation.c; the table
 * is made from these by scripts/board-table, in the order of BOARD_RANK (docs/boards.md).
 */
#ifndef LIB_BOOT_BOARDS_H
#define LIB_BOOT_BOARDS_H

#include "base/strbuf.h"
#include "boards/emulation.h"

/* The board by that name, or NULL. */
const struct board *board_find(const char *name);
/* Adds the names of all boards: "rpi-zero, rpi-3". Returns as strbuf_add(). */
int board_names(struct strbuf *names);
/* The table, ended by NULL. */
extern const struct board *const boards[];

#endif
