// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What tests print. */
#include "tap.h"

static unsigned tests, failures;

static void result(const char *name, bool good)
{
	tests++;
	failures += !good;
	fy_print("%sok %u - %s\n", good ? "" : "not ", tests, name);
}

void tap_is(const char *name, uint64_t got, uint64_t wanted)
{
	result(name, got == wanted);
	if (got != wanted)
		fy_print("# got %llu (0x%llx), wanted %llu (0x%llx)\n", (unsigned long long)got,
			 (unsigned long long)got, (unsigned long long)wanted,
			 (unsigned long long)wanted);
}

void tap_is_int(const char *name, int64_t got, int64_t wanted)
{
	result(name, got == wanted);
	if (got != wanted)
		fy_print("# got %lld, wanted %lld\n", (long long)got, (long long)wanted);
}

void tap_is_text(const char *name, const char *got, const char *wanted)
{
	size_t i = 0;

	while (got[i] && got[i] == wanted[i])
		i++;
	result(name, got[i] == wanted[i]);
	if (got[i] != wanted[i])
		fy_print("# got '%s', wanted '%s'\n", got, wanted);
}

void tap_in(const char *name, uint64_t got, uint64_t low, uint64_t high)
{
	bool good = got >= low && got <= high;

	result(name, good);
	if (!good)
		fy_print("# got %llu, wanted %llu to %llu\n", (unsigned long long)got,
			 (unsigned long long)low, (unsigned long long)high);
}

void tap_skip(const char *name, const char *why)
{
	fy_print("ok %u - %s # SKIP %s\n", ++tests, name, why);
}

unsigned tap_done(void)
{
	fy_print("1..%u\n", tests);
	fy_print("# selftest: %u failed\n", failures);
	return failures;
}
