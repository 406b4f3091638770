# SPDX-License-Identifier: MIT OR GPL-2.0-only
# How a bare-metal image for this board is made. What is on the board is in board.c.
BARE_ARCH = aarch64
BARE_LOAD_ADDRESS = 0x80000
BARE_IMAGE = kernel8.img
# The drivers that every app gets, beside its own.
BARE_DRIVERS = bcm2835-gpio
# The firmware that its card needs, from Debian's raspi-firmware.
BARE_FIRMWARE = bootcode.bin start.elf fixup.dat
