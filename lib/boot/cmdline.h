/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's command line: what the devicetree asks for, then cmdline.txt, with serial0 and
 * serial1 named.
 */
#ifndef LIB_BOOT_CMDLINE_H
#define LIB_BOOT_CMDLINE_H

#include <stdbool.h>

#include "boot/devicetree.h"
#include "boot/notices.h"

/*
 * TREE is NULL without a devicetree; TEXT is the contents of cmdline.txt. `console=serial0` becomes
 * the device of the UART that TREE's alias names: ttyAMA0 for the PL011, ttyS0 for the mini UART.
 * Returns the line, the caller's to free, or NULL with ERR set (out of memory). What is dropped
 * becomes a notice.
 */
char *cmdline_build(const struct devicetree *tree, const char *text, struct notices *notices,
		    struct error *err);

/* Does LINE use the mini UART as a console? */
bool cmdline_uses_mini_uart(const char *line);

#endif
