// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What fy_print and the log make of each conversion. */
#include "core/format.h"
#include "tap.h"

struct text {
	char text[64];
	size_t length;
};

static void put(void *arg, char c)
{
	struct text *t = arg;

	if (t->length < sizeof(t->text) - 1)
		t->text[t->length++] = c;
}

static void __attribute__((format(printf, 2, 3))) makes(const char *wanted, const char *fmt, ...)
{
	struct text t = { .length = 0 };
	va_list args;

	va_start(args, fmt);
	format(put, &t, fmt, args);
	va_end(args);
	t.text[t.length] = '\0';
	tap_is_text(fmt, t.text, wanted);
}

void test_format(void)
{
	makes("plain 100%", "plain 100%%");
	makes("a text, b", "%s, %c", "a text", 'b');
	makes("  ab|ab  |a", "%4s|%-4s|%.1s", "ab", "ab", "ab");
	makes("0 -1 2147483647", "%d %i %d", 0, -1, 2147483647);
	makes("-2147483648", "%d", -2147483647 - 1);
	makes("4294967295 ffffffff", "%u %x", 0xffffffffu, 0xffffffffu);
	makes("   42|42   |00042|+42", "%5d|%-5d|%05d|%+d", 42, 42, 42, 42);
	makes("  -42|-42  |-0042", "%5d|%-5d|%05d", -42, -42, -42);
	makes("007|   07", "%.3d|%5.2d", 7, 7);
	makes("    1", "%*d", 5, 1);
	makes("abc", "%.*s", 3, "abcdef");
	makes("0x2a", "%#x", 42);
	makes("-9223372036854775808", "%lld", -9223372036854775807LL - 1);
	makes("18446744073709551615", "%llu", 18446744073709551615ULL);
	makes("123456789abcdef0", "%llx", 0x123456789abcdef0ULL);
	makes("7 8", "%lu %zu", 7ul, (size_t)8);
}
