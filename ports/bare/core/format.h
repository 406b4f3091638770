/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* printf's conversions without heap and floating point, a character at a time. */
#ifndef PORTS_BARE_CORE_FORMAT_H
#define PORTS_BARE_CORE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Calls PUT(ARG, c) for each character. Conversions: %s %c %d %i %u %x %X %p %%, with - 0 + space
 * #, width, precision, l ll z h hh.
 */
void format(void (*put)(void *arg, char c), void *arg, const char *fmt, va_list args);

#endif
