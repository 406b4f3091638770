# SPDX-License-Identifier: MIT OR GPL-2.0-only
# The drivers that the board's pins need are there anyway. bcm2835-i2c, -rng, -spi, lm75 and pca9548 are Ferry's, the others are its own, in drivers/;
# each finds its device on some boards.
APP_DRIVERS = bcm2835-i2c bcm2835-rng bcm2835-spi lm75 pca9548 dma-all dma-copy flash-id fw-cfg climate motion pl031 scratch nor lamps \
	gadgets ticker net-echo
