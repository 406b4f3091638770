/* SPDX-License-Identifier: GPL-2.0-only */
/* What a conditional of a makefile asks, `ifeq` and the like. make.c alone uses this. */
#ifndef LIB_PICK_MAKE_TEST_H
#define LIB_PICK_MAKE_TEST_H

#include "pick/make.h"

struct make_test {
	bool holds;    /* for make, with @X for each symbol */
	bool symbolic; /* and may be otherwise */
	bool positive; /* its symbols must be set for it */
};

/* Whether the two operands in TEXT, `(A,B)` or `"A" "B"`, are equal; or, without EQUAL, are not. */
struct make_test make_test_equal(struct make *make, const char *text, bool equal);
/* Whether the variable that TEXT names has a value; or, without DEFINED, has none. */
struct make_test make_test_defined(struct make *make, const char *text, bool defined);
/* What such a test says, for people: `$(CONFIG_X) = y`. NULL: no memory, and make has failed. */
const char *make_test_describe(struct make *make, const char *text, bool equality, bool equal);

#endif
