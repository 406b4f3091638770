# SPDX-License-Identifier: GPL-2.0-only
# Raspberry Pi 4 Model B: BCM2711, Cortex-A72 (see boards/rpi-zero/board.mk for what each means).
BOARD_TITLE = Raspberry Pi 4
BOARD_PACKAGES = virt
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = sdhci-iproc crc32c_generic ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello beeper
BOARD_OVERLAYS = ferry-beeper
BOARD_FIRMWARE = start4.elf fixup4.dat
BOARD_DTBS = broadcom/bcm2711-rpi-4-b.dtb
BOARD_DEMO_PIN = 17
BOARD_IMAGE_CONFIG = boards/rpi-3/sdcard.cfg
