/* SPDX-License-Identifier: GPL-2.0-only */
/* The values that our-symbols.c and conf-symbols.c give to symbols, the same in both. */
#ifndef TESTS_PICK_SYMBOL_VALUES_H
#define TESTS_PICK_SYMBOL_VALUES_H

#include <stdlib.h>
#include <string.h>

enum { SEEDS = 24 };

/* The value of a bool or tristate symbol: by chance, and the same for the same name and seed. */
static const char *chance(const char *name, unsigned seed, int tristate)
{
	unsigned hash = 2166136261U ^ (seed * 2654435761U);

	if (!strcmp(name, "MODULES"))
		return "y";
	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	hash ^= hash >> 15;
	if (tristate)
		return hash % 3 == 0 ? "n" : hash % 3 == 1 ? "m" : "y";
	return hash % 2 ? "y" : "n";
}

/* -1, 0 or 1: as numbers where both are, else as texts. */
static int order(const char *a, const char *b)
{
	char *end_a, *end_b;
	long long x = strtoll(a, &end_a, 0), y = strtoll(b, &end_b, 0);
	int text = strcmp(a, b);

	if (*a && *b && !*end_a && !*end_b)
		return (x > y) - (x < y);
	return (text > 0) - (text < 0);
}

#endif
