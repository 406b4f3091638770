// SPDX-License-Identifier: GPL-2.0-only
/* ferry image: replaced by the real one. */
#include "cmd.h"

int cmd_image(int argc, char **argv)
{
	return EXIT_USAGE;
}
