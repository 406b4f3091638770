# SPDX-License-Identifier: MIT OR GPL-2.0-only
# Raspberry Pi 4 Model B: BCM2711, Cortex-A72. What each variable means is told in boards/template/board.mk.
BOARD_RANK = 30
# The rest of the firmware is in the board's flash.
BOARD_FIRMWARE = start4.elf fixup4.dat

# With Linux.
BOARD_PACKAGES = virt
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = sdhci-iproc crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper
BOARD_OVERLAYS = ferry-beeper
BOARD_OVERLAY_DIR = boards/rpi-zero
BOARD_DTBS = broadcom/bcm2711-rpi-4-b.dtb
BOARD_IMAGE_CONFIG = boards/rpi-3/sdcard.cfg

# Without a kernel.
BARE_ARCH = aarch64
BARE_LOAD_ADDRESS = 0x80000
BARE_IMAGE = kernel8.img
BARE_DRIVERS = bcm2835-gpio

# For the tests.
TEST_SELFTESTS = 138
