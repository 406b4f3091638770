# SPDX-License-Identifier: GPL-2.0-only
# QEMU's virt machine with a 64-bit ARM (see boards/rpi-zero/board.mk for what each means).
BOARD_TITLE = QEMU's virt machine
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = virtio_pci virtio_blk crc32c_generic ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello pl061
BOARD_OVERLAYS =
BOARD_FIRMWARE =
BOARD_DTBS =
BOARD_IMAGE_CONFIG = boards/extlinux/disk.cfg
