/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pin recorder writes into its capture (raw.h): stores to the GPIO block, reads of the
 * clock, and idles, each with the number of instructions that the guest had started. One capture a
 * process; the caller sees to it that one thread at a time calls.
 */
#ifndef LIB_PINS_PLUGIN_EVENTS_H
#define LIB_PINS_PLUGIN_EVENTS_H

#include "pins/raw.h"

#define EVENTS_US_NS 1000

/*
 * Opens the capture PATH. Returns its header, mapped as long as the process lives, or NULL with
 * *WHY set.
 */
struct raw_header *events_open(const char *path, const char **why);

/* Bytes of the GPIO block that the capture watches. */
uint64_t events_gpio_bytes(void);

/*
 * A store of 2^SIZE bytes, at most 16, at OFFSET of the block: a word at a time, as the bus sees
 * it. LOW is what was stored, HIGH the rest of 16 bytes.
 */
void events_store(uint64_t count, uint64_t offset, unsigned int size, uint64_t low, uint64_t high);

/*
 * A read of the clock, which was at VALUE microseconds. It is worth an event when it tells
 * something: the first one after a store or an idle, one that shows that the clock has jumped, and
 * one that halves the uncertainty. Loops that poll the timer add nothing.
 */
void events_clock(uint64_t count, uint32_t value);

/*
 * The guest goes idle. Many idles in a row, with nothing else happening, are two events: the first
 * one and, kept up to date, the last.
 */
void events_idle(uint64_t count);

#endif
