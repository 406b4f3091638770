# SPDX-License-Identifier: MIT OR GPL-2.0-only
# How a bare-metal image for this board is made. What is on the board is in board.c.
BARE_ARCH = arm
BARE_MARCH = armv7-a
BARE_LOAD_ADDRESS = 0x40010000
BARE_IMAGE = kernel7.img
# The drivers that every app gets, beside its own.
BARE_DRIVERS = pl061
