// SPDX-License-Identifier: GPL-2.0-only
/* The growing array: see array.h. */
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void *array_add(void *array, size_t *count, size_t size)
{
	size_t n = *count, bytes;
	char *elements, *grown, *added;

	/* All pointers to objects look alike, but only as bytes may one be taken for another. */
	memcpy(&elements, array, sizeof(elements));
	if ((n & (n - 1)) == 0) {
		if (__builtin_mul_overflow(n ? n * 2 : 1, size, &bytes))
			return NULL;
		grown = realloc(elements, bytes);
		if (!grown)
			return NULL;
		elements = grown;
		memcpy(array, &elements, sizeof(elements));
	}
	added = elements + n * size;
	memset(added, 0, size);
	*count = n + 1;
	return added;
}
