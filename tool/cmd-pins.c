// SPDX-License-Identifier: GPL-2.0-only
/* ferry pins: replaced by the real one. */
#include "cmd.h"

int cmd_pins(int argc, char **argv)
{
	return EXIT_USAGE;
}
