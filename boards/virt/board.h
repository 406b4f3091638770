/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * QEMU's virt machine (docs/system/arm/virt): addresses of hw/arm/virt.c, and pins. Of the PL061's
 * eight pins, 3 is the power button; 0 is the board's LED, 1 the speaker.
 */
#define BOARD_GICD	  0x08000000
#define BOARD_GICC	  0x08010000
#define BOARD_RTC	  0x09010000
#define BOARD_UART0	  0x09000000
#define BOARD_FW_CFG	  0x09020000
#define BOARD_GPIO	  0x09030000
#define BOARD_MEMORY	  0x40000000
#define BOARD_MEMORY_SIZE 0x08000000 /* QEMU's default */

#define BOARD_LED	     0
#define BOARD_LED_ACTIVE_LOW false
#define BOARD_SPEAKER	     1
