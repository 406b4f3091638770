# SPDX-License-Identifier: MIT OR GPL-2.0-only
# The drivers that the board's pins need are there anyway. bcm2835-i2c and bcm2835-rng are Ferry's, the others are its own, in drivers/;
# each finds its device on some boards.
APP_DRIVERS = bcm2835-i2c bcm2835-rng dma-all dma-copy fw-cfg climate motion
