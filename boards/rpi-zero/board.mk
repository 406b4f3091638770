# SPDX-License-Identifier: MIT OR GPL-2.0-only
# Raspberry Pi Zero and Zero W: BCM2835, ARM1176 (ARMv6). What each variable means is told in boards/template/board.mk.
BOARD_RANK = 10
# Files for the boot partition, of Debian's raspi-firmware.
BOARD_FIRMWARE = bootcode.bin start.elf fixup.dat

# With Linux.
BOARD_CROSS_COMPILE = arm-linux-gnueabi-
BOARD_KERNEL_FLAVOUR = rpi
BOARD_INITRAMFS_MODULES = crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper bcm2835-gpio
BOARD_OVERLAYS = ferry-beeper ferry-gpio
BOARD_DTBS = bcm2835-rpi-zero.dtb bcm2835-rpi-zero-w.dtb
BOARD_DEMO_PIN = 17
BOARD_IMAGE_CONFIG = boards/rpi-zero/sdcard.cfg

# Without a kernel.
BARE_ARCH = arm
BARE_MARCH = armv6
BARE_LOAD_ADDRESS = 0x8000
BARE_IMAGE = kernel.img
BARE_DRIVERS = bcm2835-gpio

# For the tests.
TEST_SELFTESTS = 163
TEST_SELFTEST_OPTIONS = -device tmp105,bus=i2c-bus.1,address=0x48 -device pca9548,bus=i2c-bus.1,address=0x70 -device tmp105,bus=i2c.3,address=0x4d -device w25q80
