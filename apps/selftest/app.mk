# SPDX-License-Identifier: MIT OR GPL-2.0-only
# The drivers that the board's pins need are there anyway. These are its own, in drivers/; each finds its device on some boards.
APP_DRIVERS = dma-all dma-copy fw-cfg
