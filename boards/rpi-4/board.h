/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Raspberry Pi 4: addresses of the BCM2711 (BCM2711 ARM Peripherals) as in its "low peripheral"
 * mode, and pins.
 */
#define BOARD_MEMORY_SIZE  0x3b400000 /* what every model has below the firmware's */
#define BOARD_PERIPHERALS  0xfe000000
#define BOARD_SYSTEM_TIMER (BOARD_PERIPHERALS + 0x003000)
#define BOARD_PM	   (BOARD_PERIPHERALS + 0x100000)
/* of the channels, the firmware leaves 5 */
#define BOARD_DMA(n) (BOARD_PERIPHERALS + 0x007000 + 0x100 * (n))
#define BOARD_GPIO   (BOARD_PERIPHERALS + 0x200000)
#define BOARD_UART0  (BOARD_PERIPHERALS + 0x201000)
#define BOARD_GICD   0xff841000
#define BOARD_GICC   0xff842000

#define BOARD_UART_HZ 48000000 /* the firmware's default */

#define BOARD_LED	     42
#define BOARD_LED_ACTIVE_LOW false
#define BOARD_SPEAKER	     17
