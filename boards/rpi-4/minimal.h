/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Raspberry Pi 4 for the minimal port. */
#include "board.h"
#include "minimal/bcm2835.h"
