# SPDX-License-Identifier: MIT OR GPL-2.0-only
# The drivers that a bare-metal image has beside the board's: this one, and that of the bus.
APP_DRIVERS = @NAME@ bcm2835-spi
