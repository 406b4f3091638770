// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The four functions that the compiler may call on its own, and a comparison. The attribute keeps
 * it from turning these loops into calls of themselves.
 */
#include "core.h"

#define NO_IDIOMS __attribute__((optimize("no-tree-loop-distribute-patterns")))

typedef unsigned long __attribute__((may_alias)) word;

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);

NO_IDIOMS void *memcpy(void *to, const void *from, size_t size)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	while (size--)
		*t++ = *f++;
	return to;
}

NO_IDIOMS void *memmove(void *to, const void *from, size_t size)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if (t <= f)
		return memcpy(to, from, size);
	while (size--)
		t[size] = f[size];
	return to;
}

NO_IDIOMS void *memset(void *to, int byte, size_t size)
{
	unsigned char *t = to;
	word *w;

	for (; size && (uintptr_t)t % sizeof(word); size--)
		*t++ = (unsigned char)byte;
	for (w = (word *)t; size >= sizeof(word); size -= sizeof(word))
		*w++ = (unsigned char)byte * (~0ul / 0xff);
	for (t = (unsigned char *)w; size; size--)
		*t++ = (unsigned char)byte;
	return to;
}

NO_IDIOMS int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *x = a, *y = b;

	for (; size; size--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

bool bare_text_equal(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}
