# SPDX-License-Identifier: MIT OR GPL-2.0-only
# QEMU's virt machine with a 32-bit ARM. What each variable means is told in boards/template/board.mk.
BOARD_RANK = 50

# Without a kernel.
BARE_ARCH = arm
BARE_MARCH = armv7-a
BARE_LOAD_ADDRESS = 0x40010000
BARE_IMAGE = kernel7.img
BARE_DRIVERS = pl061

# For the tests.
TEST_SELFTESTS = 290
TEST_EL2_OPTIONS = -M virtualization=on
# Its clock's seconds are those of the emulated time.
TEST_SELFTEST_OPTIONS = -rtc clock=vm
