/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The growing array of the whole program: a pointer and a count, which an owner keeps side by side
 * as it likes. The room follows from the count (the next power of two), so it is kept nowhere; each
 * element is added by ARRAY_ADD() alone. Freed with free().
 */
#ifndef LIB_BASE_ARRAY_H
#define LIB_BASE_ARRAY_H

#include <stddef.h>

/*
 * Adds an element, all bytes zero, behind the COUNT elements of ARRAY; both are changed. Evaluates
 * to the new element's address, or NULL with nothing changed where there is no memory for it.
 */
#define ARRAY_ADD(array, count) \
	((typeof(array))array_add(&(array), &(count), sizeof(typeof(*(array)))))

/* As ARRAY_ADD(): ARRAY is the address of a pointer to elements of SIZE bytes. */
void *array_add(void *array, size_t *count, size_t size);

#endif
