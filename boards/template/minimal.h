/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The board for the minimal port. */
#include "board.h"
#include "minimal/pl061.h"
