/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the firmware leaves the pins: those of the card and of the PL011 serve these. QEMU's board
 * starts with all pins as inputs, and with the card on another controller until its pins are set.
 * Linux's own driver sets them; a kernel in which Ferry's drives the pins relies on the firmware,
 * as it does on the board.
 */
#ifndef LIB_BOOT_FIRMWARE_PINS_H
#define LIB_BOOT_FIRMWARE_PINS_H

#include "base/error.h"
#include "boot/boards.h"
#include "boot/payload.h"

/*
 * Puts code that sets the pins before PAYLOAD's kernel, a zImage. Returns 0, or -1 with ERR set:
 * out of memory.
 */
int firmware_pins(struct payload *payload, const struct board *board, struct error *err);

#endif
