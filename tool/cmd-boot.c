// SPDX-License-Identifier: GPL-2.0-only
/* ferry boot: replaced by the real one. */
#include "cmd.h"

int cmd_boot(int argc, char **argv)
{
	return EXIT_USAGE;
}
