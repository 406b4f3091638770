/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads what a user writes about recordings: pins and times. */
#ifndef LIB_PINS_PARSE_H
#define LIB_PINS_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* "17", "17,47" or "0-3,17": a mask of pins. Returns 0, or -1 with ERR set. */
int parse_pins(const char *text, uint64_t *pins, struct error *err);

/*
 * "1.5s", "250ms", "100us", "20ns"; without a unit seconds. With INSTRUCTIONS, a whole number of
 * them. Returns 0, or -1 with ERR set.
 */
int parse_time(const char *text, bool instructions, uint64_t *time, struct error *err);

#endif
