/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The board's addresses, as the processor sees them, and its pins. Name the manual here. */
#define BOARD_GICD	  0x08000000
#define BOARD_GICC	  0x08010000
#define BOARD_UART0	  0x09000000
#define BOARD_UART_HZ	  0 /* its clock; 0: it needs no baud rate */
#define BOARD_GPIO	  0x09030000
#define BOARD_MEMORY	  0x40000000
#define BOARD_MEMORY_SIZE 0x08000000

#define BOARD_LED	     0
#define BOARD_LED_ACTIVE_LOW false
