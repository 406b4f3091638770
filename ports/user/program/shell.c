// SPDX-License-Identifier: GPL-2.0-only
/* Commands from standard input: pins by hand. */
#include <stdlib.h>

#include "program.h"

struct program_shell {
	struct user_world *world;
	struct user_model *model;
};

struct program_shell *program_shell(struct user_world *world, struct user_model *model)
{
	return calloc(1, sizeof(struct program_shell));
}

void program_shell_free(struct program_shell *shell)
{
	free(shell);
}
