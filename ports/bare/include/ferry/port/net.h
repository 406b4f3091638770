/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/net.h> is for the user port alone so far. */
#error "the bare-metal port does not have class net: make a program of the driver (make program)"
