/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Raspberry Pi Zero and Zero W for the minimal port. */
#define PERIPHERALS    0x20000000
#define LED	       47
#define LED_ACTIVE_LOW true
#include "minimal/bcm2835.h"
