/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Raspberry Pi 3: addresses in the ARM's view of the BCM2837, which is the BCM2835 (BCM2835 ARM
 * Peripherals) at another address, with "ARM Quad A7 core" (QA7) around the cores; and pins. The
 * green LED hangs on a chip that only the firmware reaches, so the board's LED is one of your own
 * on GPIO 16.
 */
#define BOARD_MEMORY_SIZE  0x3b400000 /* the firmware keeps the top 76 MiB */
#define BOARD_PERIPHERALS  0x3f000000
#define BOARD_SYSTEM_TIMER (BOARD_PERIPHERALS + 0x003000)
#define BOARD_INTERRUPTS   (BOARD_PERIPHERALS + 0x00b200)
#define BOARD_PM	   (BOARD_PERIPHERALS + 0x100000)
/* of the channels, the firmware leaves 5 */
#define BOARD_DMA(n) (BOARD_PERIPHERALS + 0x007000 + 0x100 * (n))
#define BOARD_RNG    (BOARD_PERIPHERALS + 0x104000)
#define BOARD_GPIO   (BOARD_PERIPHERALS + 0x200000)
#define BOARD_UART0  (BOARD_PERIPHERALS + 0x201000)
#define BOARD_I2C    (BOARD_PERIPHERALS + 0x804000) /* BSC1, on pins 2 and 3 */
#define BOARD_SPI    (BOARD_PERIPHERALS + 0x204000) /* SPI0, on pins 7 to 11 */
#define BOARD_LOCAL  0x40000000

#define BOARD_UART_HZ 48000000 /* the firmware's default */

#define BOARD_LED	     16
#define BOARD_LED_ACTIVE_LOW false
#define BOARD_SPEAKER	     17
