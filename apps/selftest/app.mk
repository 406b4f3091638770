# SPDX-License-Identifier: MIT OR GPL-2.0-only
# The drivers that the board's pins need are there anyway.
APP_DRIVERS =
