# SPDX-License-Identifier: MIT OR GPL-2.0-only
# Raspberry Pi 3 Model B: BCM2837, Cortex-A53. What each variable means is told in boards/template/board.mk.
BOARD_RANK = 20
BOARD_FIRMWARE = bootcode.bin start.elf fixup.dat

# With Linux.
BOARD_PACKAGES = virt
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = bcm2835 sdhci-iproc crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper
BOARD_OVERLAYS = ferry-beeper
BOARD_OVERLAY_DIR = boards/rpi-zero
BOARD_DTBS = broadcom/bcm2837-rpi-3-b.dtb broadcom/bcm2837-rpi-3-b-plus.dtb
BOARD_IMAGE_CONFIG = boards/rpi-3/sdcard.cfg

# Without a kernel.
BARE_ARCH = aarch64
BARE_LOAD_ADDRESS = 0x80000
BARE_IMAGE = kernel8.img
BARE_DRIVERS = bcm2835-gpio

# For the tests.
TEST_SELFTESTS = 163
TEST_SELFTEST_OPTIONS = -device tmp105,bus=i2c-bus.1,address=0x48 -device pca9548,bus=i2c-bus.1,address=0x70 -device tmp105,bus=i2c.3,address=0x4d -device w25q80
