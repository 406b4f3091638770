# SPDX-License-Identifier: MIT OR GPL-2.0-only
# No console, no panic screen, no drivers: a reset entry, a stack, and what of the contract is inline.
APP_PARTS = minimal
