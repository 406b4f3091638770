# SPDX-License-Identifier: GPL-2.0-only
# Raspberry Pi 3 Model B: BCM2837, Cortex-A53 (see boards/rpi-zero/board.mk for what each means).
BOARD_TITLE = Raspberry Pi 3
BOARD_PACKAGES = virt
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = bcm2835 sdhci-iproc crc32c_generic ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper
BOARD_OVERLAYS = ferry-beeper
BOARD_FIRMWARE = bootcode.bin start.elf fixup.dat
BOARD_DTBS = broadcom/bcm2837-rpi-3-b.dtb broadcom/bcm2837-rpi-3-b-plus.dtb
BOARD_DEMO_PIN = 17
BOARD_IMAGE_CONFIG = boards/rpi-3/sdcard.cfg
