/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Raspberry Pi 3 for the minimal port. */
#define PERIPHERALS    0x3f000000
#define LED	       16
#define LED_ACTIVE_LOW false
#include "minimal/bcm2835.h"
