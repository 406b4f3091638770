/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Raspberry Pi 4 for the minimal port. */
#define PERIPHERALS    0xfe000000
#define LED	       42
#define LED_ACTIVE_LOW false
#include "minimal/bcm2835.h"
