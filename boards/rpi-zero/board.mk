# SPDX-License-Identifier: GPL-2.0-only
# Raspberry Pi Zero and Zero W: BCM2835, ARM1176 (ARMv6).
BOARD_TITLE = Raspberry Pi Zero
BOARD_CROSS_COMPILE = arm-linux-gnueabi-
BOARD_KERNEL_FLAVOUR = rpi
# What the initramfs loads to get at the root file system, and what the root file system has besides.
BOARD_INITRAMFS_MODULES = crc32c_generic ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper bcm2835-gpio
BOARD_OVERLAYS = ferry-beeper ferry-gpio
# Files for the boot partition, below the unpacked packages.
BOARD_FIRMWARE = bootcode.bin start.elf fixup.dat
BOARD_DTBS = bcm2835-rpi-zero.dtb bcm2835-rpi-zero-w.dtb
# The pin that `make demo` shows.
BOARD_DEMO_PIN = 17
BOARD_IMAGE_CONFIG = boards/rpi-zero/sdcard.cfg
