// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * 64-bit arithmetic, which 32-bit processors have no instructions for. The operands are volatile:
 * the compiler must not know.
 */
#include "tap.h"

static const struct division {
	uint64_t n, d, quotient, rest;
} divisions[] = {
	{ 0, 1, 0, 0 },
	{ 1, 2, 0, 1 },
	{ 0xffffffffffffffff, 1, 0xffffffffffffffff, 0 },
	{ 0xffffffffffffffff, 0xffffffffffffffff, 1, 0 },
	{ 0xffffffffffffffff, 10, 1844674407370955161, 5 },
	{ 1000000000000000000, 1000000007, 999999993, 49 },
	{ 0x8000000000000000, 3, 0x2aaaaaaaaaaaaaaa, 2 },
	{ 0x100000000, 0xffffffff, 1, 1 },
	{ 0x123456789abcdef0, 0x100000001, 0x12345678, 0x88888878 },
	{ 0xfedcba9876543210, 0x0123456789abcdef, 224, 240 },
};

static const struct signed_division {
	int64_t n, d, quotient, rest;
} signed_divisions[] = {
	{ -7, 2, -3, -1 },
	{ 7, -2, -3, 1 },
	{ -7, -2, 3, -1 },
	{ -1000000000000000000, 1000000007, -999999993, -49 },
	{ INT64_MIN, 1, INT64_MIN, 0 },
	{ INT64_MIN, 10, -922337203685477580, -8 },
};

static void divide(const struct division *test)
{
	volatile uint64_t n = test->n, d = test->d;

	tap_is("64-bit division", n / d, test->quotient);
	tap_is("its rest", n % d, test->rest);
	if (d <= UINT32_MAX)
		tap_is("fy_div_u64", fy_div_u64(n, (uint32_t)d), test->quotient);
}

void test_arithmetic(void)
{
	volatile uint64_t one = 1, word = 0x123456789;
	volatile unsigned shift = 36;

	for (size_t i = 0; i < sizeof(divisions) / sizeof(divisions[0]); i++)
		divide(&divisions[i]);
	for (size_t i = 0; i < sizeof(signed_divisions) / sizeof(signed_divisions[0]); i++) {
		const struct signed_division *test = &signed_divisions[i];
		volatile int64_t n = test->n, d = test->d;

		tap_is_int("signed 64-bit division", n / d, test->quotient);
		tap_is_int("its rest", n % d, test->rest);
	}
	tap_is("64-bit shift left", one << shift, 0x1000000000);
	tap_is("64-bit shift right", word >> (shift - 4), 1);
	tap_is("64-bit product", word * word, 0x4b66dc326fb98751);
}
