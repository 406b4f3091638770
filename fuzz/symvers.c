// SPDX-License-Identifier: GPL-2.0-only
/* Whatever Module.symvers is, the reader takes it or refuses it with a line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check/symvers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct symvers symvers;
	struct error err;
	char *text = malloc(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	if (symvers_parse(&symvers, "Module.symvers", text, size, &err) == 0 && symvers.count &&
	    !symvers_find(&symvers, symvers.symbols[0].name))
		abort();
	symvers_free(&symvers);
	return 0;
}
