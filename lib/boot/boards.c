// SPDX-License-Identifier: GPL-2.0-only
/* Finding boards in the table: see boards.h. */
#include "boot/boards.h"

#include <string.h>

const struct board *board_find(const char *name)
{
	for (size_t i = 0; boards[i]; i++)
		if (strcmp(boards[i]->name, name) == 0)
			return boards[i];
	return NULL;
}

int board_names(struct strbuf *names)
{
	int rc = 0;

	for (size_t i = 0; boards[i] && rc == 0; i++)
		rc = strbuf_addf(names, "%s%s", i ? ", " : "", boards[i]->name);
	return rc;
}
